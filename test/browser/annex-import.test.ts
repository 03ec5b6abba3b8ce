import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { operator } from '../../catalog/access/actor.ts';
import { addAccount } from '../../catalog/access/manage-accounts.ts';
import { datasetRepository } from '../../catalog/inventory/dataset-repository.ts';
import { registerDataset } from '../../catalog/inventory/register-dataset.ts';
import { audit, launchBrowser } from '../support/browser.ts';
import { aDataset } from '../support/builders.ts';
import { startServer, type TestServer } from '../support/server.ts';

const password = 'hoa sữa thơm suốt phố Nguyễn Du';
const table = `STT,Tên tập dữ liệu,Mô tả,Đơn vị chủ trì,Định dạng,Tần suất cập nhật,Lộ trình công bố
I,Lĩnh vực giao thông,,,,,
1,Vị trí điểm dừng xe buýt,Tọa độ và tên của từng điểm dừng,Sở Xây dựng,CSV,Hằng tháng,Quý I/2026
2,Danh mục bến xe khách,Tên và sức chứa,Sở XDựng,XLSX,Hằng năm,Quý II/2026
3,Danh mục cầu vượt bộ hành,Vị trí cầu,Sở XDựng,CSV,khi có thay đổi lớn,Quý II/2026
4,Hầm đi bộ,Vị trí hầm,Sở Xây dựng,CSV,Hằng năm,Quý IV/2026
5,Giá vé xe buýt,Giá theo tuyến,Sở Xây dựng,CSV,Hằng năm,31/2/2026
`;

let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  server = await startServer();
  browser = await launchBrowser();
  const { product } = server;
  const grants = [{ role: 'editor' as const, agency: 'so-xay-dung' }];
  await addAccount({ email: 'lan@example.vn', name: 'Lan', grants }, password, operator, product);
  const inventory = { release: { plan: '2026', due: '2026-Q1' } };
  const known = { id: 'ham-di-bo', title: { vi: 'Hầm đi bộ' }, inventory };
  await registerDataset(aDataset(known), operator, product);
}, 120_000);
afterAll(async () => {
  await browser.close();
  await server.close();
});

async function signIn(page: Page, path: string): Promise<void> {
  await page.goto(server.baseURL + path);
  await page.locator('#email').fill('lan@example.vn');
  await page.locator('#password').fill(password);
  await page.locator('#password').press('Enter');
  await page.waitForURL((url) => url.pathname === path);
}

const datasetOf = (id: string) => datasetRepository(server.product.database.current).find(id);

it.each([
  [1280, true, ''],
  [390, false, '/en'],
])(
  'an annex is imported, mended in place and undone at %i px, JavaScript: %s%s',
  async (width, javaScriptEnabled, language) => {
    const context = await browser.newContext({
      viewport: { width, height: 900 },
      javaScriptEnabled,
      bypassCSP: true,
    });
    const page = await context.newPage();
    const look = async (name: string) => {
      const reach = await page.evaluate<number>('document.documentElement.scrollWidth');
      expect(reach, name).toBeLessThanOrEqual(width);
      if (javaScriptEnabled) expect(await audit(page), name).toEqual([]);
    };
    await signIn(page, `${language}/workspace/import`);
    await look('the list');

    const file = { name: 'phụ lục 2026.csv', mimeType: 'text/csv', buffer: Buffer.from(table) };
    await page.locator('#file').setInputFiles(file);
    await page.locator('form:has(#file) button').press('Enter');
    await page.locator('h1', { hasText: 'phụ lục 2026.csv' }).waitFor();
    await page.locator('summary:has(#columns)').press('Enter');
    await look('the table');
    expect(await page.locator('tr.refused').count()).toBe(3);

    await page.locator('#cell-4-publisher').fill('Sở Xây dựng');
    await page.locator('input[name="same/4/publisher"]').check();
    await page.locator('input[name="left/7"]').check();
    await page.locator('section:has(#rows) form button').press('Enter');
    await page.locator('tr.left-out').waitFor();
    expect(await page.locator('tr.refused').count()).toBe(0);
    expect(await datasetOf('danh-muc-ben-xe-khach')).toBeUndefined();

    await page.locator('#row-5 a[href$="/rows/5"]').click();
    await page.locator('#cell-5-accrualPeriodicity').fill('Hằng năm');
    await look('a row');
    await page.locator('form.fields button').press('Enter');
    await page.locator('.eyebrow a').click();

    await page.locator('section:has(#commit) button').press('Enter');
    await page.locator('#outcome').waitFor();
    await look('the outcome');
    expect(await datasetOf('danh-muc-ben-xe-khach')).toMatchObject({
      state: 'planned',
      record: { inventory: { field: 'Lĩnh vực giao thông' } },
    });

    await page.locator('form[action$="/undo"] button').press('Enter');
    await page.locator('.notice', { hasText: /hoàn tác lúc|Undone by/ }).waitFor();
    await look('what was undone');
    expect(await datasetOf('danh-muc-ben-xe-khach')).toBeUndefined();
    expect((await datasetOf('ham-di-bo'))?.record.inventory?.release?.due).toBe('2026-Q1');
    await context.close();
  },
);
