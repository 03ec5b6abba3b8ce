import { Parser } from 'n3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aDataset } from '../support/builders.ts';
import { startServer, type TestServer } from '../support/server.ts';

const hydra = 'http://www.w3.org/ns/hydra/core#';
const rdfType = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type';
const ids = Array.from({ length: 23 }, (_, index) => `tap-${String(index + 1).padStart(2, '0')}`);

let server: TestServer;
let coordinator: Record<string, string>;

beforeAll(async () => {
  server = await startServer();
  coordinator = await server.as('coordinator');
  for (const id of ids) await server.publish(aDataset({ id, keyword: { vi: ['thủ đô & "bạn"'] } }));
});
afterAll(() => server.close());

interface Step {
  readonly datasets: readonly string[];
  readonly next: string | undefined;
  readonly total: string | undefined;
}

async function step(path: string): Promise<Step> {
  const answer = await server.get(path);
  expect(answer.status).toBe(200);
  const quads = new Parser().parse(await answer.text());
  const valuesOf = (predicate: string) =>
    quads.filter((quad) => quad.predicate.value === predicate).map(({ object }) => object.value);
  const datasets = quads
    .filter(
      ({ predicate, object }) => predicate.value === rdfType && /#Dataset$/.test(object.value),
    )
    .map(({ subject }) => subject.value.split('/').at(-1) ?? '');
  const views = quads.filter(
    ({ predicate, object }) =>
      predicate.value === rdfType &&
      object.value.startsWith(hydra) &&
      /View|Paged/.test(object.value),
  );
  expect(new Set(views.map(({ subject }) => subject.value)).size).toBe(1);
  expect(views).toHaveLength(2);
  expect(valuesOf(`${hydra}next`)).toEqual(valuesOf(`${hydra}nextPage`));
  return {
    datasets,
    next: valuesOf(`${hydra}next`)[0]?.replace(server.baseURL, ''),
    total: valuesOf(`${hydra}totalItems`)[0],
  };
}

async function walk(from: string, between?: () => Promise<unknown>): Promise<readonly string[]> {
  const seen: string[] = [];
  let path: string | undefined = from;
  while (path !== undefined) {
    const { datasets, next }: Step = await step(path);
    seen.push(...datasets);
    if (seen.length === datasets.length) await between?.();
    path = next;
  }
  return seen;
}

describe('a walk', () => {
  it.each([
    '/catalog.nt?page_size=10',
    '/catalog.ttl?page_size=7',
    '/catalog.ttl?page_size=23',
    '/catalog.ttl?page_size=1000',
    '/catalog.nt?theme=TRAN&page_size=10',
    '/catalog.nt?q=tuy%E1%BA%BFn+xe&page_size=10',
    '/catalog.nt?keyword=th%E1%BB%A7+%C4%91%C3%B4+%26+%22b%E1%BA%A1n%22&page_size=10',
    '/catalog.nt?modified_since=2020-01-01T00:00:00%2B07:00&page_size=10',
    '/agency/so-xay-dung/catalog.nt?page_size=10',
  ])('from %s meets each dataset once', async (from) => {
    const seen = await walk(from);

    expect([...seen].sort()).toEqual(ids);
    expect((await step(from)).total).toBe('23');
  });

  it('of /catalog keeps suffix and parameters in its links', async () => {
    const { next } = await step('/catalog.nt?theme=TRAN&page_size=10&profiles=euro_dcat_ap_3');

    expect(next).toBe(
      '/catalog.nt?theme=TRAN&page_size=10&profiles=euro_dcat_ap_3&page=2&after=10',
    );
  });

  it.each([
    { query: 'page=4&page_size=10', status: 404 },
    { query: 'page=-1', status: 400 },
    { query: 'page=1.5', status: 400 },
    { query: 'page=1e3', status: 400 },
    { query: 'page=9999999999999999999', status: 400 },
    { query: 'page_size=0', status: 400 },
    { query: 'page_size=1001', status: 400 },
    { query: 'page_size=x', status: 400 },
    { query: 'modified_since=2026-13-01', status: 400 },
    { query: 'modified_since=2026-02-30', status: 400 },
    { query: 'sort=best', status: 400 },
    { query: 'page=', status: 200 },
    { query: 'theme=NOPE', status: 200 },
  ])('with $query gets $status', async ({ query, status }) => {
    expect((await server.get(`/catalog.ttl?${query}`)).status).toBe(status);
  });

  it('of the whole catalogue misses nothing while others come and go', async () => {
    const seen = await walk('/catalog.nt?page_size=5', async () => {
      await server.send('POST', '/api/v1/datasets/tap-01/withdraw', { reason: 'Sai' }, coordinator);
      await server.publish(aDataset({ id: 'moi' }));
    });

    expect(new Set(seen).size).toBe(seen.length);
    expect([...new Set([...seen, 'tap-01'])].sort()).toEqual(['moi', ...ids]);
  });

  // Slices of what matches now would move: ckanext-dcat deletes what it does not meet (INTEROP 1.2).
  it('of one agency’s catalogue misses nothing while others come and go', async () => {
    const seen = await walk('/agency/so-xay-dung/catalog.nt?page_size=5', () =>
      server.send('POST', '/api/v1/datasets/tap-02/withdraw', { reason: 'Sai' }, coordinator),
    );

    expect(seen).toEqual(expect.arrayContaining(ids.slice(2)));
  });

  it('reaches a dataset whose id ends like a suffix at its own address', async () => {
    await server.publish(aDataset({ id: 'bao-cao.json' }));

    const turtle = await server.get('/dataset/bao-cao.json', { Accept: 'text/turtle' });
    const suffixed = await server.get('/dataset/bao-cao.json.ttl');

    expect([turtle.status, suffixed.status]).toEqual([200, 200]);
    expect(await turtle.text()).toBe(await suffixed.text());
    expect((await server.get('/dataset/bao-cao.json')).headers.get('Content-Type')).toContain(
      'html',
    );
  });
});
