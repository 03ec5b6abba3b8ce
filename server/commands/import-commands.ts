import type { Command } from 'commander';
import type { Product } from '../compose.ts';
import {
  type ImportOptions,
  importAgencies,
  importAnnex,
  importCkan,
  importDataJson,
  importDcat,
  printReport,
} from './import.ts';
import { withProduct } from './with-product.ts';

/** `khue import …` */
export function addImportCommands(program: Command): void {
  const importing = program.command('import').description('Read datasets or agencies from files.');

  function importCommand(
    name: string,
    description: string,
    run: (
      source: string,
      options: ImportOptions & { plan?: string; publisher?: string; language?: string },
      product: Product,
    ) => ReturnType<typeof importCkan>,
  ): Command {
    return importing
      .command(name)
      .description(description)
      .argument('<source>', 'file, folder or address')
      .option('--dry-run', 'write nothing', false)
      .option('--json', 'report as one JSON object', false)
      .action(
        (
          source: string,
          options: ImportOptions & { plan?: string; publisher?: string; language?: string },
        ) =>
          withProduct(async (product) => {
            const report = await run(source, options, product);
            printReport(report, options);
            return report.rejected.length > 0 ? 1 : 0;
          }),
      );
  }

  importCommand(
    'annex',
    'The annex of a decision, XLSX or CSV, as a plan.',
    (file, options, product) => importAnnex(file, options.plan ?? '', options, product),
  ).requiredOption('--plan <year>', 'the year of the plan');
  importCommand('ckan', 'package_show or package_search answers, or NDJSON dumps.', importCkan);
  importCommand('dcat', 'A DCAT catalogue in any RDF syntax.', importDcat)
    .option('--publisher <id>', 'the agency of datasets that name none')
    .option('--language <tag>', 'the language of texts that say none (default: they stay without)');
  importCommand('datajson', 'A data.json in DCAT-US 1.1.', importDataJson)
    .option('--publisher <id>', 'the agency of datasets that name none')
    .option('--language <tag>', 'the language of texts where a dataset says none (default: en)');
  importCommand('agencies', 'A JSON array of agencies.', importAgencies);
}
