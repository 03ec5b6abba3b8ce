import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operator } from '../../catalog/access/actor.ts';
import { closeReport } from '../../catalog/reports/close-report.ts';
import { fillWithDemo } from '../../server/commands/demo.ts';
import { launchBrowser } from '../support/browser.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  server = await startServer();
  await fillWithDemo(server.product);
  await closeReport('2026', {}, 0, operator, server.product);
  browser = await launchBrowser();
}, 300_000);
afterAll(async () => {
  await browser.close();
  await server.close();
});

/** A page as it is printed on A4, which is 794 pixels wide. */
async function onPaper(path: string, work: (page: Page) => Promise<void>): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 794, height: 1123 } });
  try {
    await page.goto(server.baseURL + path);
    await page.emulateMedia({ media: 'print' });
    await work(page);
  } finally {
    await page.close();
  }
}

describe('on paper', () => {
  it.each([
    '/dataset/lich-le-hoi',
    '/roadmap',
    '/plan/2026',
    '/agency/so-xay-dung',
    '/indicators',
    '/report/2026',
    '/reuse',
  ])('%s has its heading, and nothing that can only be clicked', async (path) => {
    await onPaper(path, async (page) => {
      expect(await page.locator('h1').isVisible()).toBe(true);
      const clickable = page.locator(
        'header.site nav, button, select, input, .button, footer.site',
      );
      expect(await clickable.filter({ visible: true }).count()).toBe(0);
      const sideways =
        'document.documentElement.scrollWidth - document.documentElement.clientWidth';
      expect(await page.evaluate(sideways)).toBe(0);
    });
  });

  it('a dataset says where its files lie', async () => {
    await onPaper('/dataset/lich-le-hoi', async (page) => {
      const address = `${server.baseURL}/download/lich-le-hoi-csv/lich-le-hoi.csv`;

      expect(await page.getByText(address, { exact: true }).isVisible()).toBe(true);
      await page.emulateMedia({ media: 'screen' });
      expect(await page.getByText(address, { exact: true }).isVisible()).toBe(false);
    });
  });

  it('a report holds the tables that a screen folds away', async () => {
    await onPaper('/report/2026', async (page) => {
      const folded = page.locator('.paper details tbody tr').first();

      expect(await folded.isVisible()).toBe(true);
      await page.emulateMedia({ media: 'screen' });
      expect(await folded.isVisible()).toBe(false);
    });
  });
});

describe('filters of a gallery', () => {
  it.each([
    { width: 1280, isFolded: false },
    { width: 390, isFolded: true },
  ])('at $width pixels are folded: $isFolded', async ({ width, isFolded }) => {
    const context = await browser.newContext({
      viewport: { width, height: 800 },
      javaScriptEnabled: false,
    });
    try {
      const page = await context.newPage();
      await page.goto(`${server.baseURL}/reuse`);
      const type = page.getByLabel('Loại');
      expect(await type.isVisible()).toBe(!isFolded);
      if (isFolded) await page.getByText('Lọc theo', { exact: true }).press('Enter');

      await type.selectOption('application');
      await page.getByRole('button', { name: 'Áp dụng' }).press('Enter');
      await page.waitForURL(/type=application/);

      expect(await type.isVisible()).toBe(true);
      expect(await page.locator('.reuse-card').count()).toBe(1);
    } finally {
      await context.close();
    }
  });
});
