import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operator } from '../../catalog/access/actor.ts';
import { attachFile } from '../../catalog/inventory/attach-file.ts';
import { previewRepository } from '../../catalog/preview/preview-repository.ts';
import { prepareWaiting, requestUnseen } from '../../server/jobs/preparing-previews.ts';
import { aDataset, aDistribution } from '../support/builders.ts';
import { type FreshDatabase, testDatabases } from '../support/databases.ts';
import { startServer, type TestServer } from '../support/server.ts';

const wards = ['Ba Đình', 'Đống Đa', 'Tây Hồ', 'Ấp Bắc'];
const csv = [
  'phường,số hộ,vĩ độ,kinh độ,trang <b>',
  ...Array.from(
    { length: 120 },
    (_, at) =>
      `${wards[at % 4]},${at},${21 + at / 1000},${105.8 + at / 1000},https://example.vn/${at}?a=b`,
  ),
].join('\n');

const page = '/dataset/ho-dan/preview/ho-dan-csv';
const api = '/api/v1/distributions/ho-dan-csv/preview';
const local = { allowIPAddressList: ['127.0.0.1'] };

describe.each(testDatabases())('the data of a file, on $name', ({ create }) => {
  let fresh: FreshDatabase;
  let server: TestServer;
  let elsewhere: Server;
  let link: string;

  beforeAll(async () => {
    elsewhere = createServer((request, response) => {
      if (request.url === '/cham') return;
      if (request.url === '/khong-co.csv') response.writeHead(404).end();
      else
        response.writeHead(200).end(request.url === '/web.csv' ? '<!doctype html>' : 'a,b\n1,2\n');
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    link = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
    fresh = await create();
    server = await startServer(fresh.url);
    const linked = (id: string, downloadURL: string) => aDistribution({ id, downloadURL });
    await server.publish(
      aDataset({
        id: 'ho-dan',
        distribution: [
          aDistribution({ id: 'ho-dan-csv' }),
          linked('lien-ket', `${link}/bang.csv`),
          linked('trang-web', `${link}/web.csv`),
          linked('khong-co', `${link}/khong-co.csv`),
          linked('ben-trong', 'http://10.0.0.1/bang.csv'),
          aDistribution({ id: 'hinh-anh', format: 'PNG', mediaType: 'image/png' }),
        ],
      }),
    );
    const upload = { fileName: 'ho-dan.csv', mediaType: 'text/csv', content: Readable.from([csv]) };
    await attachFile('ho-dan', 'ho-dan-csv', upload, operator, server.product);
  }, 120_000);
  afterAll(async () => {
    await server.close();
    await fresh.drop();
    elsewhere.closeAllConnections();
    elsewhere.close();
  });

  it('is being prepared at first, and the page comes again by itself', async () => {
    const shown = await server.get(page);
    const asked = await server.get(api);

    expect([shown.status, shown.headers.get('Refresh')]).toEqual([200, '3']);
    expect(await shown.text()).toContain('Đang chuẩn bị');
    expect([asked.status, asked.headers.get('Retry-After')]).toEqual([202, '3']);
  });

  it('is prepared once by however many', async () => {
    await requestUnseen(server.product);
    const [one, two] = await Promise.all([
      prepareWaiting(server.product, local),
      prepareWaiting(server.product, local),
    ]);

    expect(one.ready + two.ready + one.failed + two.failed).toBe(1);
  }, 60_000);

  it('is answered in pages, sorted by the alphabet and filtered without accents', async () => {
    const sorted = await rows(`${api}?limit=2&sort=0`);
    const filtered = await rows(`${api}?f0=dong&sort=-1&limit=1`);
    const last = await rows(`${api}?limit=50&page=3`);

    expect(sorted).toMatchObject({
      total: 120,
      rows: [
        ['Ấp Bắc', 3],
        ['Ấp Bắc', 7],
      ].map((cells) => expect.arrayContaining(cells)),
    });
    expect(filtered).toMatchObject({ total: 30, rows: [expect.arrayContaining(['Đống Đa', 117])] });
    expect(last.rows).toHaveLength(20);
  });

  it.each([
    '?sort=9',
    '?sort=c0;drop table x',
    '?page=0',
    '?limit=100000',
    '?encoding=ebcdic',
    '?sheet=-1',
  ])('refuses %s', async (query) => {
    expect((await server.get(api + query)).status).toBe(400);
  });

  it.each(["?f0=' or 1=1 --", '?f9=x', '?page=99999'])('answers %s harmlessly', async (query) => {
    expect(await rows(api + query)).toMatchObject({ total: query.includes('or') ? 0 : 120 });
  });

  it('has a profile', async () => {
    const profile = await (await server.get(api.replace('preview', 'profile'))).json();

    expect(profile).toMatchObject({ rows: 120, place: { latitude: 2, longitude: 3 } });
  });

  it.each([
    ['', 'rel="nofollow ugc noopener"'],
    ['?view=columns', 'class="histogram"'],
    ['?view=map', 'class="locator"'],
    ['?view=chart&kind=bar&x=0&aggregate=sum&y=1', 'Tổng số hộ theo phường'],
    ['?view=chart&kind=line&x=1', '<polyline'],
    ['?view=chart&kind=scatter&x=2&y=3', '<circle'],
  ])('is a page %s', async (query, expected) => {
    const shown = await server.get(page + query);
    const html = await shown.text();

    expect(shown.status).toBe(200);
    expect(html).toContain(expected);
    expect(html).not.toContain('<b>');
    expect(html.length).toBeLessThan(100_000);
  });

  it('gives the figures of a chart as CSV', async () => {
    const figures = await server.get(`${page}/chart.csv?kind=bar&x=0&aggregate=count`);

    expect(figures.headers.get('Content-Type')).toMatch('text/csv');
    expect((await figures.text()).split('\r\n').slice(0, 2)).toEqual([
      'phường,Số dòng',
      expect.stringMatching(/,30$/),
    ]);
  });

  it('is reached from the dataset, and only for what can be a table', async () => {
    const html = await (await server.get('/dataset/ho-dan')).text();

    expect(html).toContain(`href="${page}"`);
    expect(html).not.toContain('/preview/hinh-anh');
    expect((await server.get('/dataset/ho-dan/preview/hinh-anh')).status).toBe(404);
    expect((await server.get('/dataset/khac/preview/ho-dan-csv')).status).toBe(404);
  });

  it('is counted as a preview', async () => {
    await server.product.usage.flush();
    const metrics = await (await server.get('/api/v1/metrics?dataset=ho-dan')).json();

    expect((metrics as { raw: { preview: number } }).raw.preview).toBeGreaterThan(0);
  });

  it('of a file elsewhere is fetched, or it is said why not', async () => {
    const ids = ['lien-ket', 'trang-web', 'khong-co', 'ben-trong'];
    for (const id of ids) await server.get(`/api/v1/distributions/${id}/preview`);
    await prepareWaiting(server.product, local);
    const answers = await Promise.all(
      ids.map((id) => server.get(`/api/v1/distributions/${id}/preview`)),
    );

    expect(answers.map(({ status }) => status)).toEqual([200, 422, 422, 422]);
    expect(await answers[0]?.json()).toMatchObject({ rows: [[1, 2]] });
    expect(await (await server.get('/dataset/ho-dan/preview/trang-web')).text()).toContain(
      'trả lời bằng một trang web',
    );
  }, 60_000);

  it('makes room for others, and is made again when somebody asks', async () => {
    const { database, previews } = server.product;
    await server.get('/api/v1/distributions/lien-ket/preview?encoding=windows-1252');
    const config = { ...server.product.config, previewMegabytes: 0 };
    await prepareWaiting({ ...server.product, config }, local);
    const stored = await previewRepository(database.current).stored();

    expect(stored).toHaveLength(1);
    expect(await previews.has(stored[0]?.key ?? '')).toBe(true);
    expect((await server.get(api)).status).toBe(202);
  }, 60_000);

  async function rows(path: string): Promise<{ total: number; rows: unknown[][] }> {
    const answered = await server.get(path);
    expect(answered.status).toBe(200);
    return (await answered.json()) as { total: number; rows: unknown[][] };
  }
});
