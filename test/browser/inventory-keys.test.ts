import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operator } from '../../catalog/access/actor.ts';
import { addAccount } from '../../catalog/access/manage-accounts.ts';
import { registerDataset } from '../../catalog/inventory/register-dataset.ts';
import { launchBrowser } from '../support/browser.ts';
import { aDataset } from '../support/builders.ts';
import { startServer, type TestServer } from '../support/server.ts';

const email = 'dp@example.vn';
const password = 'bằng lăng tím ngã tư';

let server: TestServer;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  server = await startServer();
  browser = await launchBrowser();
  const { product } = server;
  const input = { email, name: 'Điều phối', grants: [{ role: 'coordinator' as const }] };
  await addAccount(input, password, operator, product);
  for (const id of ['a', 'b', 'c', 'd']) {
    await registerDataset(aDataset({ id, title: { vi: `Bảng ${id}` } }), operator, product);
  }
  page = await browser.newPage();
  await page.goto(`${server.baseURL}/workspace/datasets?sort=title`);
  await page.locator('#email').fill(email);
  await page.locator('#password').fill(password);
  await page.locator('#password').press('Enter');
  await page.waitForURL(/\/workspace\/datasets/);
}, 120_000);
afterAll(async () => {
  await browser.close();
  await server.close();
});

const focused = () => page.locator(':focus').textContent();
const idsOf = async (ticks: string) => {
  const found = await page.locator(ticks).all();
  return Promise.all(found.map((tick) => tick.getAttribute('value')));
};
const ticked = () => idsOf('input[name=id]:checked');
const lines = () => idsOf('input[name=id]');

describe('the keys of the inventory’s table', () => {
  it('go from row to row, not past its ends, and tick', async () => {
    const [first = '', second = ''] = await lines();
    await page.locator(`#line-${first}`).focus();

    await page.keyboard.press('k');
    expect(await focused()).toContain(`Bảng ${first}`);
    await page.keyboard.press('j');
    expect(await focused()).toContain(`Bảng ${second}`);
    await page.keyboard.press('x');
    expect(await ticked()).toEqual([second]);
    await page.keyboard.press('x');
    expect(await ticked()).toEqual([]);
  });

  it('tick all at once, and a range with the shift key', async () => {
    const all = page.locator('thead input[type=checkbox]');
    const picks = page.locator('input[name=id]');
    await all.check();
    expect(await ticked()).toEqual(await lines());
    await all.uncheck();

    await picks.nth(1).click();
    await picks.nth(3).click({ modifiers: ['Shift'] });

    expect(await ticked()).toEqual((await lines()).slice(1));
    expect(await page.evaluate("document.querySelector('thead input').indeterminate")).toBe(true);
    await picks.nth(0).check();
    expect(await all.isChecked()).toBe(true);
    await all.uncheck();
  });

  it('lead to the search field, and to what they are', async () => {
    const [first = ''] = await lines();
    await page.locator(`#line-${first}`).focus();
    await page.keyboard.press('?');
    expect(await page.locator('details.keys').getAttribute('open')).not.toBeNull();
    expect(await focused()).toBe('Phím tắt của bảng');

    await page.locator(`#line-${first}`).focus();
    await page.keyboard.press('/');
    expect(await page.locator(':focus').getAttribute('id')).toBe('q');
    expect(await page.locator('#q').inputValue()).toBe('');
  });

  it('are letters like any others outside of the table, and with Ctrl held', async () => {
    await page.locator('#q').focus();
    await page.keyboard.type('jx?');
    expect(await page.locator('#q').inputValue()).toBe('jx?');

    const [first = ''] = await lines();
    await page.locator(`#line-${first}`).focus();
    await page.keyboard.press('Control+x');
    expect(await ticked()).toEqual([]);
  });

  it('open a dataset with Enter', async () => {
    const [first = ''] = await lines();
    await page.locator(`#line-${first}`).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(new RegExp(`/workspace/datasets/${first}`));

    expect(await page.locator('h1').textContent()).toContain(`Bảng ${first}`);
  });
});
