import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operator } from '../../catalog/access/actor.ts';
import { addAccount } from '../../catalog/access/manage-accounts.ts';
import { audit, launchBrowser } from '../support/browser.ts';
import { aDataset } from '../support/builders.ts';
import { aPng } from '../support/pictures.ts';
import { startServer, type TestServer } from '../support/server.ts';

const password = 'hoa sữa thơm suốt phố Nguyễn Du';
const patience = 120_000;
/** Nobody fills in a form in less. */
const readingMs = 3200;

let server: TestServer;
let browser: Browser;
let folder: string;

beforeAll(async () => {
  server = await startServer();
  await server.publish(aDataset());
  for (const [email, grant] of [
    ['dieu-phoi@example.vn', { role: 'coordinator' }],
    ['bien-tap@example.vn', { role: 'editor', agency: 'so-xay-dung' }],
  ] as const) {
    const person = { email, name: email, grants: [grant] };
    await addAccount(person, password, operator, server.product);
  }
  folder = await mkdtemp(join(tmpdir(), 'khue-picture-'));
  await writeFile(join(folder, 'anh.png'), aPng());
  browser = await launchBrowser();
}, patience);
afterAll(async () => {
  await browser.close();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

/** A browser without JavaScript: axe brings its own, so a page is looked at in another one. */
async function visitor(width: number): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    javaScriptEnabled: false,
    baseURL: server.baseURL,
  });
  return { context, page: await context.newPage() };
}

/** Holds a page against WCAG, and looks that nothing stands out sideways, as who is signed in sees it. */
async function look(context: BrowserContext, path: string, width = 390): Promise<void> {
  const other = await browser.newContext({
    viewport: { width, height: 900 },
    bypassCSP: true,
    baseURL: server.baseURL,
    storageState: await context.storageState(),
  });
  const page = await other.newPage();
  await page.goto(path);
  const sideways = await page.evaluate(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  expect({ path, sideways, found: await audit(page) }).toEqual({ path, sideways: 0, found: [] });
  await other.close();
}

async function signIn(page: Page, email: string): Promise<void> {
  await page.goto('/workspace/sign-in');
  await page.locator('#email').fill(email);
  await page.locator('#password').fill(password);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/workspace$/);
}

const pathOf = (page: Page) => page.url().slice(server.baseURL.length);

describe('without JavaScript, a visitor', () => {
  it(
    'presents what they made, a coordinator shows it, and the visitor takes it off again',
    async () => {
      const { context, page } = await visitor(390);
      await page.goto('/dataset/tuyen-xe-buyt');
      await page.getByRole('link', { name: 'Giới thiệu sản phẩm' }).click();
      await look(context, pathOf(page));
      await page.getByLabel('Tên', { exact: true }).fill('Xe buýt quanh tôi');
      await page.getByLabel('Giới thiệu', { exact: true }).fill('Tìm tuyến gần nhất.');
      await page.getByLabel('Loại').selectOption('application');
      await page.getByLabel('Địa chỉ').fill('https://example.vn/xe-buyt');
      await page.getByLabel('Tác giả hoặc tổ chức').fill('Nhóm An');
      await page.getByLabel('Thư điện tử').fill('an@example.vn');
      await page.getByLabel(/^Hình/).setInputFiles(join(folder, 'anh.png'));
      await page.waitForTimeout(readingMs);
      await page.getByRole('button', { name: 'Gửi để duyệt' }).last().click();
      await page.waitForURL(/\/reuse\/manage\?key=/);
      const own = pathOf(page);
      await look(context, own);

      const desk = await visitor(1280);
      await signIn(desk.page, 'dieu-phoi@example.vn');
      await desk.page.getByRole('link', { name: 'Sản phẩm', exact: true }).click();
      await look(desk.context, '/workspace/reuses');
      await desk.page.getByRole('link', { name: 'Xe buýt quanh tôi' }).first().click();
      await look(desk.context, pathOf(desk.page));
      await desk.page.getByRole('button', { name: 'Duyệt và cho hiện' }).click();
      await desk.page.waitForURL(/done=reuse-publish/);
      await desk.context.close();

      await page.goto('/en/reuse');
      await look(context, '/reuse');
      await page.getByRole('link', { name: 'Xe buýt quanh tôi' }).click();
      await look(context, pathOf(page));
      expect(await page.locator('img.shot').getAttribute('width')).toBe('320');
      await look(context, '/dataset/tuyen-xe-buyt');

      await page.goto(own);
      await page.getByRole('button', { name: 'Gỡ sản phẩm' }).click();
      expect(await page.getByText('Đã gỡ khỏi trang.').count()).toBe(1);
      await context.close();
    },
    patience,
  );

  it(
    'asks for data, others support it, and the agency answers what the coordinator gave it',
    async () => {
      const { context, page } = await visitor(390);
      await page.goto('/request');
      await page.getByRole('link', { name: 'Gửi yêu cầu' }).first().click();
      await page.getByLabel('Cần dữ liệu gì').fill('Vị trí cây xanh đường phố');
      await page.getByLabel('Để làm gì').fill('Vẽ bản đồ bóng mát.');
      await page.waitForTimeout(readingMs);
      await page.getByRole('button', { name: 'Gửi yêu cầu' }).click();
      await page.waitForURL(/\/request\/\w+\?done=sent/);
      const own = pathOf(page).replace(/\?.*/, '');

      const city = await visitor(1280);
      await signIn(city.page, 'dieu-phoi@example.vn');
      await city.page.goto('/workspace/inquiries');
      await city.page.getByRole('link', { name: 'Vị trí cây xanh đường phố' }).click();
      await city.page.getByRole('button', { name: 'Cho hiện nội dung' }).click();
      await city.page.locator('summary', { hasText: 'Chuyển cơ quan khác' }).click();
      await city.page.locator('#assign-agency').selectOption('so-xay-dung');
      await city.page.getByRole('button', { name: 'Chuyển', exact: true }).click();
      await city.page.waitForURL(/done=inquiry-assign/);
      await city.context.close();

      await page.goto(own);
      await page.getByRole('button', { name: 'Tôi cũng cần' }).click();
      expect(await page.getByText('Đã ghi nhận').count()).toBe(1);
      await look(context, own);

      const agency = await visitor(390);
      await signIn(agency.page, 'bien-tap@example.vn');
      await agency.page.goto('/workspace/inquiries');
      await look(agency.context, '/workspace/inquiries');
      await agency.page.getByRole('link', { name: 'Vị trí cây xanh đường phố' }).click();
      await agency.page.getByRole('button', { name: 'Nhận xử lý' }).click();
      await look(agency.context, pathOf(agency.page));
      await agency.page.locator('#answer-text').fill('Sẽ công bố trong quý I/2027.');
      await agency.page.getByRole('button', { name: 'Gửi trả lời', exact: true }).click();
      await agency.page.waitForURL(/done=inquiry-answer/);
      await agency.context.close();

      await page.reload();
      await page.goto(own);
      expect(await page.getByText('Sẽ công bố trong quý I/2027.').count()).toBe(1);
      expect(await page.getByRole('button', { name: 'Tôi cũng cần' }).count()).toBe(0);
      await context.close();
    },
    patience,
  );

  it(
    'says in one press whether data were of use, and reports what is wrong in which row',
    async () => {
      const { context, page } = await visitor(1280);
      await page.goto('/dataset/tuyen-xe-buyt');
      await page.getByRole('button', { name: 'Không', exact: true }).click();
      await page.waitForURL(/feedback\?useful=no/);
      await look(context, pathOf(page));
      await page.getByRole('link', { name: 'Về trang dữ liệu' }).click();
      await page.getByRole('link', { name: 'Báo lỗi dữ liệu' }).click();
      await look(context, pathOf(page));
      await page.getByLabel('Vấn đề').selectOption('wrong-value');
      await page.getByLabel(/^Dòng, cột/).fill('dòng 12');
      await page.getByLabel('Cụ thể').fill('Chiều dài là 12 km.');
      await page.waitForTimeout(readingMs);
      await page.getByRole('button', { name: 'Gửi báo lỗi' }).click();
      await page.waitForURL(/\/feedback\/\w+\?done=sent/);

      await page.goto('/dataset/tuyen-xe-buyt');
      expect(await page.getByRole('link', { name: 'Số liệu sai' }).count()).toBe(1);
      await context.close();
    },
    patience,
  );
});

describe('with JavaScript, who asks for data', () => {
  it(
    'sees what there is already while typing',
    async () => {
      const page = await browser.newPage({ baseURL: server.baseURL });
      await page.goto('/request/new');
      await page.getByLabel('Cần dữ liệu gì').pressSequentially('danh sách tuyến xe buýt');
      const found = page.locator('.similar a').first();
      await found.waitFor();

      expect(await found.getAttribute('href')).toBe('/dataset/tuyen-xe-buyt');
      await page.close();
    },
    patience,
  );
});
