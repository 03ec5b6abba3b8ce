import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operator } from '../../catalog/access/actor.ts';
import { advanceDataset } from '../../catalog/inventory/advance-dataset.ts';
import { attachFile } from '../../catalog/inventory/attach-file.ts';
import type { Instant } from '../../catalog/kernel/clock.ts';
import { measurePublished } from '../../catalog/publication/measure-published.ts';
import { mqa, six } from '../../catalog/quality/metrics.ts';
import { aDataset, aDistribution } from '../support/builders.ts';
import { testDatabases } from '../support/databases.ts';
import { startServer, type TestServer } from '../support/server.ts';

interface Score {
  readonly points: number;
  readonly max: number;
  readonly rating: string;
  readonly missing: readonly { code: string; points: number; remedy: { vi: string; en: string } }[];
  readonly metrics: readonly { code: string; points: number; max: number }[];
}

interface Quality {
  readonly dataset: string;
  readonly mqa: Score;
  readonly six: Score & { readonly dimensions: readonly { code: string; points: number }[] };
  readonly history: readonly { day: string; total?: number }[];
}

describe.each(testDatabases())('quality over HTTP on $name', ({ create }) => {
  let server: TestServer;
  let drop: () => Promise<void>;

  beforeAll(async () => {
    const fresh = await create();
    drop = fresh.drop;
    server = await startServer(fresh.url);
    await publishFull('day-du');
    const {
      keyword: _,
      temporal: __,
      ...poor
    } = aDataset({
      id: 'so-sai',
      distribution: [aDistribution({ id: 'so-sai-csv', format: 'PDF' })],
    });
    await server.publish(poor);
    for (const day of ['2026-11-20', '2026-11-24']) await measureOn(day);
  });
  afterAll(async () => {
    await server.close();
    await drop();
  });

  const measureOn = (day: string) =>
    measurePublished({ ...server.product, clock: () => `${day}T05:00:00.000Z` as Instant });

  /** Everything that either table asks for, with its file here, so that no foreign address is in play. */
  async function publishFull(id: string): Promise<void> {
    const record = aDataset({
      id,
      description: {
        vi: 'Số hiệu, tên, lộ trình, tần suất và giá vé của các tuyến xe buýt có trợ giá, cập nhật mỗi tháng từ hệ thống điều hành của Trung tâm.',
      },
      distribution: [
        aDistribution({
          id: `${id}-csv`,
          accessURL: `${server.baseURL}/dataset/${id}`,
          issued: '2026-03-31',
          modified: '2026-11-01',
          rights: { label: { vi: 'Ghi nguồn: Sở Xây dựng Hà Nội.' } },
        }),
      ],
    });
    await server.publish(record);
    const content = Readable.from('tuyen,ten\n01,Bến xe Gia Lâm\n');
    await attachFile(
      id,
      `${id}-csv`,
      { fileName: 'tuyen.csv', mediaType: 'text/csv', content },
      operator,
      server.product,
    );
  }

  async function qualityOf(id: string): Promise<Quality> {
    const response = await server.get(`/api/v1/datasets/${id}/quality`);
    expect(response.status).toBe(200);
    return (await response.json()) as Quality;
  }

  it('gives a full record 405 of 405 points, and nothing to do', async () => {
    const { mqa: score } = await qualityOf('day-du');
    expect(score).toMatchObject({ points: 405, max: 405, rating: 'excellent', missing: [] });
  });

  it('explains each point that a poorer one misses, in both languages', async () => {
    const { mqa: european, six: criteria } = await qualityOf('so-sai');
    for (const { missing, metrics } of [european, criteria]) {
      const lost = metrics.filter(({ points, max }) => points < max).map(({ code }) => code);
      expect(missing.map(({ code }) => code).sort()).toEqual(lost.sort());
    }
    const sum = european.missing.reduce((total, { points }) => total + points, 0);
    expect(european.points + sum).toBe(405);
  });

  it.each([
    { lang: 'vi', prefix: '' },
    { lang: 'en', prefix: '/en' },
  ] as const)(
    'shows on the page, in $lang, what to do for each of them',
    async ({ lang, prefix }) => {
      const { mqa: european, six: criteria } = await qualityOf('so-sai');
      const response = await server.get(`${prefix}/dataset/so-sai/quality`, {
        Accept: 'text/html',
      });
      const page = unescaped(await response.text());
      expect(response.status).toBe(200);
      for (const { remedy } of [...european.missing, ...criteria.missing]) {
        expect(page).toContain(remedy[lang]);
      }
      for (const { label } of [...mqa.dimensions, ...six.dimensions]) {
        expect(page).toContain(label[lang]);
      }
    },
  );

  it('shows the score on the page of the dataset and of the agency', async () => {
    const dataset = await (await server.get('/dataset/day-du', { Accept: 'text/html' })).text();
    expect(dataset).toContain('href="/dataset/day-du/quality"');
    expect(dataset).toContain('<strong>405</strong>');
    const agency = await (await server.get('/agency/so-xay-dung', { Accept: 'text/html' })).text();
    expect(agency).toContain('Trung bình của 2 tập dữ liệu');
  });

  it('gives the days on which the figures changed', async () => {
    expect((await qualityOf('day-du')).history).toMatchObject([{ day: '2026-11-20', total: 405 }]);
  });

  it('averages what an agency has published, and says what is missing most', async () => {
    const [full, poor] = await Promise.all([qualityOf('day-du'), qualityOf('so-sai')]);
    const response = await server.get('/api/v1/agencies/so-xay-dung/quality');
    expect(await response.json()).toMatchObject({
      agency: 'so-xay-dung',
      average: { datasets: 2, total: (full.mqa.points + poor.mqa.points) / 2 },
      lookedAt: 2,
      history: [{ day: '2026-11-20', datasets: 2 }],
    });
  });

  it('follows a dataset that is withdrawn', async () => {
    await server.publish(aDataset({ id: 'se-rut', publisher: 'so-y-te' }));
    await measureOn('2026-11-25');
    const before = await server.get('/api/v1/agencies/so-y-te/quality');
    expect(await before.json()).toMatchObject({ average: { datasets: 1 } });

    await advanceDataset('se-rut', 'withdraw', 'Trùng.', operator, server.product);
    await measureOn('2026-11-26');
    expect((await server.get('/api/v1/datasets/se-rut/quality')).status).toBe(410);
    expect((await server.get('/dataset/se-rut/quality')).status).toBe(410);
    const after = await server.get('/api/v1/agencies/so-y-te/quality');
    expect(await after.json()).toEqual({ agency: 'so-y-te' });
  });

  it.each(['/api/v1/datasets/khong-co/quality', '/api/v1/agencies/khong-co/quality'])(
    'knows nothing of %s',
    async (path) => {
      expect((await server.get(path)).status).toBe(404);
    },
  );

  it('is shown of a draft to the agency alone', async () => {
    const editor = await server.as('editor', 'so-xay-dung');
    await server.send('POST', '/api/v1/datasets', aDataset({ id: 'ban-nhap' }), editor);
    const path = '/api/v1/datasets/ban-nhap/quality';
    expect((await server.get(path)).status).toBe(404);
    expect((await server.get(path, await server.as('editor', 'so-y-te'))).status).toBe(404);
    expect((await server.get(path, editor)).status).toBe(200);
  });
});

function unescaped(html: string): string {
  return html
    .replaceAll('&#34;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
