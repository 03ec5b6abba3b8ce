import type { Command } from 'commander';
import { pruneUsage } from '../../catalog/usage/prune-usage.ts';
import { rebuildUsage } from '../../catalog/usage/rebuild-usage.ts';
import { print, say } from './output.ts';
import { withProduct } from './with-product.ts';

/** `khue usage`: what an operator or an auditor does with the figures of use. */
export function addUsageCommands(program: Command): void {
  const usage = program.command('usage').description('Count use anew, or remove old events.');

  usage
    .command('rebuild')
    .description('Make all figures anew from the events that are kept; twice gives the same.')
    .option('--json', 'report as one JSON object', false)
    .action(({ json }: { json: boolean }) =>
      withProduct(async ({ database }) => {
        const report = await rebuildUsage(database, (day, events) => {
          if (process.stderr.isTTY) say(`${day}: ${events}`);
        });
        const { days, events, rejudged } = report;
        print(
          json
            ? JSON.stringify(report)
            : `days: ${days}, events: ${events}, counted otherwise than before: ${rejudged}`,
        );
        return 0;
      }),
    );

  usage
    .command('prune')
    .description(
      'Remove events and figures of days that are older than USAGE_EVENT_MONTHS and USAGE_DAY_MONTHS say; serve does so by itself.',
    )
    .option('--json', 'report as one JSON object', false)
    .action(({ json }: { json: boolean }) =>
      withProduct(async (product) => {
        const report = await pruneUsage(product, product.config);
        const { days, eventsFrom, daysFrom } = report;
        print(
          json
            ? JSON.stringify(report)
            : `days of events removed: ${days}; events are kept from ${eventsFrom}, figures of days from ${daysFrom}`,
        );
        return 0;
      }),
    );
}
