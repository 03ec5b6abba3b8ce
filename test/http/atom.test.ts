import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aDataset } from '../support/builders.ts';
import { type FreshDatabase, testDatabases } from '../support/databases.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { elements, parseXml, texts, type XmlElement } from '../support/xml.ts';

describe.each(testDatabases())('the Atom feeds on $name', ({ create }) => {
  let database: FreshDatabase;
  let server: TestServer;

  beforeAll(async () => {
    database = await create();
    server = await startServer(database.url);
    for (let index = 1; index <= 45; index += 1) {
      await server.publish(aDataset({ id: `tap-${index}` }));
    }
    await server.publish(
      aDataset({
        id: 'y-te',
        title: { vi: 'Phòng khám <tư> & "bệnh viện"' },
        publisher: 'so-y-te',
        theme: ['HEAL'],
        keyword: { vi: ['phòng khám'] },
        issued: '2026',
        modified: '2001',
      }),
    );
  });
  afterAll(async () => {
    await server.close();
    await database.drop();
  });

  it('hold what changed last, twenty a page, each dataset once', async () => {
    const ids: string[] = [];
    const sizes: number[] = [];
    let path: string | undefined = '/feed.atom';
    while (path !== undefined) {
      const page = await read(path);
      const entries = elements(page, 'entry');
      sizes.push(entries.length);
      ids.push(...entries.flatMap((entry) => texts(entry, 'id')));
      path = linkOf(page, 'next')?.slice(server.baseURL.length);
    }

    expect(sizes).toEqual([20, 20, 6]);
    expect(new Set(ids).size).toBe(46);
    expect(ids[0]).toBe(`${server.baseURL}/dataset/y-te`);
  });

  it.each([
    { page: 1, links: { self: '', first: '', next: '?page=2', last: '?page=3' } },
    { page: 2, links: { self: '?page=2', first: '', prev: '', next: '?page=3', last: '?page=3' } },
    { page: 3, links: { self: '?page=3', first: '', prev: '?page=2', last: '?page=3' } },
  ])('link page $page to the others', async ({ page, links }) => {
    const feed = await read(`/feed.atom?page=${page}`);
    for (const rel of ['self', 'first', 'prev', 'next', 'last'] as const) {
      const query = (links as Readonly<Record<string, string>>)[rel];
      const expected = query === undefined ? undefined : `${server.baseURL}/feed.atom${query}`;
      expect(linkOf(feed, rel), rel).toBe(expected);
    }
    expect(linkOf(feed, 'alternate')).toBe(`${server.baseURL}/dataset`);
  });

  it('say of an entry what Atom demands, and where CKAN would have it', async () => {
    const [entry] = elements(await read('/feed.atom'), 'entry');
    const of = (name: string) => entry && texts(entry, name)[0];

    expect(of('title')).toBe('Phòng khám <tư> & "bệnh viện"');
    expect(of('updated')).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    expect(of('published')).toBe('2026-01-01T00:00:00+07:00');
    expect(of('name')).toBe('Sở Y tế');
    expect(entry && linkOf(entry, 'enclosure')).toBe(
      `${server.baseURL}/api/3/action/package_show?id=y-te`,
    );
  });

  it.each([
    { path: '/feeds/dataset.atom', first: 'y-te' },
    { path: '/api/1/datasets/recent.atom', first: 'y-te' },
    { path: '/feeds/organization/so-y-te.atom', first: 'y-te' },
    { path: '/feeds/organization/so-xay-dung.atom', first: 'tap-45' },
    { path: '/feeds/group/heal.atom', first: 'y-te' },
    { path: '/feeds/tag/ph%C3%B2ng%20kh%C3%A1m.atom', first: 'y-te' },
    { path: '/feeds/custom.atom?q=benh+vien', first: 'y-te' },
    { path: '/feeds/custom.atom?q=xe&page=2', first: 'tap-25' },
    { path: '/feeds/tag/none.atom', first: undefined },
  ])('answer $path', async ({ path, first }) => {
    const entries = elements(await read(path), 'entry');

    expect(entries[0] && texts(entries[0], 'id')[0]).toBe(
      first === undefined ? undefined : `${server.baseURL}/dataset/${first}`,
    );
  });

  it.each([
    { path: '/feed.atom?page=9', status: 404 },
    { path: '/feed.atom?page=x', status: 400 },
    { path: '/feeds/organization/khong-co.atom', status: 404 },
    { path: '/feeds/group/none.atom', status: 404 },
  ])('answer $path with $status', async ({ path, status }) => {
    expect((await server.get(path)).status).toBe(status);
  });

  it('answer HEAD and 304', async () => {
    const head = await server.send('HEAD', '/feed.atom');
    const etag = head.headers.get('etag') ?? '';

    expect(head.status).toBe(200);
    expect((await server.get('/feed.atom', { 'If-None-Match': etag })).status).toBe(304);
  });

  async function read(path: string): Promise<XmlElement> {
    const answer = await server.get(path);
    expect(answer.status, path).toBe(200);
    expect(answer.headers.get('content-type')).toContain('application/atom+xml');
    return parseXml(await answer.text());
  }
});

/** Of the element itself: a feed's entries have links of their own. */
function linkOf(element: XmlElement, rel: string): string | undefined {
  return element.children.find(
    ({ name, attributes }) => name === 'link' && attributes['rel'] === rel,
  )?.attributes['href'];
}
