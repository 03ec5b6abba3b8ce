import type { Command } from 'commander';
import { checkPublishedLinks, examine, measure } from './maintain.ts';
import { print, UsageError } from './output.ts';
import { withProduct } from './with-product.ts';

/** `khue migrate`, `measure`, `check-links` and `doctor`: what an operator runs. */
export function addMaintenanceCommands(program: Command): void {
  program
    .command('migrate')
    .description('Bring the database to the newest form.')
    .action(() =>
      withProduct(async () => {
        print('up to date');
        return 0;
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
}

function wholeNumber(written: string): number {
  if (/^\d{1,9}$/.test(written)) return Number(written);
  throw new UsageError(`a whole number such as 24 is needed, not "${written}"`);
}
