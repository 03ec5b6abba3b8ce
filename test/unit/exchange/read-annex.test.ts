import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { writeXlsx } from 'hucre';
import { describe, expect, it } from 'vitest';
import { readAnnex } from '../../../catalog/exchange/annex/read-annex.ts';
import { readAnnexTable } from '../../../catalog/exchange/annex/read-annex-table.ts';
import type { ImportItem } from '../../../catalog/exchange/import-item.ts';
import { projectRoot } from '../../../catalog/kernel/project-root.ts';
import type { AgencyRecord } from '../../../catalog/model/agency.ts';

const content = (name: string): Buffer =>
  readFileSync(join(projectRoot, 'server/demo/content', name));
const { agencies } = JSON.parse(content('agencies.json').toString()) as {
  agencies: AgencyRecord[];
};

async function read(bytes: Buffer, fileName: string): Promise<ImportItem[]> {
  const items: ImportItem[] = [];
  for await (const item of readAnnex({ bytes, fileName, plan: '2026', agencies })) items.push(item);
  return items;
}

const readCsv = (text: string): Promise<ImportItem[]> => read(Buffer.from(text), 'a.csv');
const records = (items: readonly ImportItem[]) =>
  items.flatMap((item) => ('record' in item ? [item.record] : []));
const header = 'STT,Tên tập dữ liệu,Đơn vị chủ trì,Lộ trình công bố';

describe('the annex of Hà Nội', () => {
  it('gives 30 of 30 datasets, the same from CSV and from XLSX', async () => {
    const csv = await read(content('phu-luc-2026.csv'), 'phu-luc-2026.csv');
    const xlsx = await read(content('phu-luc-2026.xlsx'), 'phu-luc-2026.xlsx');

    expect(records(csv)).toHaveLength(30);
    expect(csv).toHaveLength(30);
    expect(xlsx).toEqual(csv);
  });

  it('reads the first row in full', async () => {
    const [first] = await read(content('phu-luc-2026.xlsx'), 'phu-luc-2026.xlsx');

    expect(first).toMatchObject({
      line: 7,
      record: {
        id: 'danh-muc-tuyen-xe-buyt',
        publisher: 'so-xay-dung',
        theme: ['TRAN'],
        accrualPeriodicity: 'MONTHLY',
        inventory: {
          openness: 'open',
          field: 'Lĩnh vực giao thông, xây dựng',
          release: {
            plan: '2026',
            due: '2026-Q1',
            accessMethods: ['download', 'api'],
            formats: ['CSV', 'GTFS'],
          },
        },
      },
    });
  });

  it.each([
    ['UTF-16 LE', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-8 without a mark', (text: string) => Buffer.from(text)],
    [
      'semicolons',
      (text: string) =>
        Buffer.from(
          text
            .split('\n')
            .map((line) =>
              line.replace(/("[^"]*")|,/g, (found, quoted) => quoted ?? (found && ';')),
            )
            .join('\n'),
        ),
    ],
  ])('reads the same from %s', async (_, encode) => {
    const text = content('phu-luc-2026.csv')
      .toString()
      .replace(/^\ufeff/, '')
      .replaceAll('Tải tệp; API', '"Tải tệp; API"');

    expect(records(await read(encode(text), 'a.csv'))).toEqual(
      records(await read(content('phu-luc-2026.csv'), 'a.csv')),
    );
  });
});

it('reads merged cells, a header over two rows, column numbers, a second sheet and a signature', async () => {
  const rows = [
    ['PHỤ LỤC I', null, null, null, null],
    ['STT', 'Tên tập dữ liệu\n(chi tiết)', 'Đơn vị', null, 'Thời hạn công bố'],
    [null, null, 'chủ trì', 'phối hợp', null],
    ['(1)', '(2)', '(3)', '(4)', '(5)'],
    ['I. Lĩnh vực y tế', null, null, null, null],
    [1, 'Bệnh viện', 'Sở Y tế', 'Sở XD; Sở Tài chính', new Date('2026-09-30')],
    [2, 'Nhà thuốc', null, null, '31/9/2026'],
    [3, 'Trạm y tế', null, null, '#REF!'],
    [4, 'Phòng khám', null, null, 'Thường xuyên'],
    [null, null, null, null, null],
    ['Nơi nhận:', null, null, 'TM. ỦY BAN NHÂN DÂN', null],
    ['- Như Điều 3;', null, null, 'CHỦ TỊCH', null],
  ];
  const merges = [
    { startRow: 1, startCol: 0, endRow: 2, endCol: 0 },
    { startRow: 1, startCol: 1, endRow: 2, endCol: 1 },
    { startRow: 1, startCol: 2, endRow: 1, endCol: 3 },
    { startRow: 1, startCol: 4, endRow: 2, endCol: 4 },
    { startRow: 5, startCol: 2, endRow: 8, endCol: 2 },
  ];
  const bytes = await writeXlsx({
    sheets: [
      { name: 'Ghi chú', rows: [['Tên', 'x']] },
      { name: 'PL', rows, merges },
    ],
  });

  const items = await read(Buffer.from(bytes), 'pl.xlsx');

  expect(items.map((item) => ('record' in item ? item.record.id : item.reason.en))).toEqual([
    'benh-vien',
    expect.stringContaining('"31/9/2026" is not in the calendar'),
    expect.stringContaining('the formula is broken (#REF!)'),
    'phong-kham',
  ]);
  expect(records(items).map(({ publisher }) => publisher)).toEqual(['so-y-te', 'so-y-te']);
  expect(records(items)[0]).toMatchObject({
    theme: ['HEAL'],
    inventory: { release: { due: '2026-09-30' }, coordinatingAgency: ['Sở XD', 'Sở Tài chính'] },
  });
  expect(items[3]).toMatchObject({
    line: 9,
    notes: [expect.anything()],
    record: { inventory: { note: 'Lộ trình công bố: Thường xuyên' } },
  });
});

describe('rows', () => {
  it('without an agency, or with one that nobody knows, are refused with a remedy', async () => {
    const items = await readCsv(
      `${header}\n1,Cây xanh,,Quý I/2026\n2,Hồ nước,Sở Xây dưng mới,Quý I/2026\n`,
    );

    expect(items.map((item) => 'reason' in item && item.reason.en)).toEqual([
      '"Đơn vị chủ trì" is missing; fill in the cell.',
      expect.stringContaining('Nearest: "Sở Xây dựng"'),
    ]);
  });

  it('that repeat a title of the same agency are refused with the line of the first', async () => {
    const items = await readCsv(`${header}\n1,Cây xanh,Sở Xây dựng,\n2,Cây xanh,Sở XD,\n`);

    expect(items[1]).toMatchObject({
      line: 3,
      id: 'cay-xanh',
      reason: { en: expect.stringContaining('line 2') },
    });
  });

  it('give the same ids in any order', async () => {
    const rows = [
      '1,Chợ,Sở Công Thương,',
      '2,Chợ,Sở Tài chính,',
      '3,Bàn,Sở Y tế,',
      '4,Bán,Sở Y tế,',
      '5,Hồ,Sở XD,',
    ];
    const expected = idsOf(await readCsv([header, ...rows].join('\n')));
    expect(new Set(expected.values()).size).toBe(5);

    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(rows, { minLength: 5 }), async (shuffled) => {
        expect(idsOf(await readCsv([header, ...shuffled].join('\n')))).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });
});

function idsOf(items: readonly ImportItem[]): Map<string, string> {
  return new Map(
    records(items).map(({ id, title, publisher }) => [`${title['vi']} ${publisher}`, id]),
  );
}

describe('a file that is no annex', () => {
  it.each([
    ['empty', Buffer.alloc(0), 'a.csv', 'annex-not-readable'],
    ['a PDF called XLSX', Buffer.from('%PDF-1.7'), 'a.xlsx', 'annex-not-readable'],
    ['a broken ZIP', Buffer.from('PK\u0003\u0004rubbish'), 'a.xlsx', 'annex-not-readable'],
    ['XLSB', Buffer.from('PK\u0003\u0004'), 'a.xlsb', 'annex-not-readable'],
    ['Windows-1258', Buffer.from([0x54, 0xea, 0x6e, 0x2c, 0xff]), 'a.csv', 'annex-not-readable'],
    ['a table without a header', Buffer.from('a,b\n1,2\n'), 'a.csv', 'annex-without-header'],
  ])('is refused: %s', async (_, bytes, fileName, code) => {
    await expect(readAnnexTable(bytes, fileName)).rejects.toMatchObject({
      kind: 'malformed',
      code,
    });
  });
});
