import { setTimeout as sleep } from 'node:timers/promises';
import BetterSqlite3 from 'better-sqlite3';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operator } from '../../catalog/access/actor.ts';
import { reviseDataset } from '../../catalog/inventory/revise-dataset.ts';
import { saveAgency } from '../../catalog/inventory/save-agency.ts';
import { type Instant, localDate } from '../../catalog/kernel/clock.ts';
import { getMetrics } from '../../catalog/usage/metrics.ts';
import { pruneUsage } from '../../catalog/usage/prune-usage.ts';
import { rebuildUsage } from '../../catalog/usage/rebuild-usage.ts';
import type { Caller, UsageEvent } from '../../catalog/usage/usage-event.ts';
import {
  createUsageRecorder,
  type UsageRecorderDeps,
  type UsageTrouble,
} from '../../catalog/usage/usage-recorder.ts';
import { usageRepository } from '../../catalog/usage/usage-repository.ts';
import { aDataset, anAgency } from '../support/builders.ts';
import { testDatabases } from '../support/databases.ts';
import { startProduct, type TestProduct } from '../support/product.ts';

const chrome = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36';

describe.each(testDatabases())('use on $name', ({ name, create }) => {
  let test: TestProduct;
  let seq = 0;

  beforeAll(async () => {
    test = await startProduct(create);
  });
  afterAll(() => test.close());

  async function published(): Promise<string> {
    seq += 1;
    const id = `dung-${seq}`;
    await test.publish(aDataset({ id }));
    return id;
  }

  /** A recorder of a process of its own, whose clock stands where it is put. */
  function recorder(more: Partial<UsageRecorderDeps> = {}) {
    const { database } = test.product;
    let now = '2026-11-23T02:00:00.000Z';
    const usage = createUsageRecorder({
      database,
      clock: () => now as Instant,
      ...more,
    });
    return {
      usage,
      at: (moment: string) => {
        now = moment;
      },
      note(event: Partial<UsageEvent>, caller: Partial<Caller> = {}) {
        usage.record(
          {
            at: now,
            kind: 'download',
            datasetId: '',
            distributionId: '',
            outcome: 'complete',
            ...event,
          },
          { address: `192.0.2.${seq}`, agent: chrome, ...caller },
        );
      },
    };
  }

  const metrics = (dataset: string, by: 'day' | 'month' = 'day') =>
    getMetrics({ dataset }, by, test.product.database.read);

  it('counts exactly, whoever counts at once', async () => {
    const id = await published();
    const recorders = Array.from({ length: 4 }, () => recorder());
    for (let round = 0; round < 5; round += 1) {
      for (const [process, { note }] of recorders.entries()) {
        for (let count = 0; count < 10; count += 1) {
          const address = `198.51.${process}.${round * 10 + count}`;
          note({ datasetId: id, distributionId: `${id}-${count % 2}` }, { address });
        }
      }
      await Promise.all(recorders.map(({ usage }) => usage.flush()));
    }
    await Promise.all(recorders.map(({ usage }) => usage.stop()));

    expect(recorders.map(({ usage }) => usage.lost)).toEqual([0, 0, 0, 0]);
    const { totals, raw, visitors, removed } = await metrics(id);
    expect([totals.download, raw.download, removed]).toEqual([200, 200, {}]);
    expect(Math.abs((visitors?.[0]?.count ?? 0) - 200)).toBeLessThan(8);
    expect(await downloads(id)).toBe(200);
  });

  it('sees a double click whose two requests came to two processes, in whatever order they write', async () => {
    const id = await published();
    const [first, second] = [recorder(), recorder()];
    const event = { datasetId: id, distributionId: `${id}-csv` };
    second.at('2026-11-23T02:00:20.000Z');
    second.note(event);
    await second.usage.flush();
    first.note(event);
    await first.usage.flush();

    expect(await metrics(id)).toMatchObject({
      totals: { download: 1 },
      raw: { download: 2 },
      removed: { 'double-click': 1 },
      visitors: [{ period: '2026-11-23', count: 1 }],
    });
    await Promise.all([first.usage.stop(), second.usage.stop()]);
  });

  it('takes back what counted once it is clear that a robot did it, from figures, feed and visitors', async () => {
    const ids = [await published(), await published()];
    const { usage, note, at } = recorder();
    const [id = '', other = ''] = ids;
    note({ datasetId: id, distributionId: 'a' }, { address: '203.0.113.9' });
    for (let second = 0; second < 60; second += 1) {
      at(`2026-11-23T02:00:${String(second).padStart(2, '0')}.500Z`);
      note({ datasetId: id, distributionId: `tep-${second}` });
      await usage.flush();
    }
    expect((await metrics(id)).totals.download).toBe(61);
    expect(await downloads(id)).toBe(61);

    note({ datasetId: other, distributionId: 'b', kind: 'view' });
    await usage.flush();

    expect(await metrics(id)).toMatchObject({
      totals: { download: 1 },
      raw: { download: 61 },
      removed: { rate: 60 },
      visitors: [{ count: 1 }],
    });
    expect(await metrics(other)).toMatchObject({ totals: { view: 0 }, removed: { rate: 1 } });
    expect(await downloads(id)).toBe(1);

    at('2026-11-23T09:00:00.000Z');
    note({ datasetId: other, distributionId: 'b' });
    note({ datasetId: other, kind: 'api' });
    await usage.stop();
    expect(await metrics(other)).toMatchObject({ totals: { download: 0, api: 1 } });
  });

  it('believes a browser that fetched its style sheet, even if that came late', async () => {
    const id = await published();
    const { usage, note, at } = recorder();
    for (let minute = 10; minute < 22; minute += 1) {
      at(`2026-11-23T02:${minute}:00.000Z`);
      note({ kind: 'view', datasetId: id }, { address: '203.0.113.20' });
    }
    await usage.flush();
    expect(await metrics(id)).toMatchObject({ totals: { view: 0 }, removed: { 'no-assets': 12 } });

    note({ kind: 'asset' }, { address: '203.0.113.20' });
    note({ kind: 'asset' }, { address: '203.0.113.20' });
    await usage.stop();
    expect(await metrics(id)).toMatchObject({
      totals: { view: 12 },
      raw: { view: 12 },
      removed: {},
      visitors: [{ count: 1 }],
    });
  });

  it('keeps what does not count, with the reason', async () => {
    const id = await published();
    const { usage, note } = recorder({ isStaff: async ({ session }) => session === 'officer' });
    const event = { datasetId: id, distributionId: `${id}-csv` };
    note(event, { agent: 'Mozilla/5.0 (compatible; Googlebot/2.1)' });
    note(event, { session: 'officer' });
    note({ ...event, outcome: 'head' });
    note({ ...event, outcome: 'not-modified' });
    note({ ...event, outcome: 'continuation' });
    note({ ...event, outcome: 'aborted' });
    note({ datasetId: 'khong-con', distributionId: 'x' });
    note(event);
    await usage.stop();

    expect(await metrics(id)).toMatchObject({
      totals: { download: 1 },
      raw: { download: 7 },
      removed: {
        robot: 1,
        staff: 1,
        head: 1,
        'not-modified': 1,
        'range-continuation': 1,
        aborted: 1,
      },
    });
    expect(await metrics('khong-con')).toMatchObject({
      totals: { download: 0 },
      removed: { 'unknown-dataset': 1 },
    });
  });

  it('tells a flood from one address, whatever it calls itself', async () => {
    const id = await published();
    const { usage, note } = recorder();
    for (let count = 0; count < 1000; count += 1) {
      note({ datasetId: id, distributionId: `${id}-csv` }, { agent: `${chrome} ${count}` });
    }
    await usage.stop();

    expect(await metrics(id)).toMatchObject({ raw: { download: 1000 }, removed: { flood: 400 } });
  });

  it('counts each day by the date in Hà Nội, and forgets by the next who came the day before', async () => {
    const id = await published();
    const { usage, note, at } = recorder();
    at('2026-11-30T16:59:59.000Z');
    note({ datasetId: id, distributionId: `${id}-csv` });
    at('2026-11-30T17:00:01.000Z');
    note({ datasetId: id, distributionId: `${id}-csv` });
    await usage.stop();

    expect((await metrics(id)).figures.map(({ period, count }) => [period, count])).toEqual([
      ['2026-11-30', 1],
      ['2026-12-01', 1],
    ]);
    const months = await metrics(id, 'month');
    expect(months.figures.map(({ period, count }) => [period, count])).toEqual([
      ['2026-11', 1],
      ['2026-12', 1],
    ]);
    const keys = await test.product.database.read
      .selectFrom('usage_event')
      .select('visitor')
      .where('dataset_id', '=', id)
      .execute();
    expect(new Set(keys.map(({ visitor }) => visitor)).size).toBe(2);
  });

  it('goes on when the clock jumps', async () => {
    const id = await published();
    const { usage, note, at } = recorder();
    const moments = [
      '2026-11-23T05:00:00.000Z',
      '2038-01-19T03:14:08.000Z',
      '1999-12-31T23:59:59.000Z',
    ];
    for (const moment of moments) {
      at(moment);
      note({ datasetId: id, distributionId: `${id}-csv` });
      await usage.flush();
    }
    await usage.stop();

    const { figures } = await metrics(id);
    expect(figures.map(({ period }) => period)).toEqual(moments.map(localDate).sort());
    expect(usage.lost).toBe(0);
  });

  it('goes on while somebody else holds the database, and says what it could not keep', async () => {
    const id = await published();
    const troubles: UsageTrouble[] = [];
    const { usage, note } = recorder({ mostWaiting: 20, onTrouble: (each) => troubles.push(each) });
    const release = await holdDatabase(test.url);
    for (let count = 0; count < 30; count += 1) {
      note({ datasetId: id, distributionId: 'a' }, { address: `203.0.114.${count}` });
    }
    const flushed = usage.flush();
    await sleep(400);
    expect([usage.lost, usage.waiting]).toEqual([10, 20]);
    expect((await metrics(id)).totals.download).toBe(0);

    await release();
    await flushed;
    await usage.stop();
    expect(await metrics(id)).toMatchObject({ totals: { download: 20 }, lost: 10 });
    expect(usage.waiting).toBe(0);
    expect(troubles.every(({ lost }) => lost === 10)).toBe(true);
  });

  it.runIf(name === 'SQLite')(
    'waits while the disk is full, and counts all of it once there is room',
    async () => {
      const id = await published();
      const troubles: UsageTrouble[] = [];
      const { usage, note } = recorder({ onTrouble: (each) => troubles.push(each) });
      await limitPages(1);
      for (let count = 0; count < 2000; count += 1) {
        note(
          { datasetId: id, distributionId: 'a' },
          { address: `203.1.${count >> 8}.${count & 255}` },
        );
      }
      await usage.flush();
      expect(troubles.map(({ error }) => String(error))).toEqual([
        expect.stringContaining('database or disk is full'),
      ]);
      expect((await metrics(id)).raw.download).toBe(0);

      await limitPages(1_000_000_000);
      await usage.stop();
      expect(await metrics(id)).toMatchObject({ totals: { download: 2000 } });
      expect(troubles.at(-1)).toEqual({ waiting: 0, lost: 0 });
    },
  );

  it('makes the same figures anew from the events, and mends what was spoilt', async () => {
    const before = await figures();
    expect(await rebuildUsage(test.product.database)).toMatchObject({ rejudged: 0 });
    expect(await figures()).toEqual(before);

    await test.product.database.transaction(async (tx) => {
      await tx.updateTable('usage_day').set({ count: 77 }).execute();
      await tx.updateTable('usage_group').set({ raw: 77 }).execute();
      await tx.updateTable('usage_event').set({ rule: null }).where('rule', '=', 'rate').execute();
      await tx.updateTable('published').set({ downloads: 77 }).execute();
      await tx.deleteFrom('usage_sketch').execute();
      await tx.deleteFrom('usage_robot').execute();
    });
    expect((await rebuildUsage(test.product.database)).rejudged).toBeGreaterThan(60);
    expect(await figures()).toEqual(before);
  });

  it('adds up agencies and themes, and follows a dataset that changes both', async () => {
    const id = await published();
    const { usage, note } = recorder();
    note({ datasetId: id, distributionId: `${id}-csv` });
    await usage.flush();
    const of = async (agency: string) => (await agencyMetrics(agency)).raw.download;
    const [here, there] = [await of('so-xay-dung'), await of('so-y-te')];
    await test.product.database.transaction((tx) =>
      saveAgency(tx, anAgency({ id: 'so-y-te', name: { vi: 'Sở Y tế' } }), test.product.clock),
    );
    await reviseDataset(
      id,
      (record) => ({ ...record, publisher: 'so-y-te', theme: ['HEAL'] }),
      undefined,
      operator,
      test.product,
    );
    note({ datasetId: id, kind: 'api' });
    await usage.stop();

    expect([await of('so-xay-dung'), await of('so-y-te')]).toEqual([here - 1, there + 1]);
    const repository = usageRepository(test.product.database.read);
    expect(await repository.figures({ theme: 'HEAL' }, 'month')).toEqual([
      { period: '2026-11', kind: 'api', count: 1, raw: 1 },
      { period: '2026-11', kind: 'download', count: 1, raw: 1 },
    ]);
    expect(await repository.groups('theme', { from: '2026-11', to: '2026-11' })).toContainEqual({
      group: 'HEAL',
      period: '2026-11',
      kind: 'download',
      count: 1,
      raw: 1,
    });
    const before = await figures();
    await rebuildUsage(test.product.database);
    expect(await figures()).toEqual(before);
  });

  it('removes old events and days, and keeps the figures of their months', async () => {
    const id = await published();
    const { usage, note, at } = recorder();
    const event = { datasetId: id, distributionId: `${id}-csv` };
    for (const moment of ['2026-05-03', '2026-05-04', '2026-09-09', '2026-11-23']) {
      at(`${moment}T03:00:00.000Z`);
      note(event);
      note(event, { address: '203.0.113.77' });
    }
    await usage.flush();
    const months = (await metrics(id, 'month')).figures;
    const clock = () => '2026-11-26T03:00:00.000Z' as Instant;
    const prune = () =>
      pruneUsage({ database: test.product.database, clock }, { eventMonths: 1, dayMonths: 3 });

    expect(await prune()).toMatchObject({ eventsFrom: '2026-10', daysFrom: '2026-08' });
    expect((await prune()).days).toBe(0);

    const read = test.product.database.read;
    const kept = await read
      .selectFrom('usage_event')
      .select('day')
      .distinct()
      .where('dataset_id', '=', id)
      .execute();
    expect(kept).toEqual([{ day: '2026-11-23' }]);
    expect((await metrics(id)).figures.map(({ period }) => period)).toEqual([
      '2026-09-09',
      '2026-11-23',
    ]);
    const after = await metrics(id, 'month');
    expect(after.figures).toEqual(months);
    expect(after.visitors).toEqual([
      { period: '2026-05', count: 4 },
      { period: '2026-09', count: 2 },
      { period: '2026-11', count: 2 },
    ]);

    await rebuildUsage(test.product.database);
    expect((await metrics(id, 'month')).figures).toEqual(months);
    at('2026-05-04T04:00:00.000Z');
    note(event);
    await usage.stop();
    await prune();
    expect(await metrics(id, 'month')).toMatchObject({
      figures: [{ period: '2026-05', count: 5 }, {}, {}],
    });
  });

  /** A file may not grow beyond so many pages, or as many as it has: a disk that is full. */
  function limitPages(most: number): Promise<unknown> {
    return test.product.database.transaction((tx) =>
      sql.raw(`pragma max_page_count = ${most}`).execute(tx),
    );
  }

  /** Everything that events add up to. */
  async function figures() {
    const { read } = test.product.database;
    const all = {
      day: await read.selectFrom('usage_day').selectAll().execute(),
      month: await read.selectFrom('usage_month').selectAll().execute(),
      total: await read.selectFrom('usage_total').selectAll().execute(),
      removed: await read.selectFrom('usage_removed').selectAll().where('count', '>', 0).execute(),
      group: await read.selectFrom('usage_group').selectAll().execute(),
      sketch: await read.selectFrom('usage_sketch').selectAll().execute(),
      robot: await read.selectFrom('usage_robot').selectAll().execute(),
      downloads: await read.selectFrom('published').select(['dataset_id', 'downloads']).execute(),
    };
    return Object.fromEntries(
      Object.entries(all).map(([name, rows]) => [
        name,
        rows.map((row) => JSON.stringify(Object.entries(row).sort())).sort(),
      ]),
    );
  }

  function agencyMetrics(agency: string) {
    return getMetrics({ agency }, 'month', test.product.database.read);
  }

  async function downloads(id: string): Promise<number | undefined> {
    const row = await test.product.database.read
      .selectFrom('published')
      .select('downloads')
      .where('dataset_id', '=', id)
      .executeTakeFirst();
    return row?.downloads;
  }
});

/** Another process that writes and does not end. Gives what ends it. */
async function holdDatabase(url: string): Promise<() => Promise<void>> {
  if (url.startsWith('sqlite:')) {
    const other = new BetterSqlite3(url.slice('sqlite:'.length));
    other.exec('begin immediate');
    return async () => void other.close();
  }
  const other = new pg.Client({ connectionString: url });
  await other.connect();
  await other.query('begin');
  await other.query('lock table counter');
  return () => other.end();
}
