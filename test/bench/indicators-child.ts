import { operator } from '../../catalog/access/actor.ts';
import { recomputeIndicators } from '../../catalog/criteria/recompute-indicators.ts';
import { takeIndicators } from '../../catalog/criteria/take-indicators.ts';
import type { Instant } from '../../catalog/kernel/clock.ts';
import { qualityRepository } from '../../catalog/quality/quality-repository.ts';
import { dimensionCodes, type Row } from '../../catalog/quality/score-row.ts';
import type { UsageMonthTable } from '../../catalog/storage/tables.ts';
import { compose, type Product } from '../../server/compose.ts';
import { readConfig } from '../../server/config/settings.ts';
import { report, since } from './measure.ts';

/*
 * Makes a year of use and a score for each dataset, and takes the indicators: `indicators-child.ts DATA_DIR EVENTS`.
 * Use is made as the rollups that EVENTS downloads would leave; indicators are never taken from events.
 */

const [dataDir = '', events = '0'] = process.argv.slice(2);
const product = await compose(readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'warn' }));
const year = new Date().getFullYear();
const lastYear = String(year - 1);

const ids = await idsOf(product);
await beReleasedOn(`${lastYear}-01-05`);
await makeUse(Number(events));
await makeScores();

const pastStart = performance.now();
const { periods } = await recomputeIndicators(`${lastYear}-01-01`, 1, operator, product);
const pastSeconds = since(pastStart);
const firstStart = performance.now();
await takeIndicators(product);
const firstSeconds = since(firstStart);
const againStart = performance.now();
await takeIndicators(product);
const againSeconds = since(againStart);
await product.close();
report({
  datasets: ids.length,
  pastSeconds,
  pastPeriods: periods.length,
  firstSeconds,
  againSeconds,
});

async function idsOf({ database }: Product): Promise<readonly { id: string; publisher: string }[]> {
  return database.read
    .selectFrom('dataset')
    .select(['id', 'publisher_id as publisher'])
    .where('state', '=', 'published')
    .execute();
}

async function beReleasedOn(day: string): Promise<void> {
  await product.database.transaction((tx) =>
    tx
      .updateTable('dataset')
      .set({ released_at: `${day}T05:00:00.000Z` })
      .execute(),
  );
}

async function makeUse(all: number): Promise<void> {
  const months = [lastYear, String(year)].flatMap((each) =>
    Array.from({ length: 12 }, (_, month) => `${each}-${String(month + 1).padStart(2, '0')}`),
  );
  const count = Math.round(all / (ids.length * months.length));
  for (const month of months) {
    const rows: UsageMonthTable[] = ids.map(({ id }) => ({
      month,
      kind: 'download',
      dataset_id: id,
      distribution_id: '',
      count,
      raw: count,
    }));
    await inBatches(rows, (tx, batch) =>
      tx
        .insertInto('usage_month')
        .values(batch)
        .onConflict((conflict) => conflict.doNothing())
        .execute(),
    );
  }
}

async function makeScores(): Promise<void> {
  const at = new Date().toISOString() as Instant;
  const rows = ids.map(({ id, publisher }, index): Row => {
    const points = Object.fromEntries(dimensionCodes.map((code) => [code, 60 + (index % 40)]));
    return {
      dataset_id: id,
      publisher_id: publisher,
      revision: 1,
      scored_at: at,
      changed_at: at,
      share: 200,
      total: 200 + (index % 200),
      ...(points as Record<(typeof dimensionCodes)[number], number>),
      metrics_json:
        index % 3 === 0 ? '{"mqa":{},"six":{"recordConforms":{}}}' : '{"mqa":{},"six":{}}',
    };
  });
  await inBatches(rows, (tx, batch) => qualityRepository(tx).save(batch));
}

type Tx = Parameters<Parameters<Product['database']['transaction']>[0]>[0];

async function inBatches<Item>(
  items: readonly Item[],
  write: (tx: Tx, batch: Item[]) => Promise<unknown>,
): Promise<void> {
  for (let at = 0; at < items.length; at += 1000) {
    await product.database.transaction((tx) => write(tx, items.slice(at, at + 1000)));
  }
}
