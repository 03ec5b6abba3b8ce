import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Instant } from '../../catalog/kernel/clock.ts';
import { getMetrics } from '../../catalog/usage/metrics.ts';
import { rebuildUsage } from '../../catalog/usage/rebuild-usage.ts';
import { createUsageRecorder } from '../../catalog/usage/usage-recorder.ts';
import { usageRepository } from '../../catalog/usage/usage-repository.ts';
import { compose, type Product } from '../../server/compose.ts';
import { readConfig } from '../../server/config/settings.ts';
import { median, report, since } from './measure.ts';

/*
 * usage-child.ts record DATA_DIR RATE SECONDS   notes so many events a second, then counts all of them anew
 * usage-child.ts read DATA_DIR                  reads figures over ten million events, which it makes up
 */

const [what, dataDir = '', rate = '5000', seconds = '60'] = process.argv.slice(2);
const product = await compose(readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'silent' }));
report(
  what === 'read' ? await read(product) : await record(product, Number(rate), Number(seconds)),
);
await product.close();

/** Half a minute of events is written while the other half comes: as a server would. */
async function record({ database }: Product, perSecond: number, lasting: number) {
  const ids = (await database.read.selectFrom('published').select('dataset_id').execute()).map(
    ({ dataset_id }) => dataset_id,
  );
  // A day of its own, so that what is counted anew is what was noted here.
  const day = Date.parse('2020-01-15T03:00:00Z');
  const began = performance.now();
  const clock = () => new Date(day + performance.now() - began).toISOString() as Instant;
  const recorder = createUsageRecorder({ database, clock });
  const before = await countOf(database.read);
  let noted = 0;
  while (since(began) < lasting) {
    const due = Math.min(since(began), lasting) * perSecond;
    for (; noted < due; noted += 1) {
      recorder.record(
        {
          at: clock(),
          kind: noted % 4 === 0 ? 'view' : 'download',
          // A few datasets have most of the use.
          datasetId: ids[Math.floor(ids.length * ((noted * 0.618_034) % 1) ** 4)] ?? '',
          distributionId: '',
          outcome: 'complete',
        },
        // A visitor for every three events.
        {
          address: `10.${(noted / 3) >> 16}.${((noted / 3) >> 8) & 255}.${(noted / 3) & 255}`,
          agent: 'curl/8.5.0',
        },
      );
    }
    await sleep(5);
  }
  const notedFor = since(began);
  await recorder.stop();
  const stored = (await countOf(database.read)) - before;
  const rebuiltFrom = performance.now();
  const { events } = await rebuildUsage(database);
  return {
    perSecond: stored / notedFor,
    missing: noted - stored,
    lost: recorder.lost,
    rebuiltPerSecond: events / since(rebuiltFrom),
  };
}

async function countOf(db: Product['database']['read']): Promise<number> {
  const { count } = await db
    .selectFrom('usage_event')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** What ten million events of a year add up to: each dataset has downloads and views in each month. */
async function read({ database }: Product) {
  const months = Array.from(
    { length: 12 },
    (_, index) => `2021-${String(index + 1).padStart(2, '0')}`,
  );
  await database.transaction(async (tx) => {
    for (const month of months) {
      for (const kind of ['download', 'view']) {
        await sql`
          insert or replace into usage_month (month, kind, dataset_id, distribution_id, count, raw)
          select ${month}, ${kind}, dataset_id, '', 14 + position % 13, 28 + position % 13 from published`.execute(
          tx,
        );
        await sql`
          insert or replace into usage_total (day, kind, count, raw)
          select ${month} || '-15', ${kind}, sum(14 + position % 13), sum(28 + position % 13)
          from published`.execute(tx);
      }
    }
    await sql`
      insert or ignore into usage_member (dataset_id, grouping, value)
      select dataset_id, 'agency', publisher_id from published
      union select p.dataset_id, 'theme', f.value
      from published p join published_facet f on f.position = p.position where f.facet = 'theme'`.execute(
      tx,
    );
    await sql`
      insert or replace into usage_group (grouping, value, month, kind, count, raw)
      select m.grouping, m.value, u.month, u.kind, sum(u.count), sum(u.raw)
      from usage_month u join usage_member m on m.dataset_id = u.dataset_id group by 1, 2, 3, 4`.execute(
      tx,
    );
  });
  const db = database.read;
  const range = { from: '2021-01-01', to: '2021-12-31' };
  const { dataset_id: dataset, publisher_id: agency } = await db
    .selectFrom('published')
    .selectAll()
    .executeTakeFirstOrThrow();
  const events = (await getMetrics(range, 'month', db)).raw;
  const timed = async (ask: () => Promise<unknown>) => {
    const times: number[] = [];
    for (let run = 0; run < 7; run += 1) {
      const from = performance.now();
      await ask();
      times.push(performance.now() - from);
    }
    return median(times);
  };
  return {
    events: events.download + events.view,
    cityMs: await timed(() => getMetrics(range, 'month', db)),
    datasetMs: await timed(() => getMetrics({ ...range, dataset }, 'month', db)),
    agencyMs: await timed(() => getMetrics({ ...range, agency }, 'month', db)),
    groupsMs: await timed(async () => {
      const months_ = { from: '2021-01', to: '2021-12' };
      await usageRepository(db).groups('agency', months_);
      await usageRepository(db).groups('theme', months_);
    }),
  };
}
