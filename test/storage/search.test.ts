import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operator } from '../../catalog/access/actor.ts';
import { sourcePolicy } from '../../catalog/exchange/import-policy.ts';
import { importRecords } from '../../catalog/exchange/import-records.ts';
import { advanceDataset } from '../../catalog/inventory/advance-dataset.ts';
import { saveAgency } from '../../catalog/inventory/save-agency.ts';
import { fold } from '../../catalog/kernel/fold.ts';
import type { DatasetRecord } from '../../catalog/model/dataset.ts';
import { readSearchQuery } from '../../catalog/search/search-query.ts';
import { compose, type Product } from '../../server/compose.ts';
import { readConfig } from '../../server/config/settings.ts';
import { agencies, generateRecord } from '../bench/generate-records.ts';
import { type FreshDatabase, testDatabases } from '../support/databases.ts';

const records = Array.from({ length: 300 }, (_, n) => generateRecord(n));
const half = records.slice(0, 150);

async function* items(some: readonly DatasetRecord[]) {
  let line = 0;
  for (const record of some) {
    line += 1;
    yield { line, record };
  }
}

describe.each(testDatabases())('the public search on $name', ({ create }) => {
  let fresh: FreshDatabase;
  let folder: string;
  let product: Product;

  const put = (some: readonly DatasetRecord[]) =>
    importRecords(items(some), sourcePolicy, { ...product, actor: operator, dryRun: false });
  const search = (question: string, page = 1, pageSize = 1000) =>
    product.search.search(readSearchQuery(new URLSearchParams(question)), page, pageSize);
  const idsOf = async (question: string) =>
    (await search(question)).hits.map(({ record }) => record.id).sort();
  const formatsOf = async (question: string) =>
    Object.fromEntries(
      ((await search(question)).facets.get('format') ?? []).map(({ value, count }) => [
        value,
        count,
      ]),
    );

  beforeAll(async () => {
    fresh = await create();
    folder = await mkdtemp(join(tmpdir(), 'khue-search-'));
    product = await compose(
      readConfig({ DATABASE_URL: fresh.url, DATA_DIR: folder, LOG_LEVEL: 'error' }),
    );
    for (const agency of agencies) {
      await product.database.transaction((tx) => saveAgency(tx, agency, product.clock));
    }
    await put(half);
  });
  afterAll(async () => {
    await product.close();
    await fresh.drop();
    await rm(folder, { recursive: true, force: true });
  });

  function expected(some: readonly DatasetRecord[], passes: (record: DatasetRecord) => boolean) {
    return some
      .filter(passes)
      .map(({ id }) => id)
      .sort();
  }

  const isTransport = (record: DatasetRecord) => record.theme?.includes('TRAN') === true;
  const hasCsv = (record: DatasetRecord) =>
    record.distribution?.some(({ format }) => format === 'CSV') === true;

  it('finds what a filter lets through, before and after more is published', async () => {
    expect(await idsOf('theme=TRAN&format=CSV')).toEqual(
      expected(half, (record) => isTransport(record) && hasCsv(record)),
    );
    await put(records);
    expect(await idsOf('theme=TRAN&format=CSV')).toEqual(
      expected(records, (record) => isTransport(record) && hasCsv(record)),
    );
    expect((await search('')).total).toBe(records.length);
  });

  it('finds words without their marks, and counts the facets of what it found', async () => {
    const holds = (record: DatasetRecord) =>
      fold(JSON.stringify([record.title, record.description, record.keyword])).includes('xe buyt');
    expect(await idsOf('q=xe+buyt')).toEqual(expected(records, holds));
    const counted = await formatsOf('q=xe+buyt');
    expect(counted['CSV']).toBe(records.filter((record) => holds(record) && hasCsv(record)).length);
  });

  it('counts a filtered facet as if it were not filtered', async () => {
    expect(await formatsOf('format=CSV')).toEqual(await formatsOf(''));
  });

  it('filters by a keyword, alone and with words', async () => {
    const isBus = (record: DatasetRecord) => record.keyword?.['en']?.includes('bus') === true;
    expect(await idsOf('keyword=bus')).toEqual(expected(records, isBus));
    expect(await idsOf('keyword=bus&q=xe')).toEqual(expected(records, isBus));
  });

  it.each(['modified', 'issued', 'title', 'downloads', 'relevance'])(
    'pages through the order of %s without a gap or a repetition',
    async (sort) => {
      const pages = [1, 2, 3, 4].map((page) => search(`q=ha+noi&sort=${sort}`, page, 100));
      const ids = (await Promise.all(pages)).flatMap(({ hits }) =>
        hits.map(({ record }) => record.id),
      );
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.length).toBe(records.length);
    },
  );

  it('forgets what is withdrawn', async () => {
    const [first] = await idsOf('theme=TRAN');
    const before = await search('theme=TRAN');
    await advanceDataset(first ?? '', 'withdraw', 'Trùng lặp.', operator, product);
    const after = await search('theme=TRAN');
    expect(after.total).toBe(before.total - 1);
    expect(after.hits.map(({ record }) => record.id)).not.toContain(first);
  });
});
