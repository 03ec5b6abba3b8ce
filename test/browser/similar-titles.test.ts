import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operator } from '../../catalog/access/actor.ts';
import { addAccount } from '../../catalog/access/manage-accounts.ts';
import { registerDataset } from '../../catalog/inventory/register-dataset.ts';
import { audit, launchBrowser } from '../support/browser.ts';
import { aDataset } from '../support/builders.ts';
import { startServer, type TestServer } from '../support/server.ts';

const password = 'hoa cau trắng sau hiên nhà cũ';
const email = 'lan@example.vn';

let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  server = await startServer();
  const { product } = server;
  const grants = [{ role: 'editor', agency: 'so-xay-dung' }];
  await addAccount({ email, name: 'Lan', grants }, password, operator, product);
  const title = { vi: 'Danh mục trạm đo mưa tự động' };
  await registerDataset(aDataset({ id: 'tram-do-mua', title }), operator, product);
  await registerDataset(
    aDataset({ id: 'tram-y-te', title, publisher: 'so-y-te' }),
    operator,
    product,
  );
  browser = await launchBrowser();
}, 300_000);
afterAll(async () => {
  await browser.close();
  await server.close();
});

describe('the form of a new dataset', () => {
  it.each([
    { prefix: '', width: 1280, label: 'Có thể đã có trong danh mục' },
    { prefix: '/en', width: 390, label: 'Perhaps in the inventory already' },
  ])('says while a title is typed what is there already ($label)', async (view) => {
    const context = await browser.newContext({
      bypassCSP: true,
      viewport: { width: view.width, height: 900 },
    });
    const page = await context.newPage();
    await page.goto(`${server.baseURL}/workspace/sign-in`);
    await page.locator('#email').fill(email);
    await page.locator('#password').fill(password);
    await page.locator('#password').press('Enter');
    await page.waitForURL(/\/workspace$/);

    await page.goto(`${server.baseURL}${view.prefix}/workspace/datasets/new`);
    const title = page.locator('[name="/title/vi"]');
    const section = page.locator('.similar');
    expect(await section.isVisible()).toBe(false);
    await title.fill('');
    await title.pressSequentially('trạm đo mưa tự động');
    await section.getByRole('heading', { name: view.label }).waitFor();
    expect(await section.locator('li').count()).toBe(2);
    expect(await section.getByRole('link').allTextContents()).toEqual([
      'Danh mục trạm đo mưa tự động',
    ]);
    expect(await section.getAttribute('aria-live')).toBe('polite');
    const typedIn = await title.boundingBox();
    expect((await section.boundingBox())?.y).toBeGreaterThan(typedIn?.y ?? Number.NaN);
    expect(await audit(page)).toEqual([]);

    await title.fill('Nghĩa trang');
    await section.waitFor({ state: 'hidden' });
    await context.close();
  });
});
