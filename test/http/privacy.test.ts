import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Instant } from '../../catalog/kernel/clock.ts';
import { createUsageRecorder } from '../../catalog/usage/usage-recorder.ts';
import { leftOut } from '../../server/pages/privacy-page.ts';
import { aDataset } from '../support/builders.ts';
import { type FreshDatabase, testDatabases } from '../support/databases.ts';
import { startServer, type TestServer } from '../support/server.ts';

const agents = [
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/131.0.4242.17 Safari/537.36',
  'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  'mot-chuong-trinh-rieng/7.31',
];
const referrer = 'https://bao.example.vn/bai-viet-rieng';
const wish = 'benh-hiem-cua-toi';

describe.each(testDatabases())('what is stored of visitors on $name', ({ name, create }) => {
  let database: FreshDatabase;
  let server: TestServer;

  beforeEach(async () => {
    database = await create();
    server = await startServer(database.url);
  });
  afterEach(async () => {
    await server.close();
    await database.drop();
  });

  it('holds no address, no agent, no referrer and no word that was searched for', async () => {
    const id = 'tuyen-xe-buyt';
    await server.publish(aDataset({ id }));
    const paths = [
      `/dataset/${id}`,
      `/download/${id}-csv/bus.csv`,
      `/api/v1/datasets/${id}?ly-do=${wish}`,
      `/api/v1/datasets?q=${wish}`,
      `/api/3/action/package_search?q=${wish}`,
      `/dataset?q=${wish}`,
      `/dataset/${id}.ttl`,
      '/assets/day.css',
      '/catalog.ttl',
    ];
    for (const agent of agents) {
      for (const path of paths) {
        await server.get(path, { 'User-Agent': agent, Referer: referrer });
      }
    }
    await server.product.usage.flush();

    const stored = await everythingStored();
    expect(stored.includes(id)).toBe(true);
    expect(await countOf('usage_event')).toBeGreaterThan(20);
    for (const secret of [...agents, '127.0.0.1', '::1', referrer, wish, 'Googlebot', '4242.17']) {
      expect([secret, withoutOwnAddress(stored).includes(secret)]).toEqual([secret, false]);
    }
  });

  it('holds the key of a day for an hour after it, and not a trace of it then', async () => {
    await server.publish(aDataset());
    // Its clock is today's, and it would destroy what is of another day.
    await server.product.usage.stop();
    let now = '2026-11-23T10:00:00.000Z';
    const recorder = createUsageRecorder({
      database: server.product.database,
      clock: () => now as Instant,
    });
    const download = async (moment: string) => {
      now = moment;
      recorder.record(
        {
          at: now,
          kind: 'download',
          datasetId: 'tuyen-xe-buyt',
          distributionId: 'tuyen-xe-buyt-csv',
          outcome: 'complete',
        },
        { address: '203.0.113.5', agent: agents[0] ?? '' },
      );
      await recorder.flush();
    };
    const saltOf = async (day: string) =>
      server.product.database.current
        .selectFrom('usage_salt')
        .select('salt')
        .where('day', '=', day)
        .executeTakeFirst();

    await download('2026-11-23T10:00:00.000Z');
    const { salt = '' } = (await saltOf('2026-11-23')) ?? {};
    expect(salt).toMatch(/^[\w-]{43}$/);
    if (name === 'SQLite') expect((await databaseFiles()).includes(salt)).toBe(true);
    await download('2026-11-23T17:59:00.000Z');
    expect(await saltOf('2026-11-23')).toEqual({ salt });

    await download('2026-11-23T18:00:00.001Z');
    expect(await saltOf('2026-11-23')).toBeUndefined();
    expect(await saltOf('2026-11-24')).toBeDefined();
    await vi.waitFor(async () => {
      // While somebody reads an older state of the file, the next round tries again.
      await recorder.flush();
      const files = name === 'SQLite' ? await databaseFiles() : '';
      expect(files.includes(salt)).toBe(false);
    }, 10_000);
    await recorder.stop();
  });

  it('is what the page says, rule by rule, in both languages', async () => {
    for (const path of ['/privacy', '/en/privacy']) {
      const page = await server.get(path, { Accept: 'text/html' });
      expect(page.status).toBe(200);
      const html = await page.text();
      for (const rule of leftOut) expect(html).toContain(`<dt>${rule}</dt>`);
      expect(html).toContain('91/2025/QH15');
      expect(html).not.toMatch(/privacy\.[a-z]/);
    }
    expect(await (await server.get('/', { Accept: 'text/html' })).text()).toContain(
      'href="/privacy"',
    );
    expect((await server.get('/privacy')).headers.get('set-cookie')).toBeNull();
  });

  /** Every table as text, and where the database is a file, the file and its log. */
  async function everythingStored(): Promise<string> {
    const { read } = server.product.database;
    const tables = await read.introspection.getTables();
    const texts: string[] = [];
    for (const table of tables.filter(({ isView }) => !isView)) {
      const { rows } = await sql`select * from ${sql.table(table.name)}`.execute(read);
      texts.push(JSON.stringify(rows));
    }
    if (name === 'SQLite') texts.push(await databaseFiles());
    return texts.join('\n');
  }

  async function databaseFiles(): Promise<string> {
    const folder = join(database.url.slice('sqlite:'.length), '..');
    const names = await readdir(folder);
    const files = await Promise.all(names.map((file) => readFile(join(folder, file), 'latin1')));
    return files.join('\n');
  }

  async function countOf(table: 'usage_event'): Promise<number> {
    const { count } = await server.product.database.current
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    return Number(count);
  }

  /** The catalogue's own IRIs begin with the address on which the test serves. */
  function withoutOwnAddress(text: string): string {
    return text.replaceAll(server.baseURL, '').replaceAll(encodeURIComponent(server.baseURL), '');
  }
});
