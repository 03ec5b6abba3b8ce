import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operator } from '../../catalog/access/actor.ts';
import { writeDatasets } from '../../catalog/inventory/write-datasets.ts';
import { aDataset } from '../support/builders.ts';
import { testDatabases } from '../support/databases.ts';
import { startServer, type TestServer } from '../support/server.ts';

const year = '2030';
const many = 120;

describe.each(testDatabases())('a roadmap of many promises on $name', ({ create }) => {
  let server: TestServer;
  let drop: () => Promise<void>;

  beforeAll(async () => {
    const database = await create();
    drop = database.drop;
    server = await startServer(database.url);
    const { product } = server;
    const at = product.clock();
    const datasets = Array.from({ length: many }, (_, n) => {
      const id = `tap-${String(n).padStart(3, '0')}`;
      const due = n < 110 ? `${year}-Q1` : `${year}-Q4`;
      const { distribution: _none, ...bare } = aDataset({ id, title: { vi: `Tập ${id}` } });
      const record = { ...bare, inventory: { release: { plan: year, due } } };
      return { record, state: 'planned' as const, revision: 1, createdAt: at, changedAt: at };
    });
    await product.database.transaction((tx) =>
      writeDatasets(
        tx,
        datasets.map((after) => ({ after, act: 'register' })),
        operator,
        product.reflect,
      ),
    );
  }, 60_000);
  afterAll(async () => {
    await server.close();
    await drop();
  });

  const html = async (query: string) =>
    (await server.get(`/roadmap?year=${year}${query}`, { Accept: 'text/html' })).text();
  const listed = (page: string) => [...page.matchAll(/<li class="commitment[^>]* id="(tap-\d+)"/g)];
  const ids = (page: string) => listed(page).map(([, id]) => id);

  it('counts them first, then lists so many on a page, and all of them on its pages', async () => {
    const first = await html('');
    const second = await html('&page=2');

    expect(first).toMatch(/quarter=2030-Q1" aria-label="đã công bố 0\/110">0\/110</);
    expect(first).toMatch(new RegExp(`<strong>${many}</strong>`));
    expect(first).toMatch(/rel="next" href="\/roadmap\?year=2030&amp;page=2"/);
    expect([ids(first).length, ids(second).length]).toEqual([100, 20]);
    expect(new Set([...ids(first), ...ids(second)]).size).toBe(many);
    expect(second).not.toContain('class="grid tally"');
  });

  it('is opened where a dataset stands, whatever the year', async () => {
    const found = await server.get('/roadmap?dataset=tap-105', { Accept: 'text/html' });
    const unknown = await server.get('/roadmap?dataset=khong-co', { Accept: 'text/html' });

    expect(ids(await found.text())).toContain('tap-105');
    expect(unknown.status).toBe(200);
    const calendar = await (await server.get(`/roadmap.ics?year=${year}`)).text();
    // RFC 5545 §3.1: a long line goes on behind a line break and a blank.
    expect(calendar.replaceAll('\r\n ', '')).toContain('/roadmap?dataset=tap-105#tap-105');
  });

  it('lists those of a quarter, with the same totals', async () => {
    const page = await html('&quarter=2030-Q4');

    expect(ids(page)).toHaveLength(10);
    expect(page).toMatch(
      /aria-current="page">Quý IV\/2030<\/a> <span class="count">đã công bố 0\/10</,
    );
    expect(page).toMatch(new RegExp(`<strong>${many}</strong>`));
    expect(await html('&quarter=2030-Q2')).toContain('Không có cam kết nào trong quý này.');
  });

  it('says that a page is beyond the end, and leads back', async () => {
    const page = await html('&page=9');

    expect(ids(page)).toEqual([]);
    expect(page).toContain('href="/roadmap?year=2030">Về trang đầu');
    expect(page).toMatch(/rel="prev" href="\/roadmap\?year=2030&amp;page=2"/);
  });

  it.each(['page=0', 'page=hai', 'quarter=2030-Q5', 'quarter=hè'])('refuses %s', async (query) => {
    const answer = await server.get(`/roadmap?year=${year}&${query}`);

    expect([answer.status, await answer.text()]).toEqual([
      400,
      expect.stringContaining('parameter-malformed'),
    ]);
  });

  it('stays complete where it is taken away', async () => {
    const roadmap = (await (await server.get(`/roadmap.json?year=${year}`)).json()) as {
      commitments: object[];
    };
    const calendar = await (await server.get(`/roadmap.ics?year=${year}`)).text();

    expect(roadmap.commitments).toHaveLength(many);
    expect(calendar.match(/BEGIN:VEVENT/g)).toHaveLength(many);
  });
});
