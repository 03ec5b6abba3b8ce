import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CkanItem, readCkan } from '../../../catalog/exchange/ckan/read-packages.ts';
import { projectRoot } from '../../../catalog/kernel/project-root.ts';
import { validateAgainst } from '../../../catalog/validation/json-schema.ts';
import { validateDataset } from '../../../catalog/validation/validate-record.ts';

const search = readFileSync(join(projectRoot, 'test/fixtures/ckan-packages.json'), 'utf8');

async function read(
  source: AsyncIterable<Buffer | string>,
  fileName = 'x.json',
): Promise<CkanItem[]> {
  const items: CkanItem[] = [];
  for await (const item of readCkan(source, { fileName })) items.push(item);
  return items;
}

async function* inChunks(text: string, size: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

describe('a package_search answer', () => {
  it('gives a record and its agency, mended where it can be, and says why it refuses the others', async () => {
    const [first, second, third] = await read(inChunks(search, 7));

    expect(first).toMatchObject({
      line: 1,
      agency: { id: 'so-xay-dung', name: { vi: 'Sở Xây dựng' } },
      record: {
        id: 'diem-do-xe-2026',
        title: { vi: 'Điểm đỗ xe' },
        description: { vi: 'Vị trí & sức chứa' },
        publisher: 'so-xay-dung',
        theme: ['TRAN'],
        keyword: { vi: ['Đỗ xe'] },
        accrualPeriodicity: 'MONTHLY',
        issued: '2026-01',
        spatial: [{ geometry: 'POINT(105.85 21.03)' }],
        distribution: [
          {
            id: 'r-1',
            accessURL: 'https://example.vn/bãi%20đỗ.csv',
            downloadURL: 'https://example.vn/bãi%20đỗ.csv',
            format: 'CSV',
            mediaType: 'text/csv',
            license: 'CC_BY',
            byteSize: 2048,
            checksum: { algorithm: 'sha256' },
          },
        ],
      },
    });
    expect(first).not.toHaveProperty('record.modified');
    expect(first && 'notes' in first && first.notes?.map(({ en }) => en.split(':')[0])).toEqual([
      'email',
      'modified',
      'resources/0/url',
      'resources/1/url',
      'resources/1',
    ]);
    expect(second).toMatchObject({
      line: 2,
      id: 'khong-ten',
      reason: { en: expect.stringContaining('"title"') },
    });
    expect(third).toMatchObject({
      line: 3,
      id: 'kin',
      reason: { en: expect.stringContaining('not public') },
    });
  });
});

describe('NDJSON', () => {
  const line = JSON.stringify({ name: 'a', title: 'A', organization: { name: 'o' } });

  it('goes on past a bad line, and numbers lines as an editor does', async () => {
    const items = await read(inChunks(`${line}\n\n{broken}\n${line}\n"text"\n`, 5));

    expect(items.map((item) => [item.line, 'record' in item])).toEqual([
      [1, true],
      [3, false],
      [4, true],
      [5, false],
    ]);
  });

  it('goes on past a first line that is bad', async () => {
    expect(await read(inChunks(`{broken}\n${line}`, 99))).toHaveLength(2);
    expect(await read(inChunks(`[[\n${line}`, 99), 'x.ndjson')).toHaveLength(2);
  });
});

it.each([
  ['an array of packages', '[{"name":"a","title":"A","author":"B"}]'],
  ['a bare package over several lines', '{\n"name":"a",\n"title":"A","author":"B"}'],
  ['package_show', '{"success":true,"result":{"name":"a","title":"A","author":"B"}}'],
])('reads %s', async (_, text) => {
  expect(await read(inChunks(text, 50))).toMatchObject([
    { line: 1, record: { id: 'a', publisher: 'b' } },
  ]);
});

it.each([
  ['nothing', ''],
  ['no JSON', 'PK\u0003\u0004\nrubbish'],
  ['half a document', '{\n"result": {'],
])('refuses a file that holds %s', async (_, text) => {
  await expect(read(inChunks(text, 50))).rejects.toMatchObject({
    kind: 'malformed',
    code: 'ckan-not-readable',
  });
});

it('answers an error of CKAN with a reason', async () => {
  const [item] = await read(inChunks('{"success":false,"error":{"message":"Not found"}}', 50));

  expect(item).toMatchObject({ reason: { en: expect.stringContaining('Not found') } });
});

const shared = join(projectRoot, '../shared/dcat/fixtures');

describe.runIf(existsSync(shared))('what real portals send', () => {
  it.each([
    'ckan-datagovau-magda',
    'ckan-demo-package-show',
    'ckan-full-dcat-ap',
    'dkan-hauts-de-france',
  ])('becomes a record that our schemas accept: %s', async (name) => {
    const [item] = await read(createReadStream(join(shared, `${name}.json`)));

    expect(item && 'record' in item && validateDataset(item.record, 'draft')).toEqual([]);
    expect(validateAgainst('agency.schema.json', item?.agency)).toEqual([]);
  });
});
