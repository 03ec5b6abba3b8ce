#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import type { Instant } from '../catalog/kernel/clock.ts';
import { CatalogError } from '../catalog/kernel/errors.ts';
import type { Role } from '../catalog/model/lifecycle.ts';
import { demo } from './commands/demo.ts';
import {
  type ImportOptions,
  importAgencies,
  importAnnex,
  importCkan,
  importDcat,
  printReport,
} from './commands/import.ts';
import {
  checkPublishedLinks,
  examine,
  exportTo,
  measure,
  publishReady,
} from './commands/maintain.ts';
import { bilingual, print, say, UsageError } from './commands/output.ts';
import { serve } from './commands/serve.ts';
import { validateFiles } from './commands/validate.ts';
import { compose, type Product } from './compose.ts';
import { environment } from './config/environment.ts';
import { type Config, readConfig, SettingError } from './config/settings.ts';

/** Runs a command over the product, closes it whatever happens, and says how it ended. */
async function withProduct(work: (product: Product) => Promise<number>): Promise<void> {
  const product = await compose(readCommandConfig());
  try {
    process.exitCode = await work(product);
  } finally {
    await product.close();
  }
}

/** Commands answer on standard output, so the log keeps quiet unless it is asked for. */
function readCommandConfig(): Config {
  return readConfig({ LOG_LEVEL: 'silent', ...environment });
}

const program = new Command('khue')
  .description('Khuê, nhà xuất bản dữ liệu mở của thành phố. The open-data publisher for a city.')
  .exitOverride()
  .configureHelp({ showGlobalOptions: true })
  .showHelpAfterError();

program
  .command('serve')
  .description('Serve the catalogue, its feeds and its API.')
  .action(() => serve(readConfig(environment)));

program
  .command('demo')
  .description("Serve with Hà Nội's agencies and priority inventory, in a database of its own.")
  .action(() => demo(environment));

program
  .command('migrate')
  .description('Bring the database to the newest form.')
  .action(() =>
    withProduct(async () => {
      print('up to date');
      return 0;
    }),
  );

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
importCommand('agencies', 'A JSON array of agencies.', importAgencies);

program
  .command('export')
  .description('Write the whole published catalogue.')
  .requiredOption('--format <syntax>', 'jsonld, ttl, nt or rdf')
  .option('--out <file>', 'instead of standard output')
  .action((options: { format: string; out?: string }) =>
    withProduct(async (product) => {
      await exportTo(options.format, options.out, product);
      return 0;
    }),
  );

program
  .command('validate')
  .description(
    'Hold records (JSON) or graphs (any RDF syntax) against schemas and shapes; stores nothing.',
  )
  .argument('<files...>')
  .option('--shapes <file>', 'SHACL shapes in Turtle, instead of our own')
  .option('--json', 'report as JSON', false)
  .action(async (files: string[], options: { shapes?: string; json: boolean }) => {
    const { baseURL } = readCommandConfig();
    process.exitCode = (await validateFiles(files, options, baseURL)) > 0 ? 1 : 0;
  });

program
  .command('publish')
  .description('Release what is approved.')
  .option('--all-ready', 'also approve and release every record that is complete', false)
  .action((options: { allReady: boolean }) =>
    withProduct(async (product) => {
      print(`published ${await publishReady(options.allReady, product)}`);
      return 0;
    }),
  );

const roles: readonly Role[] = ['editor', 'approver', 'coordinator', 'administrator'];
const token = program.command('token').description('Tokens of the API.');

token
  .command('create')
  .description('Make a token; it is shown once.')
  .requiredOption('--role <role>', roles.join(', '))
  .option('--agency <id>', 'for editors and approvers')
  .option('--label <text>', 'how revisions name it')
  .option('--expires <date>', 'last day, such as 2027-12-31')
  .option('--json', 'answer as JSON', false)
  .action(
    (options: { role: string; agency?: string; label?: string; expires?: string; json: boolean }) =>
      withProduct(async ({ tokens }) => {
        const role = roles.find((known) => known === options.role);
        if (!role)
          throw new UsageError(`--role must be one of ${roles.join(', ')}, not "${options.role}"`);
        if (options.expires !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(options.expires)) {
          throw new UsageError(
            `--expires must be a date such as 2027-12-31, not "${options.expires}"`,
          );
        }
        const made = await tokens.create({
          role,
          label: options.label ?? [options.role, options.agency].filter(Boolean).join(' '),
          ...(options.agency !== undefined && { agency: options.agency }),
          ...(options.expires !== undefined && {
            expiresAt: `${options.expires}T23:59:59.999Z` as Instant,
          }),
        });
        print(options.json ? JSON.stringify(made) : `id     ${made.id}\ntoken  ${made.token}`);
        return 0;
      }),
  );

token
  .command('revoke')
  .description('Make a token count no more.')
  .argument('<id>')
  .action((id: string) =>
    withProduct(async ({ tokens }) => {
      const revoked = await tokens.revoke(id);
      if (!revoked) say(`there is no token ${id} that counts`);
      return revoked ? 0 : 1;
    }),
  );

program
  .command('measure')
  .description(
    'Score what is published and bring the figures into the feeds; serve does so by itself.',
  )
  .action(() =>
    withProduct(async (product) => {
      await measure(product);
      return 0;
    }),
  );

program
  .command('check-links')
  .description('Ask whether the addresses of published files answer; best run every night.')
  .option('--older-than <hours>', 'leave alone what was asked since', wholeNumber, 24)
  .option('--limit <n>', 'at most so many addresses', wholeNumber, 10_000)
  .option('--json', 'report as one JSON object', false)
  .action((options: { olderThan: number; limit: number; json: boolean }) =>
    withProduct(async (product) => {
      const { olderThan, ...rest } = options;
      const failed = await checkPublishedLinks({ olderThanHours: olderThan, ...rest }, product);
      return failed > 0 ? 1 : 0;
    }),
  );

program
  .command('doctor')
  .description('Look whether the parts of the catalogue agree with each other.')
  .action(() => withProduct(async (product) => ((await examine(product)).length > 0 ? 1 : 0)));

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = endBadly(error);
}

function wholeNumber(written: string): number {
  if (/^\d{1,9}$/.test(written)) return Number(written);
  throw new UsageError(`a whole number such as 24 is needed, not "${written}"`);
}

/** 2 for a wrong call or setting, 1 for what failed; one clear line, and never a stack for what we foresaw. */
function endBadly(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof UsageError || error instanceof SettingError) {
    say(error.message);
    return 2;
  }
  if (error instanceof CatalogError) {
    say(bilingual(error.detail));
    return 1;
  }
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    say('The port is taken; set PORT to another one.');
    return 1;
  }
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return 1;
}
