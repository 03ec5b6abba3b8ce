import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDuck } from '../../../catalog/preview/duckdb.ts';
import { prepareFile } from '../../../catalog/preview/preparing/prepare-file.ts';
import type { PreviewFacts, PreviewFailure } from '../../../catalog/preview/preview-facts.ts';
import type { ReadingChoice } from '../../../catalog/preview/preview-job.ts';
import { preparationLimits, runPreparation } from '../../../catalog/preview/run-preparation.ts';
import {
  busLines,
  delimited,
  inTcvn3,
  inUtf16,
  inWindows1258,
  workbook,
  zipOf,
} from '../../support/table-files.ts';

let folder: string;
let count = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'khue-preview-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function prepare(content: Buffer | string, choice: ReadingChoice = {}) {
  const order = await orderFor(content, choice);
  return { target: order.target, result: await prepareFile(order) };
}

async function orderFor(content: Buffer | string, choice: ReadingChoice = {}) {
  count += 1;
  const work = join(folder, String(count));
  const file = `${work}.file`;
  await writeFile(file, content);
  await mkdir(work);
  const target = join(work, 'table.parquet');
  return { file, declared: 'csv' as const, choice, folder: work, target, memoryMegabytes: 256 };
}

async function factsOf(
  content: Buffer | string,
  choice: ReadingChoice = {},
): Promise<PreviewFacts> {
  const { result } = await prepare(content, choice);
  if (!('facts' in result)) throw new Error(JSON.stringify(result));
  return result.facts;
}

async function rowsOf(target: string): Promise<unknown[][]> {
  const duck = await openDuck({ folder, memoryMegabytes: 64 });
  try {
    return await duck.ask(`select * exclude (r) from read_parquet('${target}') order by r`);
  } finally {
    duck.close();
  }
}

const [head] = busLines;
const names = [...head];
const json = busLines
  .slice(1)
  .map((row) => Object.fromEntries(row.map((cell, at) => [head[at], cell])));
const feature = (name: string, coordinates: readonly number[]) => ({
  type: 'Feature',
  properties: { name },
  geometry: { type: 'Point', coordinates },
});

describe('a file becomes a table, whatever it is', () => {
  it.each<[string, () => Buffer | string | Promise<Buffer>, Partial<PreviewFacts>]>([
    [
      'commas',
      () => delimited(','),
      { format: 'csv', notes: { encoding: 'utf-8', delimiter: ',' } },
    ],
    [
      'semicolons and CR LF',
      () => delimited(';', '\r\n'),
      { notes: { encoding: 'utf-8', delimiter: ';' } },
    ],
    [
      'tabs and CR alone',
      () => delimited('\t', '\r'),
      { notes: { encoding: 'utf-8', delimiter: '\t' } },
    ],
    [
      'a byte order mark',
      () => `\ufeff${delimited(',')}`,
      { notes: { encoding: 'utf-8', delimiter: ',' } },
    ],
    [
      'UTF-16',
      () => inUtf16(delimited('\t')),
      { notes: { encoding: 'utf-16le', delimiter: '\t' } },
    ],
    [
      'Windows-1258',
      () => inWindows1258(delimited(',')),
      { notes: { encoding: 'windows-1258', delimiter: ',' } },
    ],
    ['JSON', () => JSON.stringify(json), { format: 'json' }],
    [
      'an object around it',
      () => JSON.stringify({ total: 3, result: { records: json } }),
      { format: 'json' },
    ],
    [
      'a line of JSON each',
      () => json.map((row) => JSON.stringify(row)).join('\n'),
      { format: 'ndjson' },
    ],
    ['a workbook under a title', workbook, { format: 'xlsx' }],
  ])('%s', async (_what, content, expected) => {
    const facts = await factsOf(await content());

    expect(facts).toMatchObject({ rows: 3, ...expected });
    expect(facts.columns.map(({ name }) => name)).toEqual(names);
    expect(facts.columns.map(({ type }) => type)).toEqual(['text', 'text', 'integer', 'date']);
  });

  it('TCVN3, whose capitals are in another font', async () => {
    const { target, result } = await prepare(inTcvn3(delimited(',')));

    expect(result).toMatchObject({ facts: { notes: { encoding: 'tcvn3' } } });
    expect((await rowsOf(target))[1]?.[1]).toBe('bác cổ - bến xe yên nghĩa');
  });

  it('an encoding that was guessed wrongly can be chosen', async () => {
    const facts = await factsOf(Buffer.from('t\xean,s\xf4\ncaf\xe9,1\n', 'latin1'), {
      encoding: 'windows-1252',
    });

    expect(facts.columns.map(({ name }) => name)).toEqual(['tên', 'sô']);
  });

  it('another sheet of a workbook can be chosen', async () => {
    const facts = await factsOf(await workbook(), { sheet: 1 });

    expect(facts).toMatchObject({ rows: 2, notes: { sheet: 1, sheets: ['Tuyến', 'Ghi chú'] } });
  });

  it('rows that are too short or too long are kept, and counted', async () => {
    const { target, result } = await prepare('a,b\n1,2\n3\n4,5,6\n"7, ""8""",9\n');

    expect(result).toMatchObject({ facts: { rows: 4, notes: { ragged: 2 } } });
    expect(await rowsOf(target)).toEqual([
      ['1', 2, null],
      ['3', null, null],
      ['4', 5, 6],
      ['7, "8"', 9, null],
    ]);
  });

  it('a quotation mark that is never closed costs its own row only', async () => {
    const { target } = await prepare('a,b\n"1,2\n3,4\n');

    expect(await rowsOf(target)).toEqual([
      ['"1', 2],
      ['3', 4],
    ]);
  });

  it('numbers as Vietnamese writes them are numbers, and codes are not', async () => {
    const facts = await factsOf(
      'ma;gia;ty le;dien thoai\n1;1.234.567,5;12,5;0243123\n2;7.000;8;0243124\n',
    );

    expect(facts.columns.map(({ type }) => type)).toEqual([
      'integer',
      'decimal',
      'decimal',
      'text',
    ]);
    expect(facts.columns[1]).toMatchObject({ min: '7000.0', max: '1234567.5' });
  });

  it('GeoJSON keeps its shapes, and says where they are', async () => {
    const features = [feature('Hồ Gươm', [105.852, 21.0288]), feature('Hồ Tây', [105.82, 21.06])];
    const facts = await factsOf(
      JSON.stringify({ type: 'FeatureCollection', bbox: [1, 2], features }),
    );

    expect(facts).toMatchObject({ format: 'geojson', rows: 2, place: { geometry: 1 } });
  });

  it('Parquet is taken as it is', async () => {
    const made = await openDuck({ folder, memoryMegabytes: 64 });
    const file = join(folder, 'made.parquet');
    await made.ask(
      `copy (select 1 as so, [1, 2] as day, date '2026-01-02' as ngay, 21.0 as "vĩ độ", 105.8 as "kinh độ") to '${file}' (format parquet)`,
    );
    made.close();
    const { target, result } = await prepare(await readFile(file));

    expect(result).toMatchObject({
      facts: { format: 'parquet', rows: 1, place: { latitude: 3, longitude: 4 } },
    });
    expect((await rowsOf(target))[0]?.slice(0, 2)).toEqual([1, '[1,2]']);
  });

  it('values are counted and spread', async () => {
    const rows = Array.from(
      { length: 100 },
      (_, at) => `${at % 4 === 0 ? 'Ba Đình' : 'Tây Hồ'},${at}`,
    );
    const { columns } = await factsOf(['phường,số', ...rows, ','].join('\n'));

    expect(columns[0]).toMatchObject({
      missing: 1,
      distinct: 2,
      top: [
        { value: 'Tây Hồ', count: 75 },
        { value: 'Ba Đình', count: 25 },
      ],
    });
    expect(columns[1]).toMatchObject({ min: '0', max: '99', mean: 49.5 });
    expect(columns[1]?.histogram).toEqual(Array.from({ length: 20 }, () => 5));
  });
});

describe('a file that cannot be shown says why', () => {
  const bomb = Buffer.alloc(40_000_000, ' ');
  it.each<[string, Buffer | string, PreviewFailure]>([
    ['nothing in it', '', 'empty'],
    ['white space alone', ' \n \n', 'empty'],
    ['a web page', '<!DOCTYPE html><html><body>404</body></html>', 'web-page'],
    ['XML', '<?xml version="1.0"?><a/>', 'not-a-table'],
    ['a picture', Buffer.from('89504e470d0a1a0a0000', 'hex'), 'not-a-table'],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae10000', 'hex'), 'old-workbook'],
    ['something compressed', Buffer.from('1f8b0800000000000003', 'hex'), 'compressed'],
    ['a ZIP of something else', zipOf('a.csv', Buffer.from('a,b')), 'compressed'],
    ['a bomb', zipWithWorkbook(bomb, bomb.length), 'bomb'],
    [
      'half a workbook',
      zipOf('xl/workbook.xml', Buffer.from('<sheet name="a"')).subarray(0, 60),
      'broken',
    ],
    ['JSON that breaks off', '{"rows":[{"a":1},{"a":', 'broken'],
    ['JSON without rows', '{"a":1,"b":{"c":2}}', 'not-a-table'],
  ])('%s', async (_what, content, failure) => {
    expect((await prepare(content)).result).toMatchObject({ failure });
  });
});

describe('a process of its own', () => {
  it('says what it found, and is stopped when it takes too long', async () => {
    const order = await orderFor(delimited(','));

    expect(await runPreparation(order, preparationLimits)).toMatchObject({ facts: { rows: 3 } });
    expect(await runPreparation(order, { ...preparationLimits, timeoutMs: 5 })).toEqual({
      failure: 'too-slow',
    });
  }, 60_000);
});

/** A workbook list that is really a mountain of spaces. */
function zipWithWorkbook(content: Buffer, said: number): Buffer {
  return zipOf('xl/workbook.xml', content, said);
}
