import type { Command } from 'commander';
import type { ArchiveCounts } from './archive-format.ts';
import { backup } from './backup.ts';
import { print } from './output.ts';
import { restore } from './restore.ts';
import { readCommandConfig, withProduct } from './with-product.ts';

/** `khue backup` and `khue restore`. */
export function addArchiveCommands(program: Command): void {
  program
    .command('backup')
    .description(
      'Write every table and file into one archive, which SQLite and PostgreSQL can take.',
    )
    .argument('<file>', 'where to; its reader could do what the accounts in it may')
    .option('--json', 'report as one JSON object', false)
    .action((file: string, { json }: { json: boolean }) =>
      withProduct(async (product) => {
        tell('written', await backup(file, product), json);
        return 0;
      }),
    );

  program
    .command('restore')
    .description('Fill an empty database and DATA_DIR from an archive of khue backup.')
    .argument('<file>', 'the archive')
    .option('--json', 'report as one JSON object', false)
    .action(async (file: string, { json }: { json: boolean }) => {
      tell('restored', await restore(file, readCommandConfig()), json);
    });
}

function tell(done: string, counts: ArchiveCounts, json: boolean): void {
  if (json) print(JSON.stringify(counts));
  else print(`${done}: ${counts.rows} rows, ${counts.files} files`);
}
