import { describe, expect, it } from 'vitest';
import { getMetrics } from '../../catalog/usage/metrics.ts';
import { rebuildUsage } from '../../catalog/usage/rebuild-usage.ts';
import { aDataset } from '../support/builders.ts';
import { testDatabases } from '../support/databases.ts';
import { startProduct, type TestProduct } from '../support/product.ts';
import { type ServerProcess, startServerProcess } from '../support/replay/server-process.ts';

/**
 * What is lost with a process was asked for in its last second: a quarter of it until the next batch is begun, the rest
 * for writing the batch. Where the machine is so busy that writing takes longer, the bound is longer by as much.
 */
const boundMs = 1000;
const untilNextMs = 250;
const kills = { SQLite: 20, PostgreSQL: 8 };
const together = 4;
const atOnce = 8;

/** One life of a process: when each request was answered, by this machine's clock; 0 for one that never was. */
interface Life {
  readonly dataset: string;
  readonly answered: readonly number[];
  /** What was answered before is not lost. */
  readonly lostFrom: number;
}

describe.each(testDatabases())('counting that is killed on $name', ({ name, create }) => {
  it('loses at most the last second, and counts nothing twice', async () => {
    const test = await startProduct(create);
    const alive: ServerProcess[] = [];
    try {
      for (let kill = 0; kill < kills[name]; kill += 1) {
        if (alive.length === 0) alive.push(...(await startSeveral(test)));
        const dataset = `lan-${kill}`;
        await test.publish(aDataset({ id: dataset }));
        const running = alive.pop();
        if (running) await expectKept(test, await liveAndDie(running, dataset, kill));
      }

      const before = await published(test);
      expect((await rebuildUsage(test.product.database)).rejudged).toBe(0);
      expect(await published(test)).toEqual(before);
      const twice = await test.product.database.read
        .selectFrom('usage_event')
        .select('visitor')
        .where('kind', '=', 'download')
        .groupBy('visitor')
        .having((eb) => eb.fn.countAll(), '>', 1)
        .execute();
      expect(twice).toEqual([]);
    } finally {
      await Promise.all(alive.map((each) => each.stop()));
      await test.close();
    }
  }, 300_000);
});

/** Starts some processes together, and waits until each has written something: what is new to it is slow. */
async function startSeveral({ url, product }: TestProduct): Promise<readonly ServerProcess[]> {
  const start = () => startServerProcess(url, product.config.dataDir);
  const started = await Promise.all(Array.from({ length: together }, start));
  for (const server of started) await writeSome(server);
  return started;
}

/** Has something written. Gives how long that took. */
async function writeSome(server: ServerProcess): Promise<number> {
  await server.ask({ method: 'GET', path: '/catalog.ttl', address: '10.99.0.1', headers: {} });
  const began = performance.now();
  await server.flush();
  return performance.now() - began;
}

/** Has many people, each another one, fetch a file until the process is killed in the middle of it. */
async function liveAndDie(server: ServerProcess, dataset: string, kill: number): Promise<Life> {
  const answered: number[] = [];
  let isOver = false;
  const ask = async () => {
    while (!isOver) {
      const number = answered.push(0) - 1;
      const status = await server.ask({
        method: 'GET',
        path: `/download/${dataset}-csv/bus.csv`,
        address: `10.${kill}.${number >> 8}.${number & 255}`,
        headers: { 'User-Agent': 'curl/8.5.0' },
      });
      if (status === 302) answered[number] = performance.now();
      else if (status !== 0) throw new Error(`answered ${status}`);
    }
  };
  const writingMs = await writeSome(server);
  const asking = Array.from({ length: atOnce }, ask);
  // Another moment of the rhythm in which batches are written, each time.
  await new Promise((resolve) => setTimeout(resolve, 1500 + kill * 37));
  const killedAt = performance.now();
  const killed = server.kill();
  isOver = true;
  await killed;
  await Promise.all(asking);
  const lostFrom = killedAt - Math.max(boundMs, untilNextMs + 4 * writingMs);
  return { dataset, answered, lostFrom };
}

async function expectKept(
  { product }: TestProduct,
  { dataset, answered, lostFrom }: Life,
): Promise<void> {
  const { totals, raw } = await getMetrics({ dataset }, 'day', product.database.read);
  const safe = answered.filter((at) => at > 0 && at < lostFrom).length;

  expect(safe).toBeGreaterThan(0);
  expect(raw.download).toBeGreaterThanOrEqual(safe);
  expect(raw.download).toBeLessThanOrEqual(answered.length);
  expect(totals.download).toBe(raw.download);
}

async function published({ product }: TestProduct): Promise<unknown> {
  const { read } = product.database;
  return {
    metrics: await getMetrics({}, 'day', read),
    downloads: await read
      .selectFrom('published')
      .select(['dataset_id', 'downloads'])
      .orderBy('dataset_id')
      .execute(),
  };
}
