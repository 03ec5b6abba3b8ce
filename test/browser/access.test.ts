import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operator } from '../../catalog/access/actor.ts';
import { addAccount } from '../../catalog/access/manage-accounts.ts';
import { offerSetUp } from '../../catalog/access/one-time-links.ts';
import { registerDataset } from '../../catalog/inventory/register-dataset.ts';
import { mergePatch, reviseDataset } from '../../catalog/inventory/revise-dataset.ts';
import { audit, launchBrowser } from '../support/browser.ts';
import { aDataset } from '../support/builders.ts';
import { startServer, type TestServer } from '../support/server.ts';

const password = 'hoa sữa thơm suốt phố Nguyễn Du';
const email = 'mot.dia.chi.thu.dien.tu.rat.dai@so-xay-dung.hanoi.gov.example.vn';

let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  server = await startServer();
  const { product } = server;
  browser = await launchBrowser();
  await setUpByHand();
  await addAccount(
    {
      email,
      name: 'Nguyễn Hoàng Bảo Trân',
      grants: [
        { role: 'editor', agency: 'so-xay-dung' },
        { role: 'approver', agency: 'so-y-te' },
      ],
    },
    password,
    operator,
    product,
  );
  await product.tokens.create({ label: 'Kho dữ liệu dùng chung', role: 'coordinator' });
  await product.tokens.create({
    label: 'Phần mềm một cửa',
    role: 'editor',
    agency: 'so-xay-dung',
    scopes: ['datasets:read', 'datasets:write'],
  });
  await registerDataset(aDataset(), operator, product);
  const change = (record: unknown) => mergePatch(record, { title: { en: 'Buses' }, theme: null });
  await reviseDataset('tuyen-xe-buyt', change, 1, operator, product);
}, 300_000);
afterAll(async () => {
  await browser.close();
  await server.close();
});

/** The first start, as somebody lives it: the link of the log, a form, and in. Without JavaScript. */
async function setUpByHand(): Promise<void> {
  const key = await offerSetUp(server.product);
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${server.baseURL}/workspace/link?key=${key}`);
  await page.getByLabel('Họ và tên').fill('Lê Minh Đức');
  await page.getByLabel('Thư điện tử').fill('quantri@example.vn');
  await page.getByLabel('Mật khẩu mới').fill(password);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/workspace\?done=welcome$/);
  await context.close();
}

async function signIn(page: Page, prefix: string, name: string): Promise<void> {
  await page.goto(`${server.baseURL}${prefix}/workspace`);
  await page.waitForURL(/sign-in/);
  await page.locator('#email').fill(name);
  await page.locator('#password').fill(password);
  await page.locator('#password').press('Enter');
  await page.waitForURL(/\/workspace$/);
}

describe.each([
  { width: 1280, lang: 'vi', prefix: '' },
  { width: 1280, lang: 'en', prefix: '/en' },
  { width: 390, lang: 'vi', prefix: '' },
  { width: 390, lang: 'en', prefix: '/en' },
])('the workspace at $width pixels, in $lang', ({ width, lang, prefix }) => {
  it('can be used by everybody on each of its pages', async () => {
    const context = await browser.newContext({ viewport: { width, height: 900 }, bypassCSP: true });
    try {
      const page = await context.newPage();
      const failures: string[] = [];
      page.on('pageerror', (error) => failures.push(error.message));
      page.on('requestfailed', (request) => failures.push(request.url()));
      await page.goto(`${server.baseURL}${prefix}/workspace/sign-in`);
      await hold(page, lang);
      await page.locator('#email').fill('quantri@example.vn');
      await page.locator('#password').fill('không phải mật khẩu');
      await page.locator('#password').press('Enter');
      await page.getByRole('alert').waitFor();
      await hold(page, lang);
      await signIn(page, prefix, 'quantri@example.vn');
      await hold(page, lang);
      for (const path of [
        'account',
        'people',
        'tokens',
        'audit',
        'audit?act=session',
        'reports',
        'reports/2026',
        'datasets',
        'datasets/tuyen-xe-buyt',
      ]) {
        await page.goto(`${server.baseURL}${prefix}/workspace/${path}`);
        await hold(page, lang);
      }
      await page.goto(`${server.baseURL}${prefix}/workspace/people`);
      await page.getByRole('link', { name: 'Nguyễn Hoàng Bảo Trân' }).click();
      await hold(page, lang);
      expect(failures).toEqual([]);
    } finally {
      await context.close();
    }
  });
});

/** What holds for every page, whoever reads it. */
async function hold(page: Page, lang: string): Promise<void> {
  expect(await page.locator('h1').count()).toBe(1);
  expect(await page.locator('html').getAttribute('lang')).toBe(lang);
  const sideways = await page.evaluate(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  expect([page.url(), sideways]).toEqual([page.url(), 0]);
  expect([page.url(), await audit(page)]).toEqual([page.url(), []]);
}

describe('an administrator without JavaScript', () => {
  it('invites somebody with the keyboard, who sets a password and comes in', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const theirs = await browser.newContext({ javaScriptEnabled: false });
    try {
      const page = await context.newPage();
      await signIn(page, '', 'quantri@example.vn');
      await page.getByRole('link', { name: 'Tài khoản', exact: true }).press('Enter');
      await page.getByLabel('Họ và tên').focus();
      await page.keyboard.type('Phạm Thu Hà');
      await page.keyboard.press('Tab');
      await page.keyboard.type('ha@example.vn');
      await page.locator('#role-0').selectOption('editor');
      await page.getByRole('button', { name: 'Tạo tài khoản và liên kết mời' }).press('Enter');
      expect(await page.getByText('cần một cơ quan').count()).toBe(1);
      expect(await page.getByLabel('Họ và tên').inputValue()).toBe('Phạm Thu Hà');
      await page.locator('#agency-0').selectOption('so-y-te');
      await page.getByRole('button', { name: 'Tạo tài khoản và liên kết mời' }).press('Enter');
      const link = await page.getByLabel('Liên kết').inputValue();

      const other = await theirs.newPage();
      await other.goto(link);
      await other.getByLabel('Mật khẩu mới').fill(password);
      await other.keyboard.press('Enter');
      await other.waitForURL(/done=welcome/);
      expect(await other.locator('h1').textContent()).toBe('Việc của tôi');
      expect(await other.getByRole('link', { name: 'Nhật ký' }).count()).toBe(0);
      await other.getByRole('button', { name: 'Đăng xuất' }).press('Enter');
      await other.waitForURL(/sign-in/);
      await other.goBack();
      await other.reload();
      expect(other.url()).toContain('sign-in');
    } finally {
      await theirs.close();
      await context.close();
    }
  });

  it('makes a token, sees it once, and revokes it', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    try {
      const page = await context.newPage();
      await signIn(page, '/en', 'quantri@example.vn');
      await page.goto(`${server.baseURL}/en/workspace/tokens`);
      await page.getByLabel('Used for').fill('Data warehouse');
      await page.locator('#agency').selectOption('so-xay-dung');
      await page.getByRole('button', { name: 'Make the token' }).click();
      expect(await page.getByLabel('Data warehouse').inputValue()).toMatch(/^khue_/);
      await page.getByRole('link', { name: 'Back to the tokens' }).click();
      expect(await page.content()).not.toContain('khue_');
      await page.getByRole('button', { name: 'Revoke the token Data warehouse' }).click();
      await page.waitForURL(/done=token/);
      expect(await page.getByRole('status').textContent()).toBe('The token is revoked.');
    } finally {
      await context.close();
    }
  });
});
