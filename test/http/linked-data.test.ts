import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aDataset } from '../support/builders.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startServer();
  for (let index = 1; index <= 25; index += 1) {
    await server.publish(aDataset({ id: `tap-${String(index).padStart(2, '0')}` }));
  }
});
afterAll(() => server.close());

describe('the catalogue', () => {
  it.each([
    { ask: '/catalog.ttl', type: 'text/turtle' },
    { ask: '/catalog.jsonld', type: 'application/ld+json' },
    { ask: '/catalog.nt', type: 'application/n-triples' },
    { ask: '/catalog.rdf', type: 'application/rdf+xml' },
    { ask: '/catalog.xml', type: 'application/rdf+xml' },
    { ask: '/catalog', accept: 'text/turtle', type: 'text/turtle' },
    {
      ask: '/catalog',
      accept: 'text/html;q=0.1, application/rdf+xml',
      type: 'application/rdf+xml',
    },
    { ask: '/', accept: 'text/turtle', type: 'text/turtle' },
    { ask: '/dataset/tap-01', accept: 'application/n-triples', type: 'application/n-triples' },
    { ask: '/dataset/tap-01', accept: '*/*', type: 'text/html' },
    { ask: '/dataset/tap-01.jsonld', type: 'application/ld+json' },
    { ask: '/agency/so-xay-dung.ttl', type: 'text/turtle' },
    { ask: '/agency/so-xay-dung/catalog.ttl', type: 'text/turtle' },
    { ask: '/catalog/all.nt', type: 'application/n-triples' },
    { ask: '/context.jsonld', type: 'application/ld+json' },
  ])('answers $ask (Accept: $accept) as $type', async ({ ask, accept, type }) => {
    const answer = await server.get(ask, accept === undefined ? {} : { Accept: accept });

    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain(type);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  });

  it.each([
    { ask: '/catalog', accept: 'image/png', status: 406, code: 'form-not-available' },
    { ask: '/dataset/tap-01', accept: 'application/pdf', status: 406, code: 'form-not-available' },
    { ask: '/catalog.exe', accept: '*/*', status: 404, code: 'suffix-unknown' },
    { ask: '/catalog.ttl?page=99', accept: '*/*', status: 404, code: 'page-out-of-range' },
    { ask: '/catalog.ttl?page=0', accept: '*/*', status: 400, code: 'parameter-malformed' },
    { ask: '/catalog.ttl?page=x', accept: '*/*', status: 400, code: 'parameter-malformed' },
    { ask: '/catalog.ttl?page_size=5000', accept: '*/*', status: 400, code: 'parameter-malformed' },
    {
      ask: '/catalog.ttl?modified_since=yesterday',
      accept: '*/*',
      status: 400,
      code: 'parameter-malformed',
    },
    { ask: '/dataset/khong-co.ttl', accept: '*/*', status: 404, code: 'dataset-not-found' },
    { ask: '/agency/khong-co.ttl', accept: '*/*', status: 404, code: 'agency-not-found' },
  ])('answers $ask (Accept: $accept) with $status $code', async ({ ask, accept, status, code }) => {
    const answer = await server.get(ask, { Accept: accept });
    const problem = (await answer.json()) as Record<string, unknown>;

    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(problem).toMatchObject({ status, type: `${server.baseURL}/problem/${code}` });
  });

  it.each([
    '/catalog.ttl',
    '/dataset/tap-01.nt',
    '/agency/so-xay-dung.rdf',
    '/catalog/all.jsonld',
    '/',
  ])('answers HEAD %s as GET, without the body', async (path) => {
    const head = await server.send('HEAD', path);
    const get = await server.get(path);

    expect(head.status).toBe(get.status);
    expect(head.headers.get('content-type')).toBe(get.headers.get('content-type'));
    expect(head.headers.get('etag')).toBe(get.headers.get('etag'));
    expect(await head.text()).toBe('');
  });

  it.each(['identity', 'gzip', 'br'])(
    'answers 304 to the ETag it gave, in %s',
    async (encoding) => {
      const first = await server.get('/catalog.ttl', { 'Accept-Encoding': encoding });
      const etag = first.headers.get('etag') ?? '';
      const again = await server.get('/catalog.ttl', {
        'If-None-Match': etag,
        'Accept-Encoding': encoding,
      });

      expect(first.headers.get('content-encoding')).toBe(encoding === 'identity' ? null : encoding);
      expect(first.headers.get('last-modified')).toMatch(/GMT$/);
      expect(again.status).toBe(304);
    },
  );

  it('pages with Hydra in both classes and both spellings, keeping suffix and parameters', async () => {
    const text = await (await server.get('/catalog.ttl?theme=TRAN&page_size=10&page=2')).text();
    const link = (page: number) =>
      `<${server.baseURL}/catalog.ttl?theme=TRAN&page_size=10&page=${page}>`;

    expect(text).toContain('a hydra:PartialCollectionView, hydra:PagedCollection');
    expect(text).toContain('hydra:totalItems "25"^^xsd:integer');
    for (const [name, page] of [
      ['first', 1],
      ['previous', 1],
      ['last', 3],
    ] as const) {
      expect(text).toContain(`hydra:${name} ${link(page)}`);
      expect(text).toContain(`hydra:${name}Page ${link(page)}`);
    }
    // The next page begins after this one, whatever is withdrawn meanwhile.
    const [, next, nextPage] = /hydra:next <(.+)> ;\s+hydra:nextPage <(.+)>/.exec(text) ?? [];
    expect(next).toMatch(/catalog\.ttl\?theme=TRAN&page_size=10&page=3&after=\d+$/);
    expect(nextPage).toBe(next);
  });

  it('gives a walker every dataset once, also while others come and go', async () => {
    const seen: string[] = [];
    let url: string | undefined = '/catalog.nt?page_size=10';
    let step = 0;
    while (url !== undefined) {
      const text = await (await server.get(url)).text();
      seen.push(
        ...[...text.matchAll(/catalog> <[^>]*#dataset> <[^>]*\/dataset\/([^>]+)>/g)].map(
          (m) => m[1] ?? '',
        ),
      );
      url = /hydra\/core#next> <http:\/\/[^/]+([^>]+)>/.exec(text)?.[1];
      step += 1;
      if (step === 1) {
        await server.publish(aDataset({ id: 'moi-den' }));
        const coordinator = await server.as('coordinator');
        await server.send(
          'POST',
          '/api/v1/datasets/tap-03/withdraw',
          { reason: 'sai' },
          coordinator,
        );
      }
    }

    expect(new Set(seen).size).toBe(seen.length);
    for (let index = 1; index <= 25; index += 1) {
      expect(seen).toContain(`tap-${String(index).padStart(2, '0')}`);
    }
    expect(seen).toContain('moi-den');
  });

  it('keeps a tombstone for what was withdrawn', async () => {
    for (const ask of ['/dataset/tap-03', '/dataset/tap-03.ttl', '/api/v1/datasets/tap-03']) {
      const answer = await server.get(ask, { Accept: 'application/json, text/turtle;q=0.5' });
      expect(answer.status).toBe(410);
      expect(await answer.text()).toContain('sai');
    }
  });

  it('gives only what changed since a moment', async () => {
    const soon = new Date(Date.now() + 3_600_000).toISOString();
    const all = await (await server.get('/catalog.ttl?modified_since=2020-01-01')).text();
    const none = await (await server.get(`/catalog.ttl?modified_since=${soon}`)).text();

    expect(all).toContain('/dataset/tap-01>');
    expect(none).toContain('hydra:totalItems "0"');
  });
});
