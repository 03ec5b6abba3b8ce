import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { operator } from '../../catalog/access/actor.ts';
import { advanceDataset } from '../../catalog/inventory/advance-dataset.ts';
import { registerDataset } from '../../catalog/inventory/register-dataset.ts';
import type { Instant } from '../../catalog/kernel/clock.ts';
import { measurePublished } from '../../catalog/publication/measure-published.ts';
import { closeReport } from '../../catalog/reports/close-report.ts';
import { rollupRepository } from '../../catalog/usage/rollup-repository.ts';
import { fillWithDemo } from '../../server/commands/demo.ts';
import { prepareWaiting, requestUnseen } from '../../server/jobs/preparing-previews.ts';
import { audit, launchBrowser } from './browser.ts';
import { aDataset, aDistribution } from './builders.ts';
import { startServer, type TestServer } from './server.ts';

/*
 * Draws every page for the eye: the demo, the hardest record we could think of, and a catalogue without anything.
 *
 *   [PREVIEW_DIR=/tmp/preview] [PREVIEW_VIEWS=vi-1280-light,…] npx tsx test/support/preview-pages.ts [part of a page's name …]
 *
 * Leaves /tmp/preview/<page>-<lang>-<width>-<light|dark>.png, the HTML, two pages as printed, and says what axe found.
 */

const folder = process.env['PREVIEW_DIR'] ?? '/tmp/preview';
const hardest = 'tap-du-lieu-kho-nhat';
const places = 'di-tich-lich-su-van-hoa-da-xep-hang';
const gone = 'tap-du-lieu-da-rut';
const longTitle =
  'Danh mục công trình, dự án đầu tư xây dựng hạ tầng kỹ thuật đô thị, hạ tầng xã hội và nhà ở thương mại, nhà ở xã hội đã được cấp giấy phép xây dựng, điều chỉnh giấy phép xây dựng trên địa bàn các phường, xã thuộc thành phố Hà Nội giai đoạn 2021–2026';

interface Shot {
  readonly name: string;
  readonly path: string;
  readonly empty?: true;
}

const shots: readonly Shot[] = [
  { name: 'home', path: '/' },
  { name: 'search', path: '/dataset' },
  { name: 'search-filtered', path: '/dataset?q=giao+thong&format=CSV&publisher=so-xay-dung' },
  { name: 'search-nothing', path: '/dataset?q=khong-co-gi-het&theme=TRAN' },
  { name: 'search-past-end', path: '/dataset?page=99' },
  { name: 'dataset', path: '/dataset/lich-le-hoi' },
  { name: 'dataset-hardest', path: `/dataset/${hardest}` },
  { name: 'preview', path: '/dataset/lich-le-hoi/preview/lich-le-hoi-csv' },
  { name: 'preview-columns', path: '/dataset/lich-le-hoi/preview/lich-le-hoi-csv?view=columns' },
  {
    name: 'preview-chart',
    path: '/dataset/lich-le-hoi/preview/lich-le-hoi-csv?view=chart&kind=bar&x=2',
  },
  {
    name: 'preview-line',
    path: '/dataset/lich-le-hoi/preview/lich-le-hoi-csv?view=chart&kind=line&x=6&aggregate=count',
  },
  { name: 'preview-map', path: `/dataset/${places}/preview/${places}-geojson?view=map` },
  { name: 'quality', path: '/dataset/lich-le-hoi/quality' },
  { name: 'quality-hardest', path: `/dataset/${hardest}/quality` },
  { name: 'agencies', path: '/agency' },
  { name: 'agency', path: '/agency/so-xay-dung' },
  { name: 'agency-bare', path: '/agency/vp-ubnd' },
  { name: 'roadmap', path: '/roadmap' },
  { name: 'roadmap-agency', path: '/roadmap?agency=so-xay-dung' },
  { name: 'reports', path: '/report' },
  { name: 'report', path: '/report/2026' },
  { name: 'indicators', path: '/indicators' },
  { name: 'indicators-month', path: '/indicators?period=2026-09' },
  { name: 'indicator', path: '/indicators/released-on-time' },
  { name: 'indicator-trend', path: '/indicators/use-trend' },
  { name: 'reuse', path: '/reuse' },
  { name: 'reuse-form', path: '/reuse/new?dataset=lich-le-hoi' },
  { name: 'request', path: '/request' },
  { name: 'request-form', path: '/request/new' },
  { name: 'feedback-form', path: '/dataset/lich-le-hoi/feedback' },
  { name: 'feedback-thanks', path: '/dataset/lich-le-hoi/feedback?useful=no' },
  { name: 'developers', path: '/developers' },
  { name: 'open-api', path: '/developers/api' },
  { name: 'privacy', path: '/privacy' },
  { name: 'problem-404', path: '/dataset/khong-co' },
  { name: 'problem-410', path: `/dataset/${gone}` },
  { name: 'problem-400', path: '/dataset?sort=la' },
  { name: 'empty-home', path: '/', empty: true },
  { name: 'empty-search', path: '/dataset', empty: true },
  { name: 'empty-agency', path: '/agency/so-y-te', empty: true },
  { name: 'empty-roadmap', path: '/roadmap', empty: true },
  { name: 'empty-reuse', path: '/reuse', empty: true },
  { name: 'empty-request', path: '/request', empty: true },
  { name: 'empty-report', path: '/report', empty: true },
  { name: 'empty-indicators', path: '/indicators', empty: true },
  { name: 'empty-indicator', path: '/indicators/use-trend', empty: true },
];

/** Width 1280 or 390, language, light or dark; PREVIEW_VIEWS=vi-1280-light,en-390-dark draws these alone. */
const chosenViews = process.env['PREVIEW_VIEWS']?.split(',');
const views = ['vi', 'en'].flatMap((lang) =>
  [1280, 390].flatMap((width) =>
    (['light', 'dark'] as const)
      .filter((scheme) => chosenViews?.includes(`${lang}-${width}-${scheme}`) ?? true)
      .map((colorScheme) => ({ lang, width, colorScheme })),
  ),
);

type View = (typeof views)[number];

async function fill(server: TestServer): Promise<void> {
  await fillWithDemo(server.product);
  await requestUnseen(server.product);
  await prepareWaiting(server.product);
  await server.publish(hardestRecord());
  await server.publish(aDataset({ id: gone, publisher: 'so-y-te' }));
  await advanceDataset(gone, 'withdraw', 'Trùng với tập dữ liệu khác.', operator, server.product);
  const commitments = [
    { id: 'cam-ket-tre', due: '2026-Q1', title: 'Danh sách đơn vị sự nghiệp công lập' },
    {
      id: 'cam-ket-bo',
      due: '2026-Q2',
      title: 'Giá đất cụ thể theo thửa',
      dropped: 'Luật Đất đai chưa cho phép công khai từng thửa.',
    },
  ];
  for (const { id, due, title, dropped } of commitments) {
    const release = { plan: '2026', due, ...(dropped !== undefined && { dropped }) };
    const record = { id, title: { vi: title }, publisher: 'so-y-te', inventory: { release } };
    await registerDataset(record, operator, server.product);
  }
  await server.product.database.transaction((tx) =>
    rollupRepository(tx, server.product.database).add(
      [812, 1240, 96, 44, 31, 0, 58, 73, 240, 415, 377].map((count, month) => ({
        kind: 'download' as const,
        datasetId: 'lich-le-hoi',
        distributionId: 'lich-le-hoi-csv',
        day: `2026-${String(month + 1).padStart(2, '0')}-14`,
        count,
        raw: count * 2,
      })),
    ),
  );
}

/** Everything at its worst: long, in one language only, stale, files elsewhere, hostile text. */
function hardestRecord() {
  const id = hardest;
  return aDataset({
    id,
    title: { vi: longTitle },
    description: {
      vi: `${longTitle}.\n\nĐoạn thứ hai: </script><script>alert(1)</script> & “ngoặc kép”, ghép dấu Ậ Ẫ Ễ Ỡ Ữ Ự ỵ.\nhttps://example.vn/${'duong-dan-rat-dai-'.repeat(9)}`,
    },
    keyword: { vi: ['giấy phép xây dựng', 'hạ tầng kỹ thuật đô thị', 'nhà ở xã hội', 'quy hoạch'] },
    accrualPeriodicity: 'MONTHLY',
    modified: '2025-02-01',
    theme: ['TRAN', 'REGI', 'GOVE'],
    contactPoint: [
      { fn: 'Phòng Quản lý xây dựng', hasEmail: 'xd@example.vn', hasTelephone: '+84243000000' },
      { fn: 'Cổng dữ liệu', hasURL: 'https://example.vn/lien-he' },
    ],
    distribution: [
      aDistribution({ id: `${id}-csv`, title: { vi: longTitle }, byteSize: 1_234_567_890 }),
      aDistribution({ id: `${id}-xlsx`, format: 'XLSX', license: 'ODC_BY' }),
    ],
    inventory: {
      owner: 'Ủy ban nhân dân thành phố Hà Nội',
      exploitationRights: 'Được khai thác, sử dụng, phân phối lại khi ghi rõ nguồn.',
    },
  });
}

/** Two days on which the figures changed, so that there is a line to draw. */
async function measureTwice(server: TestServer): Promise<void> {
  for (const day of ['2026-10-02', '2026-11-20']) {
    await measurePublished({
      ...server.product,
      clock: () => `${day}T05:00:00.000Z` as Instant,
    });
  }
}

async function closeReports({ product }: TestServer): Promise<void> {
  const remarks = {
    vi: 'Hai cam kết của Sở Y tế phụ thuộc quy định mới về giá đất và cần được chuyển sang năm 2027.',
  };
  await product.indicators.take();
  await closeReport('2026', { remarks }, 0, operator, product);
  await closeReport('2026', { remarks, reason: 'Bổ sung nhận xét.' }, 1, operator, product);
}

async function draw(browser: Browser, baseURL: string, shot: Shot): Promise<number> {
  const found = await Promise.all(views.map((view) => drawView(browser, baseURL, shot, view)));
  return found.reduce((sum, count) => sum + count, 0);
}

async function drawView(browser: Browser, baseURL: string, shot: Shot, view: View) {
  const { lang, width, colorScheme } = view;
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme,
    bypassCSP: true,
  });
  const page = await context.newPage();
  const name = `${shot.name}-${lang}-${width}-${colorScheme}`;
  const path = lang === 'en' ? `/en${shot.path}` : shot.path;
  await page.goto(baseURL + path, { waitUntil: 'load' });
  await page.evaluate('document.fonts.ready.then(() => true)');
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
  const found = await report(name, page);
  if (colorScheme === 'light' && width === 1280) {
    await writeFile(join(folder, `${shot.name}-${lang}.html`), await page.content());
  }
  await context.close();
  return found;
}

async function report(name: string, page: Page): Promise<number> {
  const sideways = await page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  const violations = await audit(page);
  for (const { rule, elements } of violations) {
    process.stdout.write(`${name}: ${rule}\n  ${elements.slice(0, 3).join('\n  ')}\n`);
  }
  if (sideways > 0) process.stdout.write(`${name}: ${sideways}px too wide\n`);
  return violations.length + (sideways > 0 ? 1 : 0);
}

async function print(browser: Browser, baseURL: string): Promise<void> {
  const page = await browser.newPage();
  for (const [name, path] of [
    ['roadmap', '/roadmap'],
    ['dataset', '/dataset/lich-le-hoi'],
    ['indicators', '/indicators'],
    ['report', '/report/2026'],
    ['indicator', '/indicators/released-on-time'],
  ]) {
    await page.goto(`${baseURL}${path}`, { waitUntil: 'networkidle' });
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: name === 'roadmap' ? 1000 : 700, height: 900 });
    await page.screenshot({ path: join(folder, `${name}-print.png`), fullPage: true });
    await page.pdf({ path: join(folder, `${name}.pdf`), format: 'A4', preferCSSPageSize: true });
  }
}

const wanted = process.argv.slice(2);
const chosen = shots.filter(
  ({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)),
);
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const [full, empty, browser] = await Promise.all([startServer(), startServer(), launchBrowser()]);
try {
  await fill(full);
  await measureTwice(full);
  await closeReports(full);
  let found = 0;
  for (const shot of chosen) {
    found += await draw(browser, shot.empty ? empty.baseURL : full.baseURL, shot);
  }
  await print(browser, full.baseURL);
  process.stdout.write(`${chosen.length} pages, ${views.length} views each, ${found} findings\n`);
} finally {
  await browser.close();
  await full.close();
  await empty.close();
}
