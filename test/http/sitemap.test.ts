import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aDataset } from '../support/builders.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { elements, parseXml, texts, type XmlElement } from '../support/xml.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startServer();
  for (const id of ['mot', 'hai', 'rut']) await server.publish(aDataset({ id }));
  const coordinator = await server.as('coordinator');
  await server.send('POST', '/api/v1/datasets/rut/withdraw', { reason: 'sai' }, coordinator);
});
afterAll(() => server.close());

describe('the site map', () => {
  it('leads from its index to every page there is, and to no other', async () => {
    const index = await read('/sitemap.xml');
    const pages: string[] = [];
    for (const part of texts(index, 'loc')) {
      pages.push(...texts(await read(part.slice(server.baseURL.length)), 'loc'));
    }

    expect(index.name).toBe('sitemapindex');
    expect(pages).toContain(`${server.baseURL}/dataset/mot`);
    expect(pages).toContain(`${server.baseURL}/agency/so-y-te`);
    expect(pages).not.toContain(`${server.baseURL}/dataset/rut`);
    for (const page of pages) {
      const answer = await server.get(page.slice(server.baseURL.length), { Accept: 'text/html' });
      expect(answer.status, page).toBe(200);
    }
  });

  it('says of a dataset when it changed and where it is in English', async () => {
    const part = await read('/sitemap-1.xml');
    const [url] = elements(part, 'url');

    expect(texts(part, 'lastmod')[0]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(url && elements(url, 'xhtml:link').map(({ attributes }) => attributes)).toEqual([
      { rel: 'alternate', hreflang: 'vi', href: `${server.baseURL}/dataset/mot` },
      { rel: 'alternate', hreflang: 'en', href: `${server.baseURL}/en/dataset/mot` },
    ]);
  });

  it.each(['/sitemap-2.xml', '/sitemap-0.xml', '/sitemap-x.xml'])('has no %s', async (path) => {
    expect((await server.get(path)).status).toBe(404);
  });

  it('answers 304 until something changes', async () => {
    const etag = (await server.get('/sitemap-1.xml')).headers.get('etag') ?? '';
    const again = await server.get('/sitemap-1.xml', { 'If-None-Match': etag });
    await server.publish(aDataset({ id: 'ba' }));
    const changed = await server.get('/sitemap-1.xml', { 'If-None-Match': etag });

    expect(again.status).toBe(304);
    expect(changed.status).toBe(200);
    expect(await changed.text()).toContain('/dataset/ba<');
  });
});

describe('/robots.txt', () => {
  it.each([
    { path: '/dataset?theme=TRAN', barred: true },
    { path: '/en/dataset?q=xe', barred: true },
    { path: '/api/1/datasets/recent.atom', barred: false },
    { path: '/dataset/mot', barred: false },
    { path: '/dataset', barred: false },
    { path: '/feed.atom?page=2', barred: false },
    { path: '/feeds/custom.atom?q=xe', barred: false },
    { path: '/catalog.ttl?page=2', barred: false },
    { path: '/data.json', barred: false },
  ])('bars $path: $barred', async ({ path, barred }) => {
    const lines = (await (await server.get('/robots.txt')).text()).split('\n');
    const bars = lines.flatMap((line) => /^Disallow: (.+)$/.exec(line)?.[1] ?? []);

    expect(bars.some((start) => path.startsWith(start))).toBe(barred);
  });

  it('names the site map', async () => {
    const answer = await server.get('/robots.txt');

    expect(answer.headers.get('content-type')).toContain('text/plain');
    expect(await answer.text()).toContain(`Sitemap: ${server.baseURL}/sitemap.xml`);
  });
});

describe('/opensearch.xml', () => {
  it('tells a browser how to search here', async () => {
    const answer = await server.get('/opensearch.xml');
    const root = parseXml(await answer.text());
    const templates = elements(root, 'Url').map(({ attributes }) => attributes['template'] ?? '');

    expect(answer.headers.get('content-type')).toContain('application/opensearchdescription+xml');
    expect(texts(root, 'ShortName')[0]?.length).toBeLessThanOrEqual(16);
    expect(texts(root, 'LongName')[0]?.length).toBeLessThanOrEqual(48);
    for (const template of templates) {
      const path = template
        .slice(server.baseURL.length)
        .replace('{searchTerms}', 'xe')
        .replace('{startPage?}', '1');
      expect((await server.get(path, { Accept: '*/*' })).status, template).toBe(200);
    }
  });
});

async function read(path: string): Promise<XmlElement> {
  const answer = await server.get(path);
  expect(answer.status, path).toBe(200);
  expect(answer.headers.get('content-type')).toContain('application/xml');
  return parseXml(await answer.text());
}
