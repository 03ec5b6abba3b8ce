import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operator } from '../../catalog/access/actor.ts';
import { advanceDataset } from '../../catalog/inventory/advance-dataset.ts';
import { registerDataset } from '../../catalog/inventory/register-dataset.ts';
import { localDate } from '../../catalog/kernel/clock.ts';
import { savePlan } from '../../catalog/plan/save-plan.ts';
import { aDataset } from '../support/builders.ts';
import { aReuse } from '../support/inquiries.ts';
import { readPng } from '../support/pictures.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startServer();
  await server.publish(aDataset());
});
afterAll(() => server.close());

async function picture(path: string): Promise<Buffer> {
  const answer = await server.get(path);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('image/png');
  return Buffer.from(await answer.arrayBuffer());
}

/** What the head of a page says under a name. */
async function meta(path: string, property: string): Promise<string | undefined> {
  const html = await (await server.get(path)).text();
  return new RegExp(`property="${property}" content="([^"]*)"`).exec(html)?.[1];
}

describe('the picture of a dataset', () => {
  it('is a PNG of the size that networks ask for, in the colour of its theme', async () => {
    const { width, height, colours } = readPng(await picture('/dataset/tuyen-xe-buyt/share.png'));

    expect({ width, height }).toEqual({ width: 1200, height: 630 });
    expect(colours[0]).toBe('fbf8f2');
    expect(colours.slice(0, 8)).toContain('1f5a8c');
    expect(colours.length).toBeGreaterThan(50);
  });

  it('is named by its page in each language, by its whole address', async () => {
    for (const prefix of ['', '/en']) {
      const page = `${prefix}/dataset/tuyen-xe-buyt`;
      expect(await meta(page, 'og:image')).toBe(`${server.baseURL}${page}/share.png`);
    }
    expect(await meta('/en/dataset/tuyen-xe-buyt', 'og:image:alt')).toBe('Bus routes');
    expect(await meta('/dataset/tuyen-xe-buyt', 'og:image:width')).toBe('1200');
    expect(await meta('/dataset', 'og:image')).toMatch(/\/assets\/icons\/share\.png/);
  });

  it('is the same each time, and another for another language or another dataset', async () => {
    await server.publish(aDataset({ id: 'cay-xanh', title: { vi: 'Cây xanh đô thị' } }));
    const first = await picture('/dataset/tuyen-xe-buyt/share.png');

    expect((await picture('/dataset/tuyen-xe-buyt/share.png')).equals(first)).toBe(true);
    expect((await picture('/en/dataset/tuyen-xe-buyt/share.png')).equals(first)).toBe(false);
    expect((await picture('/dataset/cay-xanh/share.png')).equals(first)).toBe(false);
  });

  it('is asked for by many at once and painted all the same', async () => {
    const paths = Array.from({ length: 8 }, () => '/en/dataset/tuyen-xe-buyt/share.png');
    const all = await Promise.all(paths.map(picture));

    expect(new Set(all.map((png) => png.toString('base64'))).size).toBe(1);
  });

  it('is not sent again to who has it, until the record changes', async () => {
    const path = '/dataset/doi-ten/share.png';
    await server.publish(aDataset({ id: 'doi-ten' }));
    const answer = await server.get(path);
    const etag = answer.headers.get('etag') ?? '';

    expect(answer.headers.get('cache-control')).toBe('public, max-age=3600');
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect((await server.get(path, { 'If-None-Match': etag })).status).toBe(304);

    const coordinator = await server.as('coordinator');
    const held = await server.get('/api/v1/datasets/doi-ten', coordinator);
    const revised = await server.send(
      'PUT',
      '/api/v1/datasets/doi-ten',
      aDataset({ id: 'doi-ten', title: { vi: 'Tên mới' } }),
      { ...coordinator, 'If-Match': held.headers.get('etag') ?? '' },
    );
    expect(revised.status).toBe(200);
    expect((await server.get(path, { 'If-None-Match': etag })).status).toBe(200);
  });

  it('answers HEAD without a body', async () => {
    const answer = await server.send('HEAD', '/dataset/tuyen-xe-buyt/share.png');

    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('image/png');
    expect((await answer.arrayBuffer()).byteLength).toBe(0);
  });

  it('is drawn from whatever a title holds', async () => {
    const titles = ['<b>&"</b> 😀 \u202Eđảo', 'Quan trắc'.normalize('NFD'), 'dài '.repeat(100)];
    for (const [index, vi] of titles.entries()) {
      await server.publish(aDataset({ id: `la-${index}`, title: { vi } }));
      expect(readPng(await picture(`/dataset/la-${index}/share.png`)).width).toBe(1200);
    }
  });

  it('is no use of the dataset', async () => {
    await server.publish(aDataset({ id: 'khong-dem' }));
    await picture('/dataset/khong-dem/share.png');
    await server.product.usage.flush();
    const metrics = await (await server.get('/api/v1/metrics?dataset=khong-dem')).json();
    const { raw } = metrics as { readonly raw: Readonly<Record<string, number>> };

    expect(Object.values(raw).every((count) => count === 0)).toBe(true);
    expect(Object.keys(raw)).toContain('view');
  });

  it("is the catalogue's own where it cannot be drawn", async () => {
    await server.publish(aDataset({ id: 'chu-han', title: { vi: '河內' } }));
    const answer = await server.get('/dataset/chu-han/share.png');

    expect(answer.status).toBe(302);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    await picture(answer.headers.get('location') ?? '');
  });
});

describe('the picture of an agency, a plan, a reuse and an indicator', () => {
  it('is named by its page, and is one of its own', async () => {
    await savePlan('2026', { title: { vi: 'Kế hoạch' } }, 0, operator, server.product);
    const reuse = await presentReuse();
    expect((await server.get(`${reuse}/share.png`)).status).toBe(404);
    const coordinator = await server.as('coordinator');
    await server.send('POST', `/api/v1/reuses${reuse.slice(6)}/publish`, {}, coordinator);

    const pictures = new Set<string>();
    for (const page of ['/agency/so-xay-dung', '/en/agency/so-xay-dung', '/plan/2026', reuse]) {
      expect(await meta(page, 'og:image')).toBe(`${server.baseURL}${page}/share.png`);
      const png = await picture(`${page}/share.png`);
      expect(readPng(png).width).toBe(1200);
      pictures.add(png.toString('base64'));
    }
    expect(pictures.size).toBe(4);
  });

  it('of an indicator is that of the period on its page', async () => {
    for (const [asked, period] of [
      ['', `?period=${localDate(server.product.clock()).slice(0, 4)}`],
      ['?period=2025-Q3', '?period=2025-Q3'],
    ]) {
      const address = `/indicators/quality/share.png${period}`;
      expect(await meta(`/indicators/quality${asked}`, 'og:image')).toBe(server.baseURL + address);
      expect(readPng(await picture(address)).height).toBe(630);
    }
    expect((await server.get('/indicators/quality/share.png?period=x')).status).toBe(400);
  });

  it('is not there where its page is not', async () => {
    for (const page of ['/agency/x', '/plan/2031', '/plan/x', '/reuse/x', '/indicators/x']) {
      expect((await server.get(`${page}/share.png`)).status).toBe(404);
    }
  });

  it('of a dataset is that of its quality, too', async () => {
    expect(await meta('/dataset/tuyen-xe-buyt/quality', 'og:image')).toBe(
      `${server.baseURL}/dataset/tuyen-xe-buyt/share.png`,
    );
  });
});

/** Presents a reuse, which waits to be published. */
async function presentReuse(): Promise<string> {
  const sent = await server.send('POST', '/api/v1/reuses', aReuse());
  const { id } = (await sent.json()) as { readonly id: string };
  return `/reuse/${id}`;
}

describe('a picture of what is not public', () => {
  it('is as hidden as the page, also from who may see the record', async () => {
    await registerDataset(
      aDataset({ id: 'nhap', title: { vi: 'Chưa ai biết' } }),
      operator,
      server.product,
    );
    const coordinator = await server.as('coordinator');

    expect((await server.get('/dataset/nhap/share.png')).status).toBe(404);
    expect((await server.get('/dataset/nhap/share.png', coordinator)).status).toBe(404);
    expect((await server.get('/en/dataset/khong-co/share.png')).status).toBe(404);
  });

  it('is gone when the dataset is withdrawn', async () => {
    await server.publish(aDataset({ id: 'da-rut' }));
    const path = '/dataset/da-rut/share.png';
    const etag = (await server.get(path)).headers.get('etag') ?? '';
    await advanceDataset('da-rut', 'withdraw', 'Có dữ liệu cá nhân.', operator, server.product);

    expect((await server.get(path, { 'If-None-Match': etag })).status).toBe(410);
  });
});
