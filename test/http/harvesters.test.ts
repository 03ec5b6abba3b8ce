import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aDataset } from '../support/builders.ts';
import { type FreshDatabase, testDatabases } from '../support/databases.ts';
import { ckanextDcat, type Harvester, piveau, udata } from '../support/harvesters.ts';
import { startServer, type TestServer } from '../support/server.ts';

const ids = Array.from({ length: 23 }, (_, index) => `tap-${String(index + 1).padStart(2, '0')}`);

const harvesters: readonly (readonly [name: string, harvester: Harvester])[] = [
  ['ckanext-dcat', ckanextDcat],
  ['udata', udata],
  ['piveau', piveau],
];
const feeds = ['/catalog.ttl', '/catalog.rdf', '/catalog.jsonld', '/catalog.nt'];

describe.each(testDatabases())('on $name', ({ create }) => {
  let fresh: FreshDatabase;
  let server: TestServer;
  let coordinator: Record<string, string>;

  beforeEach(async () => {
    fresh = await create();
    server = await startServer(fresh.url);
    coordinator = await server.as('coordinator');
    for (const id of ids) await server.publish(aDataset({ id }));
  });
  afterEach(async () => {
    await server.close();
    await fresh.drop();
  });

  const harvest = async (
    harvester: Harvester,
    path: string,
    between?: (pagesRead: number) => Promise<void>,
  ) => {
    const met = await harvester(server.baseURL + path, {
      fetch: (url, method) => server.send(method, url.replace(server.baseURL, '')),
      context: server.product.describer.context,
      ...(between && { between }),
    });
    // IRIs and identifiers both end with our id.
    return met.map((key) => key.split('/').at(-1) ?? '');
  };
  const withdraw = (id: string) =>
    server.send('POST', `/api/v1/datasets/${id}/withdraw`, { reason: 'Trùng' }, coordinator);
  const revise = (id: string) =>
    server.send(
      'PATCH',
      `/api/v1/datasets/${id}`,
      { title: { vi: `${id} sửa` } },
      { ...coordinator, 'Content-Type': 'application/merge-patch+json', 'If-Match': '*' },
    );

  describe.each(harvesters)('%s', (_name, harvester) => {
    it('meets every dataset once, in every syntax', async () => {
      for (const feed of feeds) {
        expect([...(await harvest(harvester, `${feed}?page_size=5`))].sort()).toEqual(ids);
      }
      expect([...(await harvest(harvester, '/catalog.ttl'))].sort()).toEqual(ids);
      expect(
        [...(await harvest(harvester, '/agency/so-xay-dung/catalog.rdf?page_size=9'))].sort(),
      ).toEqual(ids);
    });

    it('meets once whatever is there all the time, while others come, change and go', async () => {
      const gone = ['tap-01', 'tap-08', 'tap-22'];
      const came: string[] = [];
      const met = await harvest(harvester, '/catalog.ttl?page_size=4', async (pagesRead) => {
        const leaving = gone[pagesRead - 1];
        if (leaving !== undefined) expect((await withdraw(leaving)).status).toBe(200);
        expect((await revise(pagesRead % 2 === 0 ? 'tap-03' : 'tap-20')).status).toBe(200);
        if (pagesRead > 2) return;
        came.push(`moi-${pagesRead}`);
        await server.publish(aDataset({ id: `moi-${pagesRead}` }));
      });

      expect(new Set(met).size).toBe(met.length);
      const staying = ids.filter((id) => !gone.includes(id));
      expect(met.filter((id) => staying.includes(id)).sort()).toEqual(staying);
      expect(met.filter((id) => ![...ids, ...came].includes(id))).toEqual([]);
    });

    it('meets once whatever is there all the time in a filtered feed', async () => {
      const met = await harvest(harvester, '/catalog.ttl?theme=TRAN&page_size=4', async (read) => {
        await withdraw(read === 1 ? 'tap-02' : 'tap-21');
      });
      const staying = ids.filter((id) => id !== 'tap-02' && id !== 'tap-21');

      expect(new Set(met).size).toBe(met.length);
      expect(met.filter((id) => staying.includes(id)).sort()).toEqual(staying);
    });
  });
});
