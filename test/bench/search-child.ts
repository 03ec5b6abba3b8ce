import { sql } from 'kysely';
import { readSearchQuery, sortNames } from '../../catalog/search/search-query.ts';
import { compose } from '../../server/compose.ts';
import { readConfig } from '../../server/config/settings.ts';
import { median, percentile, report } from './measure.ts';

/* Asks realistic questions: `search-child.ts DATA_DIR RUNS [DATABASE_URL]`. */

const [dataDir = '', runs = '5', databaseURL] = process.argv.slice(2);

const words = [
  'trường học',
  'xe buýt',
  'giao thông',
  'cây xanh',
  'không khí',
  'y tế',
  'nhà thuốc',
  'ngân sách',
  'quy hoạch',
  'hoàn kiếm',
  'truong tieu hoc',
  'parking',
  'air quality',
  'danh mục di tích',
  'ban do',
  'doanh nghiep moi',
];
const questions: readonly string[] = [
  '',
  'page=3',
  ...words.map((text) => `q=${encodeURIComponent(text)}`),
  ...['tr', 'xe b', 'quy h', 'dat', 'mar'].map((text) => `q=${encodeURIComponent(text)}`),
  ...sortNames.filter((sort) => sort !== 'relevance').map((sort) => `sort=${sort}`),
  'theme=TRAN',
  'theme=TRAN&theme=ENVI&format=CSV',
  'publisher=so-3',
  'accrualPeriodicity=MONTHLY&sort=title',
  'license=CC_BY_4_0&format=JSON&sort=issued',
  'keyword=bus',
  'keyword=gi%C3%A1o%20d%E1%BB%A5c&format=XLSX',
  'q=giao+thong&theme=TRAN',
  'q=truong&theme=EDUC&format=CSV&sort=modified',
  'q=ha+noi&publisher=phuong-7',
  'q=moi+truong&sort=downloads',
  'q=khong-co-tu-nay',
];

const product = await compose(
  readConfig({ DATA_DIR: dataDir, DATABASE_URL: databaseURL, LOG_LEVEL: 'warn' }),
);
const begun = performance.now();
await product.search.search(readSearchQuery(new URLSearchParams()), 1, 20);
const firstMs = performance.now() - begun;

const times: number[] = [];
for (let run = 0; run <= Number(runs); run += 1) {
  for (const question of questions) {
    const parameters = new URLSearchParams(question);
    const query = readSearchQuery(parameters);
    const start = performance.now();
    await product.search.search(query, Number(parameters.get('page') ?? '1'), 20);
    // The first round warms the machine up.
    if (run > 0) times.push(performance.now() - start);
  }
}
const { read, traits } = product.database;
const rawTimes: number[] = [];
for (let run = 0; run <= Number(runs); run += 1) {
  for (const text of words) {
    const { words: wanted } = readSearchQuery(new URLSearchParams({ q: text }));
    const folded = wanted.map((word) => ({ words: [word.folded], isPrefix: true, phrases: [] }));
    const start = performance.now();
    await sql`select count(*) from ${traits.holding(folded)} as holding`.execute(read);
    if (run > 0) rawTimes.push(performance.now() - start);
  }
}
await product.close();
report({
  questions: questions.length,
  firstMs,
  medianMs: median(times),
  p95Ms: percentile(times, 0.95),
  rawMs: median(rawTimes),
});
