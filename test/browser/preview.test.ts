import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operator } from '../../catalog/access/actor.ts';
import { attachFile } from '../../catalog/inventory/attach-file.ts';
import { projectRoot } from '../../catalog/kernel/project-root.ts';
import type { DistributionRecord } from '../../catalog/model/dataset.ts';
import { prepareWaiting, requestUnseen } from '../../server/jobs/preparing-previews.ts';
import { audit, launchBrowser } from '../support/browser.ts';
import { aDataset, aDistribution } from '../support/builders.ts';
import { startServer, type TestServer } from '../support/server.ts';

const festivals = 'lich-le-hoi';
const places = 'di-tich';
const stations = 'tram-quan-trac';
/** All over the city, and three on one spot far from the others. */
const stationRows = [
  ...Array.from(
    { length: 19_997 },
    (_, at) => `Trạm ${at},${20.7 + (at % 141) / 300},${105.4 + Math.floor(at / 141) / 300}`,
  ),
  ...['Đo mưa', 'Đo gió', 'Đo bụi'].map((name) => `${name},21.3,106.5`),
];
let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  server = await startServer();
  await publishWith(festivals, 'lich-le-hoi.csv', { format: 'CSV', mediaType: 'text/csv' });
  await publishWith(places, 'di-tich-da-xep-hang.geojson', {
    format: 'GEOJSON',
    mediaType: 'application/geo+json',
  });
  const csv = ['ten,vi_do,kinh_do', ...stationRows].join('\n');
  await publishWith(stations, 'tram.csv', { format: 'CSV', mediaType: 'text/csv' }, csv);
  await requestUnseen(server.product);
  await prepareWaiting(server.product);
  browser = await launchBrowser();
}, 300_000);
afterAll(async () => {
  await browser.close();
  await server.close();
});

/** A dataset with one file: of the demo, unless its text is given. */
async function publishWith(
  id: string,
  fileName: string,
  changes: Partial<DistributionRecord>,
  text?: string,
) {
  const file = aDistribution({ id: `${id}-tep`, ...changes });
  await server.publish(aDataset({ id, distribution: [file] }));
  const content =
    text === undefined
      ? createReadStream(join(projectRoot, 'server/demo/content/files', fileName))
      : Readable.from([text]);
  const mediaType = file.mediaType ?? '';
  await attachFile(id, file.id, { fileName, mediaType, content }, operator, server.product);
}

async function inPage(options: BrowserContextOptions, work: (page: Page) => Promise<void>) {
  const context = await browser.newContext(options);
  try {
    await work(await context.newPage());
  } finally {
    await context.close();
  }
}

describe('the data of a file', () => {
  it('are sorted, filtered and drawn without JavaScript', async () => {
    await inPage(
      { javaScriptEnabled: false, viewport: { width: 390, height: 844 } },
      async (page) => {
        await page.goto(`${server.baseURL}/dataset/${festivals}`);
        await page
          .getByRole('link', { name: /^Xem dữ liệu/ })
          .first()
          .click();
        await page.getByLabel('Lọc theo quan_huyen_truoc_7_2025').fill('dong da');
        await page.getByRole('button', { name: 'Lọc' }).click();
        expect(await page.locator('tbody tr').count()).toBe(3);

        await page.getByRole('link', { name: 'ten_le_hoi' }).click();
        expect(await page.locator('tbody td').first().textContent()).toBe('Hội chùa Láng');
        expect(page.url()).toContain('f2=dong+da');

        await page.getByRole('link', { name: 'Biểu đồ' }).click();
        await page.getByLabel('Trục ngang').selectOption({ label: 'am_lich_thang' });
        await page.getByRole('button', { name: 'Vẽ' }).click();
        expect(await page.locator('.chart .bars tr').count()).toBe(5);
      },
    );
  });

  it('are on a map, drawn by the server, and by a script that keeps to the policy', async () => {
    const map = `${server.baseURL}/dataset/${places}/preview/${places}-tep?view=map`;
    await inPage({ javaScriptEnabled: false }, async (page) => {
      await page.goto(map);
      expect(await page.locator('#map circle').count()).toBe(17);
    });
    await inPage({}, async (page) => {
      const complaints: string[] = [];
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      await page.goto(map, { waitUntil: 'load' });
      await page.locator('#map.moving .map-cluster').first().waitFor();
      await page.getByRole('button', { name: 'Phóng to' }).click();
      expect(complaints).toEqual([]);
    });
  });

  it('are grouped on the map where they are many, and groups open by key', async () => {
    const map = `${server.baseURL}/dataset/${stations}/preview/${stations}-tep?view=map`;
    await inPage({ bypassCSP: true, colorScheme: 'dark' }, async (page) => {
      await page.goto(map, { waitUntil: 'load' });
      const marks = page.locator('#map .leaflet-marker-icon');
      await marks.first().waitFor();
      const counted = (await marks.allTextContents()).map((text) =>
        text === '' ? 1 : Number(text.replace(/\D/g, '')),
      );
      expect(counted.reduce((sum, count) => sum + count, 0)).toBe(stationRows.length);
      expect(counted.length).toBeLessThan(300);
      expect(await audit(page)).toEqual([]);

      // The three stations are apart from the others at first, and on one spot at last.
      const name = '3 vị trí gần nhau; mở để xem từng vị trí';
      const three = page.getByRole('button', { name, exact: true });
      await three.focus();
      await page.keyboard.press('Enter');
      expect(await page.locator('.leaflet-popup li').allTextContents()).toEqual([
        'Dòng 19.998: Đo mưa',
        'Dòng 19.999: Đo gió',
        'Dòng 20.000: Đo bụi',
      ]);
      await page.keyboard.press('Escape');
      await page.locator('.leaflet-popup').waitFor({ state: 'detached' });
      expect(await three.evaluate((mark) => mark === mark.ownerDocument.activeElement)).toBe(true);

      const most = Math.max(...counted);
      await marks.nth(counted.indexOf(most)).focus();
      await page.keyboard.press('Enter');
      await expect
        .poll(async () => {
          const opened = await marks.allTextContents();
          return Math.max(...opened.map((text) => Number(text.replace(/\D/g, ''))));
        })
        .toBeLessThan(most);
      const focused = '#map .leaflet-marker-icon:focus';
      expect(await page.locator(focused).count()).toBe(1);
    });
  });

  it.each(['', '?view=columns', '?view=chart&kind=line&x=6', '?view=map'])(
    'can be read by everybody %s',
    async (query) => {
      const file = query.includes('map')
        ? `${places}/preview/${places}-tep`
        : `${festivals}/preview/${festivals}-tep`;
      await inPage({ bypassCSP: true, viewport: { width: 390, height: 844 } }, async (page) => {
        await page.goto(`${server.baseURL}/en/dataset/${file}${query}`, { waitUntil: 'load' });
        const sideways = await page.evaluate(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        );
        expect(sideways).toBe(0);
        expect(await audit(page)).toEqual([]);
      });
    },
  );
});
