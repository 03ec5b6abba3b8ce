import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operator } from '../../catalog/access/actor.ts';
import { closeReport } from '../../catalog/reports/close-report.ts';
import { fillWithDemo } from '../../server/commands/demo.ts';
import { audit, launchBrowser } from '../support/browser.ts';
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

/** Every page for everybody; of a page about one thing, the first that its list leads to. */
const pages = [
  '/',
  '/dataset',
  '/dataset?q=giao+thong&format=CSV',
  '/dataset?q=khong-co-gi-het',
  '/dataset/lich-le-hoi',
  '/dataset/lich-le-hoi/quality',
  '/dataset/lich-le-hoi/feedback',
  '/series/dich-vu-hanh-chinh-cong',
  '/service/ckan-api',
  '/agency',
  '/agency/so-xay-dung',
  '/roadmap',
  '/plan/2026',
  '/indicators',
  '/indicators/released-on-time',
  '/report',
  '/report/2026',
  '/reuse',
  'first of /reuse',
  '/reuse/new',
  '/request',
  'first of /request',
  '/request/new',
  '/developers',
  '/developers/api',
  '/privacy',
  '/dataset/khong-co',
];
const settings = [
  { width: 1280, lang: 'vi', prefix: '' },
  { width: 1280, lang: 'en', prefix: '/en' },
  { width: 390, lang: 'vi', prefix: '' },
  { width: 390, lang: 'en', prefix: '/en' },
] as const;

describe('at 1280 and 390 pixels, in Vietnamese and English', () => {
  it.each(pages)('%s can be read by everybody', async (named) => {
    const path = await pathOf(named);
    const context = await browser.newContext({ bypassCSP: true });
    try {
      const page = await context.newPage();
      const failures: string[] = [];
      page.on('pageerror', (error) => failures.push(error.message));
      page.on('requestfailed', (request) => failures.push(request.url()));
      page.on('request', (request) => {
        if (!request.url().startsWith(server.baseURL))
          failures.push(`third party: ${request.url()}`);
      });
      for (const { width, lang, prefix } of settings) {
        await page.setViewportSize({ width, height: 900 });
        await page.goto(server.baseURL + prefix + path, { waitUntil: 'load' });
        const found = {
          headings: await page.locator('h1').count(),
          lang: await page.locator('html').getAttribute('lang'),
          sideways: await page.evaluate(
            'document.documentElement.scrollWidth - document.documentElement.clientWidth',
          ),
          serious: await audit(page),
        };

        expect({ width, ...found }).toEqual({ width, headings: 1, lang, sideways: 0, serious: [] });
      }
      expect(failures).toEqual([]);
    } finally {
      await context.close();
    }
  });
});

describe('without JavaScript', () => {
  it.each(pages)('%s says the same', async (named) => {
    const path = await pathOf(named);
    const [withScripts, without] = await Promise.all(
      [true, false].map(async (javaScriptEnabled) => {
        const viewport = { width: 390, height: 900 };
        const context = await browser.newContext({ javaScriptEnabled, viewport });
        try {
          const page = await context.newPage();
          await page.goto(server.baseURL + path, { waitUntil: 'load' });
          return await page.locator('main').innerText();
        } finally {
          await context.close();
        }
      }),
    );

    expect(without).toBe(withScripts);
    expect(without?.length).toBeGreaterThan(20);
  });
});

/** `first of /reuse`: the address of the first thing that the page lists. */
async function pathOf(named: string): Promise<string> {
  const list = /^first of (.+)$/.exec(named)?.[1];
  if (list === undefined) return named;
  const html = await (await server.get(list, { Accept: 'text/html' })).text();
  const found = new RegExp(`href="(${list}/[\\w-]{8,})"`).exec(html)?.[1];
  if (found === undefined) throw new Error(`${list} leads to nothing`);
  return found;
}

describe('a reader', () => {
  it('finds and downloads a dataset with the keyboard, and without JavaScript', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false, acceptDownloads: true });
    try {
      const page = await context.newPage();
      await page.goto(`${server.baseURL}/`);
      await page.keyboard.press('Tab');
      expect(await page.locator(':focus').textContent()).toContain('Đến nội dung chính');
      await page.locator('#q').focus();
      await page.keyboard.type('le hoi');
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/dataset\?q=le\+hoi/);
      await page.getByRole('link', { name: 'Lịch lễ hội' }).first().press('Enter');
      await page.waitForURL(/\/dataset\/lich-le-hoi$/);
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        await page.getByRole('link', { name: /^Tải về\s*: Tệp CSV$/ }).press('Enter'),
      ]);

      expect(download.suggestedFilename()).toBe('lich-le-hoi.csv');
    } finally {
      await context.close();
    }
  });

  it('narrows a search by a facet, sorts it, and changes the language on the way', async () => {
    const page = await browser.newPage();
    try {
      await page.goto(`${server.baseURL}/dataset`);
      await page
        .getByRole('link', { name: /^Sở Xây dựng/ })
        .first()
        .click();
      await page.waitForURL(/publisher=so-xay-dung/);
      expect(await page.locator('.card').count()).toBe(4);
      await page.locator('#sort').selectOption('title');
      await page.getByRole('button', { name: 'Áp dụng' }).click();
      await page.waitForURL(/sort=title/);
      expect(await page.locator('.card h3').first().textContent()).toContain(
        'Danh mục tuyến xe buýt',
      );
      await page.getByRole('link', { name: 'English' }).click();
      await page.waitForURL(/\/en\/dataset\?.*sort=title/);
      expect(await page.locator('#found').textContent()).toBe('4 datasets');
    } finally {
      await page.close();
    }
  });

  it.each(['/', '/dataset', '/dataset/lich-le-hoi'])(
    'sees %s in less than 100 KB and 15 requests, and nothing moves',
    async (path) => {
      const context = await browser.newContext({ viewport: { width: 390, height: 800 } });
      try {
        const page = await context.newPage();
        const sizes: Promise<number>[] = [];
        page.on('requestfinished', (request) => {
          sizes.push(request.sizes().then((size) => size.responseBodySize));
        });
        await page.addInitScript(`
          window.moved = 0;
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) window.moved += entry.value;
          }).observe({ type: 'layout-shift', buffered: true });`);
        await page.goto(server.baseURL + path, { waitUntil: 'networkidle' });
        const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);

        expect(bytes).toBeGreaterThan(10_000);
        expect(bytes).toBeLessThan(100_000);
        expect(sizes.length).toBeLessThan(15);
        expect(await page.evaluate<number>('window.moved')).toBeLessThan(0.02);
      } finally {
        await context.close();
      }
    },
  );

  it('reads the page while the web font is still on its way', async () => {
    const page = await browser.newPage();
    try {
      await page.route('**/*.woff2', () => undefined);
      await page.addInitScript(`
        window.painted = new Promise((done) => new PerformanceObserver((list) => {
          for (const { element } of list.getEntries()) if (element?.closest('main')) done(element.tagName);
        }).observe({ type: 'largest-contentful-paint', buffered: true }));`);
      await page.goto(`${server.baseURL}/dataset/lich-le-hoi`, { waitUntil: 'domcontentloaded' });

      // Text that waits for its font is painted only when that has come, or the browser gives it up after 3 seconds.
      expect(await page.evaluate('window.painted')).toMatch(/^(H1|P|DD|LI|A|H2)$/);
      expect(await page.evaluate('document.fonts.status')).toBe('loading');
    } finally {
      await page.close();
    }
  });

  it('follows the lines of a dataset from language to language with the keyboard alone', async () => {
    const page = await browser.newPage();
    try {
      await page.goto(`${server.baseURL}/dataset/lich-le-hoi`);
      await page.getByText('Python', { exact: true }).focus();
      await page.keyboard.press('Enter');

      expect(await page.locator('details[name=snippet][open] summary').allTextContents()).toEqual([
        'Python',
      ]);
      expect(await page.getByRole('img', { name: 'Phạm vi thời gian' }).isVisible()).toBe(true);
      expect(await page.getByRole('link', { name: 'Tải về BibTeX' }).isVisible()).toBe(true);
    } finally {
      await page.close();
    }
  });
});
