import type { Command } from 'commander';
import { operator } from '../../catalog/access/actor.ts';
import {
  type HarvestState,
  harvestRepository,
} from '../../catalog/exchange/harvest/harvest-repository.ts';
import {
  addHarvestSource,
  removeHarvestSource,
} from '../../catalog/exchange/harvest/run-harvest.ts';
import type { ImportReport } from '../../catalog/exchange/import-records.ts';
import type { Product } from '../compose.ts';
import { harvest } from './harvest.ts';
import { printReport } from './import.ts';
import { print } from './output.ts';
import { withProduct } from './with-product.ts';

interface AddOptions {
  readonly format: string;
  readonly publisher?: string;
  readonly language?: string;
  readonly every?: string;
}

/** `khue harvest …`: other catalogues that are read time and again. */
export function addHarvestCommands(program: Command): void {
  const harvesting = program
    .command('harvest')
    .description('Read other catalogues time and again; serve does so by itself when one is due.');

  harvesting
    .command('add')
    .description('Write down a catalogue to be read.')
    .argument('<name>', 'what to call it: small letters, digits and dashes')
    .argument('<url>', 'its address: a DCAT document, a CKAN portal, a data.json')
    .option('--format <format>', 'dcat, ckan or datajson', 'dcat')
    .option('--publisher <id>', 'the agency of datasets that name none')
    .option('--language <tag>', 'the language of texts that say none')
    .option('--every <period>', 'hour, day, week or month; without it only when asked')
    .action((name: string, url: string, options: AddOptions) =>
      withProduct(async (product) => {
        const { format, publisher, language, every } = options;
        const input = { name, url, format, publisher, language, every };
        await addHarvestSource(JSON.parse(JSON.stringify(input)), operator, product);
        print(`added: ${name}`);
        return 0;
      }),
    );

  harvesting
    .command('run')
    .description('Read a source now, or every one.')
    .argument('[name]', 'the source; without it all of them, one after the other')
    .option('--json', 'report as JSON, an object a source', false)
    .action((name: string | undefined, { json }: { json: boolean }) =>
      withProduct(async (product) => {
        const names = name === undefined ? await allNames(product) : [name];
        let findings = 0;
        for (const source of names) findings += await runOne(source, json, product);
        return findings > 0 ? 1 : 0;
      }),
    );

  harvesting
    .command('list')
    .description('Show the sources, and how the last round of each went.')
    .option('--json', 'as a JSON array', false)
    .action(({ json }: { json: boolean }) =>
      withProduct(async (product) => {
        const states = await harvestRepository(product.database.read).list();
        if (json) print(JSON.stringify(states));
        else for (const state of states) print(inOneLine(state));
        return 0;
      }),
    );

  harvesting
    .command('remove')
    .description('Read a source no more; what came from it stays.')
    .argument('<name>', 'the source')
    .action((name: string) =>
      withProduct(async (product) => {
        await removeHarvestSource(name, operator, product);
        print(`removed: ${name}`);
        return 0;
      }),
    );
}

async function allNames({ database }: Product): Promise<readonly string[]> {
  return (await harvestRepository(database.read).list()).map(({ source }) => source.name);
}

/** Gives how many datasets were refused or held back. */
async function runOne(source: string, json: boolean, product: Product): Promise<number> {
  const { harvest: counts, report } = await harvest(source, product);
  if (json) print(JSON.stringify({ source, ...counts, rejected: report.rejected }));
  else tell(source, counts.withdrawn, counts.withheld, report);
  return counts.rejected + counts.withheld;
}

function tell(source: string, withdrawn: number, withheld: number, report: ImportReport): void {
  print(source);
  printReport(report, { dryRun: false, json: false });
  print(`withdrawn ${withdrawn} · gone from the source, but kept until somebody looks ${withheld}`);
}

function inOneLine({ source, endedAt, report }: HarvestState): string {
  const { name, format, url, every = 'when asked' } = source;
  const last = report?.error ?? (report && `read ${report.read}, rejected ${report.rejected}`);
  return [name, format, url, every, endedAt ?? 'never read', last].filter(Boolean).join(' · ');
}
