import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnnexPaper } from '../../../catalog/exchange/annex/annex-paper.ts';
import { readAnnex } from '../../../catalog/exchange/annex/read-annex.ts';
import { writeAnnexDocx, writeAnnexXlsx } from '../../../catalog/exchange/annex/write-annex.ts';
import { projectRoot } from '../../../catalog/kernel/project-root.ts';
import type { AgencyRecord } from '../../../catalog/model/agency.ts';
import type { DatasetRecord, Inventory } from '../../../catalog/model/dataset.ts';
import { vocabulary } from '../../../catalog/model/vocabularies.ts';
import { unzipTexts } from '../../support/zip.ts';

const content = (name: string): Buffer =>
  readFileSync(join(projectRoot, 'server/demo/content', name));
const { agencies } = JSON.parse(content('agencies.json').toString()) as {
  agencies: AgencyRecord[];
};
const decision = { number: '6112/QĐ-UBND', date: '2026-01-05' };

async function readBack(bytes: Uint8Array): Promise<DatasetRecord[]> {
  const found: DatasetRecord[] = [];
  const file = { bytes: Buffer.from(bytes), fileName: 'phu-luc.xlsx', plan: '2026', agencies };
  for await (const item of readAnnex(file)) {
    if (!('record' in item)) throw new Error(`line ${item.line}: ${item.reason.en}`);
    expect(item.notes).toBeUndefined();
    found.push(item.record);
  }
  return found;
}

const issued = (entries: readonly DatasetRecord[]): AnnexPaper => ({
  year: '2026',
  decision,
  entries,
  agencies,
});

async function entriesOfHanoi(): Promise<DatasetRecord[]> {
  return readBack(content('phu-luc-2026.xlsx'));
}

describe('the annex as a workbook', () => {
  it('reads back to the same records, section by section', async () => {
    const entries = await entriesOfHanoi();
    expect(entries).toHaveLength(30);

    expect(await readBack(await writeAnnexXlsx(issued(entries)))).toEqual(entries);
  });

  it('carries every frequency, format, way of access and degree of openness', async () => {
    const codes = (name: string) => vocabulary(name).concepts.map(({ code }) => code);
    const formats = codes('file-type');
    const entries = codes('frequency').map((accrualPeriodicity, index) =>
      entry(`d-${index}`, { accrualPeriodicity }, { release: { plan: '2026', due: '2026-02-28' } }),
    );
    const closed = { openness: 'closed', legalBasis: 'Luật 28/2018/QH14' } as const;
    entries.push(
      entry('formats', {}, { release: { plan: '2026', formats } }),
      entry(
        'methods',
        {},
        { release: { plan: '2026', accessMethods: ['download', 'api', 'web', 'on-request'] } },
      ),
      entry('closed', {}, closed),
      entry('conditional', {}, { ...closed, openness: 'conditional' }),
      entry('scored', {}, { priority: { value: 4.5 }, coordinatingAgency: ['Sở Y tế', 'Sở XD'] }),
    );

    expect(await readBack(await writeAnnexXlsx(issued(entries)))).toEqual(entries);
  });

  it('reads back to the same records, whatever their texts are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(hostileEntry, { minLength: 1, maxLength: 8 }), async (drawn) => {
        const entries = inSections(drawn.map((record, index) => ({ ...record, id: `d-${index}` })));
        expect(await readBack(await writeAnnexXlsx(issued(entries)))).toEqual(entries);
      }),
      { numRuns: 60 },
    );
  });

  it('has no formula in it, and says to spreadsheets that its texts are texts', async () => {
    const texts = ['=HYPERLINK("http://x.vn")', '+1', '-1', '@SUM(A1)', '\t=1'];
    const entries = texts.map((text, index) =>
      entry(`d-${index}`, { title: { vi: text.trim() } }, { note: text.trim() }),
    );
    const files = unzipTexts(await writeAnnexXlsx(issued(entries)));
    const sheet = files.get('xl/worksheets/sheet1.xml') ?? '';

    expect(sheet).not.toMatch(/<f[ >]/);
    expect(files.get('xl/styles.xml')).toContain('formatCode="@"');
  });

  it('is laid out for A4 across, with its header row on every page and its pages counted', async () => {
    const files = unzipTexts(await writeAnnexXlsx(issued(await entriesOfHanoi())));
    const sheet = files.get('xl/worksheets/sheet1.xml') ?? '';

    expect(sheet).toContain('paperSize="9" orientation="landscape"');
    expect(sheet).toMatch(/<oddHeader>[^<]*&amp;P<\/oddHeader>/);
    expect(files.get('xl/workbook.xml')).toMatch(/_xlnm\.Print_Titles[^>]*>'Phụ lục'!\$8:\$8</);
    expect(sheet.match(/<col [^>]*hidden="true"/g)).toHaveLength(2);
  });
});

describe('the annex as a text document', () => {
  it('says what belongs to it, who issued it, and who signs', async () => {
    const words = wordsOf(await writeAnnexDocx(issued(await entriesOfHanoi())));

    for (const line of [
      'ỦY BAN NHÂN DÂN',
      'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
      'Độc lập - Tự do - Hạnh phúc',
      'PHỤ LỤC',
      'DANH MỤC DỮ LIỆU MỞ CỦA THÀNH PHỐ HÀ NỘI CÔNG BỐ NĂM 2026',
      '(Kèm theo Quyết định số 6112/QĐ-UBND ngày 05 tháng 01 năm 2026 của Ủy ban nhân dân thành phố Hà Nội)',
      'Lĩnh vực giao thông, xây dựng',
      'Quý III/2026',
      'Nơi nhận:',
      'TM. ỦY BAN NHÂN DÂN',
    ]) {
      expect(words).toContain(line);
    }
    expect(words).not.toContain('DỰ THẢO');
    expect(words).not.toContain('danh-muc-tuyen-xe-buyt');
  });

  it('says on top that it is a draft, and leaves number and date blank', async () => {
    const entries = await entriesOfHanoi();
    const words = wordsOf(
      await writeAnnexDocx({ year: '2026', draft: 'DỰ THẢO', amendment: 2, entries, agencies }),
    );

    expect(words).toContain('DỰ THẢO');
    expect(words.find((text) => text.startsWith('DANH MỤC'))).toContain('(SỬA ĐỔI, BỔ SUNG LẦN 2)');
    expect(words.find((text) => text.startsWith('(Kèm theo'))).toMatch(
      /số +\/QĐ-UBND ngày +tháng +năm 2026 của/,
    );
  });

  it('repeats the header row, keeps rows whole, and is set in Times New Roman on A4 across', async () => {
    const files = unzipTexts(await writeAnnexDocx(issued(await entriesOfHanoi())));
    const document = files.get('word/document.xml') ?? '';

    expect(document.match(/<w:tblHeader\/>/g)).toHaveLength(1);
    expect(document).toContain('<w:cantSplit/>');
    expect(document).toMatch(/<w:pgSz[^>]*w:w="16838"[^>]*w:h="11906"[^>]*w:orient="landscape"/);
    expect(files.get('word/styles.xml')).toContain('Times New Roman');
  });
});

function wordsOf(docx: Uint8Array): readonly string[] {
  const document = unzipTexts(docx).get('word/document.xml') ?? '';
  return [...document.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)].map(([, text = '']) => text);
}

/** What any row of an annex says, beside what it says itself. */
function entry(
  id: string,
  says: Partial<DatasetRecord>,
  inventory: Partial<Inventory> = {},
): DatasetRecord {
  return {
    id,
    title: { vi: `Tập ${id}` },
    publisher: 'so-y-te',
    accessRights: 'PUBLIC',
    language: ['VIE'],
    spatial: ['http://publications.europa.eu/resource/authority/place/VNM_HAN'],
    ...says,
    inventory: {
      openness: 'open',
      release: { plan: '2026' },
      updateResponsibility: { agency: says.publisher ?? 'so-y-te' },
      ...inventory,
    },
  };
}

const traps = [
  '=1+1',
  '-2',
  '+84 24',
  '@x',
  'STT',
  'Nơi nhận:',
  'CHỦ TỊCH',
  'TM. ỦY BAN NHÂN DÂN',
  'Tổng số',
  'I',
  'IV.',
  '12',
  '(3)',
  '#x',
  'Tên tập dữ liệu',
  'Đơn vị chủ trì',
  'Mô tả',
  'Ghi chú',
  'Định dạng',
  'A. Lĩnh vực',
  '_x0041_',
  '<b>&amp;</b>',
  '"',
  "'",
  'TRUE',
  '2026-01-05',
  '1e5',
];
// What reading takes away from any cell: what nobody sees, and Excel's own words for a broken formula.
const tidy = (text: string): string =>
  text
    .normalize('NFC')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken away
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200d\u2060\ufeff\ufffe\uffff]/g, '')
    .replace(/[^\S\n]+/g, ' ')
    .trim();
const text = fc
  .oneof(
    fc.constantFrom(...traps),
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.string({ maxLength: 30 }),
  )
  .map(tidy)
  .filter(
    (found) => found !== '' && !/^#(?:REF!|N\/A|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!)$/.test(found),
  );
const line = text.map((found) => found.replace(/\s+/g, ' '));
const name = fc.constantFrom('Sở Y tế', 'Sở XD', 'Công an Thành phố', '@x', '=1');
const maybe = <T>(key: string, value: fc.Arbitrary<T>) =>
  fc
    .option(value, { nil: undefined })
    .map((found) => (found === undefined ? {} : { [key]: found }));

const hostileEntry = fc
  .tuple(
    line,
    fc.constantFrom(...agencies.map(({ id }) => id)),
    fc.tuple(
      maybe(
        'description',
        text.map((vi) => ({ vi })),
      ),
      maybe('theme', fc.subarray(['TRAN', 'HEAL', 'ENVI'], { minLength: 1 })),
    ),
    fc.tuple(
      maybe('field', line),
      maybe('note', text),
      maybe('legalBasis', text),
      maybe('coordinatingAgency', fc.uniqueArray(name, { minLength: 1, maxLength: 3 })),
      fc.constantFrom(
        { plan: '2026' },
        { plan: '2026', due: '2026-Q2' },
        { plan: '2026', due: '2027-01-09' },
      ),
    ),
  )
  .map(([vi, publisher, says, [field, note, legalBasis, coordinating, release]]) =>
    entry(
      'x',
      { title: { vi }, publisher, ...says[0], ...says[1] },
      { ...field, ...note, ...legalBasis, ...coordinating, release },
    ),
  );

/** In the order in which they are printed. */
function inSections(entries: readonly DatasetRecord[]): readonly DatasetRecord[] {
  const fields = [...new Set(entries.map(({ inventory }) => inventory?.field))];
  return fields.flatMap((field) => entries.filter(({ inventory }) => inventory?.field === field));
}
