import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operator } from '../../catalog/access/actor.ts';
import { reviseDataset } from '../../catalog/inventory/revise-dataset.ts';
import { compose, type Product } from '../../server/compose.ts';
import { aDataset } from '../support/builders.ts';
import { type FreshDatabase, testDatabases } from '../support/databases.ts';
import { startServer, type TestServer } from '../support/server.ts';

const path = '/catalog.ttl';
const ofTheConnection = new Set(['date', 'connection', 'keep-alive']);

describe.each(testDatabases())('an answer that is remembered, on $name', ({ create }) => {
  let fresh: FreshDatabase;
  let server: TestServer;
  /** Another process over the same database. */
  let neighbour: Product;

  beforeAll(async () => {
    fresh = await create();
    server = await startServer(fresh.url);
    neighbour = await compose(server.product.config);
    await server.publish(aDataset({ id: 'mot' }));
  });
  afterAll(async () => {
    await neighbour.close();
    await server.close();
    await fresh.drop();
  });

  const headersOf = (response: Response) =>
    Object.fromEntries([...response.headers].filter(([name]) => !ofTheConnection.has(name)));

  it('is the same the second time, headers and all', async () => {
    const [first, second] = [await server.get(path), await server.get(path)];

    expect(headersOf(second)).toEqual(headersOf(first));
    expect(await second.text()).toBe(await first.text());
  });

  it('answers HEAD and conditions as the first time', async () => {
    const whole = await server.get(path);
    const etag = whole.headers.get('etag') ?? '';
    const head = await server.send('HEAD', path);
    const conditional = await server.get(path, { 'If-None-Match': etag });
    const again = await server.get(path, { 'If-None-Match': etag });
    const otherwise = await server.get(path, { 'If-None-Match': '"other"' });

    expect([head.status, await head.text()]).toEqual([200, '']);
    expect(headersOf(head)).toEqual(headersOf(whole));
    expect([conditional.status, again.status, otherwise.status]).toEqual([304, 304, 200]);
    expect(headersOf(again)).toEqual(headersOf(conditional));
    expect(again.headers.get('content-security-policy')).not.toBeNull();
  });

  it('keeps apart what clients accept', async () => {
    const read = async (headers: Record<string, string>) => {
      await server.get('/catalog', headers);
      const response = await server.get('/catalog', headers);
      return [response.headers.get('content-type'), response.headers.get('content-encoding')];
    };

    expect(await read({ Accept: 'text/turtle', 'Accept-Encoding': 'gzip' })).toEqual([
      'text/turtle; charset=utf-8',
      'gzip',
    ]);
    expect(await read({ Accept: 'application/n-triples', 'Accept-Encoding': 'identity' })).toEqual([
      'application/n-triples',
      null,
    ]);
  });

  it('is forgotten when this process changes the catalogue, and when another does', async () => {
    const titled = (title: string) => ({ ...aDataset({ id: 'mot' }), title: { vi: title } });
    for (const [title, product] of [
      ['Ở đây', server.product],
      ['Ở bên cạnh', neighbour],
      ['Lại ở đây', server.product],
    ] as const) {
      await server.get(path);
      await reviseDataset('mot', () => titled(title), undefined, operator, product);
      expect(await (await server.get(path)).text()).toContain(title);
    }
  });
});
