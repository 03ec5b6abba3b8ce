import type { Command } from 'commander';
import { operator } from '../../catalog/access/actor.ts';
import { criteriaRepository } from '../../catalog/criteria/criteria-repository.ts';
import { stateOf } from '../../catalog/criteria/get-criteria.ts';
import { readPeriod } from '../../catalog/criteria/period.ts';
import { recomputeIndicators } from '../../catalog/criteria/recompute-indicators.ts';
import { takeIndicators } from '../../catalog/criteria/take-indicators.ts';
import { localDate } from '../../catalog/kernel/clock.ts';
import { CatalogError } from '../../catalog/kernel/errors.ts';
import type { Product } from '../compose.ts';
import { print, UsageError } from './output.ts';
import { withProduct } from './with-product.ts';

/** `khue criteria list|take|recompute`: what is measured, now and again. */
export function addCriteriaCommands(program: Command): void {
  const criteria = program
    .command('criteria')
    .description('The criteria of the plan, and the indicators computed with them.');

  criteria
    .command('list')
    .description('The versions of the criteria.')
    .option('--json', 'as one JSON array', false)
    .action(({ json }: { json: boolean }) => withProduct((product) => list(json, product)));

  criteria
    .command('take')
    .description('Measure the running month, quarter and year; serve does so by itself.')
    .action(() =>
      withProduct(async (product) => {
        const closed = await takeIndicators(product);
        print(`closed: ${closed.join(', ') || '–'}`);
        return 0;
      }),
    );

  criteria
    .command('recompute')
    .description('Compute closed periods anew with a version of the criteria. The audit keeps it.')
    .requiredOption('--from <period>', 'the first period: 2026, 2026-Q1 or 2026-01', startOf)
    .requiredOption('--version <n>', 'the version of the criteria', versionNumber)
    .option('--json', 'report as one JSON object', false)
    .action((options: { from: string; version: number; json: boolean }) =>
      withProduct((product) => recompute(options, product)),
    );
}

async function list(json: boolean, { database, clock }: Product): Promise<number> {
  const today = localDate(clock());
  const versions = await criteriaRepository(database.read).list();
  const rows = versions.map((each) => ({
    version: each.version,
    state: stateOf(each, versions, today),
    inForceFrom: each.record.inForceFrom,
    criteria: each.record.criteria.length,
  }));
  if (json) print(JSON.stringify(rows));
  else
    for (const { version, state, inForceFrom = '–', criteria } of rows) {
      print(`${version}\t${state}\t${inForceFrom}\t${criteria}`);
    }
  return 0;
}

async function recompute(
  { from, version, json }: { from: string; version: number; json: boolean },
  product: Product,
): Promise<number> {
  const done = await recomputeIndicators(from, version, operator, product);
  if (json) print(JSON.stringify(done));
  else {
    for (const { period, from: source } of done.periods) {
      print(`${period}\tversion ${done.version}\tfrom ${source}`);
    }
  }
  return 0;
}

/** The first day of a period. */
function startOf(written: string): string {
  try {
    return readPeriod(written).from;
  } catch (error) {
    if (error instanceof CatalogError) throw new UsageError(error.message);
    throw error;
  }
}

function versionNumber(written: string): number {
  if (/^[1-9]\d{0,5}$/.test(written)) return Number(written);
  throw new UsageError(`a version such as 2 is needed, not "${written}"`);
}
