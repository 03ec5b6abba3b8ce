import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aDataset } from '../support/builders.ts';
import { ckanClient, type Package, type SearchResult } from '../support/ckan.ts';
import { type FreshDatabase, testDatabases } from '../support/databases.ts';
import { startServer, type TestServer } from '../support/server.ts';

const total = 23;

/** How the clients there are walk through a catalogue, each with its own way to see the end. INTEROP 1.3. */
describe.each(testDatabases())('clients of CKAN walk to the end on $name', ({ create }) => {
  let database: FreshDatabase;
  let server: TestServer;
  let ckan: ReturnType<typeof ckanClient>;
  const names: string[] = [];

  beforeAll(async () => {
    database = await create();
    server = await startServer(database.url);
    ckan = ckanClient(server);
    for (let n = 1; n <= total; n += 1) {
      const id = `tap-${String(n).padStart(2, '0')}`;
      names.push(id);
      await server.publish(aDataset({ id, publisher: n % 2 === 0 ? 'so-y-te' : 'so-xay-dung' }));
    }
  });
  afterAll(async () => {
    await server.close();
    await database.drop();
  });

  it('ckanext-harvest: until a page is empty, and no page twice', async () => {
    const seen: string[] = [];
    let before = '';
    for (let start = 0; ; start += 5) {
      const parameters = { rows: '5', start: String(start), sort: 'id asc' };
      const query = new URLSearchParams({
        ...parameters,
        fq: 'metadata_modified:[2020-01-01T00:00:00Z TO *]',
      });
      const text = await (await server.get(`/api/3/action/package_search?${query}`)).text();
      expect(text).not.toBe(before);
      before = text;
      const { result } = JSON.parse(text) as { readonly result: SearchResult };
      expect(result.count).toBe(total);
      if (result.results.length === 0) break;
      seen.push(...result.results.map(({ name }) => name));
    }

    expect(seen.sort()).toEqual(names);
  });

  it('Magda: while start is below the count', async () => {
    const seen: string[] = [];
    let count = Number.POSITIVE_INFINITY;
    for (let start = 0; start < count; start += 10) {
      const parameters = { sort: 'metadata_created asc', start: String(start), rows: '10' };
      const result = await ckan.result<SearchResult>('package_search', parameters);
      count = result.count;
      seen.push(...result.results.map(({ name }) => name));
    }

    expect(seen).toEqual(names);
  });

  it('piveau: while start is below the count and the page is not empty, its filter encoded twice', async () => {
    const seen: string[] = [];
    for (let start = 0, count = 1; start < count; start += 7) {
      const fq = encodeURIComponent('metadata_modified:[2020-01-01T00:00:00Z%20TO%20*]');
      const answer = await server.get(
        `/api/3/action/package_search?rows=7&start=${start}&fq=${fq}`,
      );
      const { result } = (await answer.json()) as { readonly result: SearchResult };
      if (result.results.length === 0) break;
      count = result.count;
      seen.push(...result.results.map(({ name }) => name));
    }

    expect(seen.sort()).toEqual(names);
  });

  it('udata: one page of a thousand, or the list and each of it', async () => {
    const fq = 'organization:so-y-te OR organization:"so-xay-dung"';
    const page = await ckan.result<SearchResult>('package_search', { fq, rows: '1000' });
    const list = await ckan.result<readonly string[]>('package_list');
    const shown = await Promise.all(list.map((id) => ckan.result<Package>('package_show', { id })));

    expect(page.results).toHaveLength(total);
    expect(list).toEqual(names);
    expect(shown.map(({ name }) => name)).toEqual(names);
  });

  it('ckanapi: package_list by offset until it is empty', async () => {
    const seen: string[] = [];
    for (let offset = 0; ; offset += 10) {
      const answer = await server.send('POST', '/api/action/package_list', { limit: 10, offset });
      const { result } = (await answer.json()) as { readonly result: readonly string[] };
      if (result.length === 0) break;
      seen.push(...result);
    }

    expect(seen).toEqual(names);
  });

  it('is not moved by what is published meanwhile, when it goes by creation', async () => {
    const sort = 'metadata_created asc';
    const first = await ckan.result<SearchResult>('package_search', { sort, rows: '12' });
    await server.publish(aDataset({ id: 'tap-00' }));
    const second = await ckan.result<SearchResult>('package_search', {
      sort,
      rows: '12',
      start: '12',
    });
    const seen = [...first.results, ...second.results].map(({ name }) => name);

    expect(seen).toEqual([...names, 'tap-00']);
  });
});
