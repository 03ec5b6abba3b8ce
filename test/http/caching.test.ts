import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { saveAgency } from '../../catalog/inventory/save-agency.ts';
import { aDataset, anAgency } from '../support/builders.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let coordinator: Record<string, string>;

beforeAll(async () => {
  server = await startServer();
  coordinator = await server.as('coordinator');
  for (const id of ['mot', 'hai', 'ba']) await server.publish(aDataset({ id }));
  await server.send(
    'PUT',
    '/api/v1/datasets/mot/distributions/mot-csv/file?filename=x.csv',
    'a,b\n1,2\n',
    { ...coordinator, 'Content-Type': 'text/csv' },
  );
});
afterAll(() => server.close());

const feeds = [
  '/catalog.ttl',
  '/catalog.jsonld',
  '/catalog.nt',
  '/catalog.rdf',
  '/catalog/all.ttl',
  '/catalog/all.jsonld',
  '/catalog/all.nt',
  '/catalog/all.rdf',
  '/dataset/mot.ttl',
  '/agency/so-xay-dung.ttl',
  '/agency/so-xay-dung/catalog.ttl',
];

async function rename(name: string): Promise<void> {
  await server.product.database.transaction((tx) =>
    saveAgency(tx, anAgency({ name: { vi: name } }), server.product.clock),
  );
}

describe.each(feeds)('%s', (path) => {
  it('has ETag, Last-Modified, Link, Vary and open CORS', async () => {
    const { headers } = await server.get(path);

    expect(headers.get('etag')).toMatch(/^"[^"]+"$/);
    expect(headers.get('last-modified')).toMatch(/ GMT$/);
    expect(headers.get('link')).toContain('rel="alternate"');
    expect(headers.get('vary')).toContain('Accept-Encoding');
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('cache-control')).not.toContain('private');
  });

  it.each(['identity', 'gzip', 'br'])(
    'answers HEAD with the headers of GET in %s',
    async (coding) => {
      const get = await server.get(path, { 'Accept-Encoding': coding });
      const head = await server.send('HEAD', path, undefined, { 'Accept-Encoding': coding });
      await get.arrayBuffer();

      const promised = ['content-type', 'etag', 'last-modified', 'vary', 'link', 'cache-control'];
      for (const name of [...promised, 'content-encoding']) {
        expect([name, head.headers.get(name)]).toEqual([name, get.headers.get(name)]);
      }
      expect(head.status).toBe(get.status);
      expect(await head.text()).toBe('');
    },
  );

  it('says the same in each encoding, each under an ETag of its own that gets 304', async () => {
    const texts = new Set<string>();
    const tags = new Set<string>();
    for (const coding of ['identity', 'gzip', 'br']) {
      const answer = await server.get(path, { 'Accept-Encoding': coding });
      texts.add(await answer.text());
      const etag = answer.headers.get('etag') ?? '';
      tags.add(etag);
      const again = await server.get(path, { 'If-None-Match': etag, 'Accept-Encoding': coding });
      expect(again.status).toBe(304);
      expect(again.headers.get('etag')).toBe(etag);
      expect(await again.text()).toBe('');
    }

    expect([texts.size, tags.size]).toEqual([1, 3]);
  });

  it('answers 304 to its own Last-Modified, and 200 to an older one', async () => {
    const changed = (await server.get(path)).headers.get('last-modified') ?? '';
    const since = (moment: string) => server.get(path, { 'If-Modified-Since': moment });

    expect((await since(changed)).status).toBe(304);
    expect((await since('Mon, 01 Jan 2024 00:00:00 GMT')).status).toBe(200);
    expect((await since('last week')).status).toBe(200);
  });

  it('prefers If-None-Match to If-Modified-Since', async () => {
    const { headers } = await server.get(path);
    const answer = await server.get(path, {
      'If-None-Match': '"something-else"',
      'If-Modified-Since': headers.get('last-modified') ?? '',
    });

    expect(answer.status).toBe(200);
  });

  it('is new once the agency in it has another name', async () => {
    const before = await server.get(path);
    await rename(`Sở Xây dựng ${Math.random()}`);
    const after = await server.get(path, { 'If-None-Match': before.headers.get('etag') ?? '' });

    expect(after.status).toBe(200);
    expect(await after.text()).not.toBe(await before.text());
  });

  it('is new to a client that only knows when, once the agency in it has another name', async () => {
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const before = (await server.get(path)).headers.get('last-modified') ?? '';
    await rename(`Sở Xây dựng ${Math.random()}`);
    await new Promise((resolve) => setTimeout(resolve, 0));
    const after = await server.get(path, { 'If-Modified-Since': before });

    expect(after.status).toBe(200);
  });
});

describe('a withdrawal', () => {
  it('makes the feeds new, also to a client that only knows when', async () => {
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const known = new Map<string, Response>();
    for (const path of ['/catalog.ttl', '/catalog/all.ttl', '/agency/so-xay-dung/catalog.ttl']) {
      known.set(path, await server.get(path));
    }
    await server.send('POST', '/api/v1/datasets/ba/withdraw', { reason: 'Sai' }, coordinator);

    for (const [path, { headers }] of known) {
      const byTag = await server.get(path, { 'If-None-Match': headers.get('etag') ?? '' });
      const byTime = await server.get(path, {
        'If-Modified-Since': headers.get('last-modified') ?? '',
      });
      expect([path, byTag.status, byTime.status]).toEqual([path, 200, 200]);
      expect(await byTag.text()).not.toContain('/dataset/ba>');
    }
  });
});

describe('a browser of another origin', () => {
  it.each(['/catalog.ttl', '/dataset/mot', '/api/v1/datasets', '/download/mot-csv/x.csv'])(
    'may ask %s beforehand',
    async (path) => {
      const answer = await server.send('OPTIONS', path, undefined, {
        Origin: 'https://elsewhere.example',
        'Access-Control-Request-Method': 'PUT',
        'Access-Control-Request-Headers': 'authorization,if-match,content-type',
      });

      expect(answer.status).toBe(204);
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
      expect(answer.headers.get('access-control-allow-methods')).toContain('PATCH');
      expect(answer.headers.get('access-control-allow-headers')?.toLowerCase()).toContain(
        'if-match',
      );
      expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    },
  );

  it('may read the ETag, Link and Location of an answer', async () => {
    const exposed = (await server.get('/catalog.ttl')).headers.get('access-control-expose-headers');

    for (const name of ['ETag', 'Link', 'Location']) expect(exposed).toContain(name);
  });
});

describe('a file', () => {
  const path = '/download/mot-csv/x.csv';
  it.each([
    { range: 'bytes=0-3', status: 206, text: 'a,b\n' },
    { range: 'bytes=4-', status: 206, text: '1,2\n' },
    { range: 'bytes=-2', status: 206, text: '2\n' },
    { range: 'lines=1-2', status: 200, text: 'a,b\n1,2\n' },
  ])('answers $range with $status', async ({ range, status, text }) => {
    const answer = await server.get(path, { Range: range, 'Accept-Encoding': 'identity' });

    expect([answer.status, await answer.text()]).toEqual([status, text]);
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="x.csv"');
  });

  it('sends the whole file when the part belongs to another version', async () => {
    const answer = await server.get(path, { Range: 'bytes=4-', 'If-Range': '"other"' });

    expect([answer.status, await answer.text()]).toEqual([200, 'a,b\n1,2\n']);
  });

  it('has a new ETag once it is replaced', async () => {
    const before = await server.get(path);
    await server.send(
      'PUT',
      '/api/v1/datasets/mot/distributions/mot-csv/file?filename=x.csv',
      'a,b\n3,4\n',
      { ...coordinator, 'Content-Type': 'text/csv' },
    );
    const after = await server.get(path, { 'If-None-Match': before.headers.get('etag') ?? '' });

    expect([after.status, await after.text()]).toEqual([200, 'a,b\n3,4\n']);
  });

  it('is never run by a browser in our origin', async () => {
    const { headers } = await server.get(path);

    expect(headers.get('content-security-policy')).toBe('sandbox');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });
});
