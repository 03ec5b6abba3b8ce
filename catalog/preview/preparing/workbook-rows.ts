import { open, readFile } from 'node:fs/promises';
import { streamXlsxRows } from 'hucre/xlsx';
import {
  UnusableZip,
  unpackEntry,
  type ZipEntry,
  type ZipSource,
  zipEntries,
} from '../../documents/zip-entries.ts';
import { UnreadableFile } from '../preview-facts.ts';

/** A workbook is held in memory while it is read: packed, and one sheet of it with the texts of all. */
const limits = { packedBytes: 60_000_000, bytes: 400_000_000, ratio: 200, list: 5_000_000 };
const rowsAtOnce = 500;

/**
 * The names of the sheets of a workbook that are not hidden, with their places among all sheets.
 *
 * @throws {UnreadableFile} `compressed` for another kind of ZIP; `bomb`, `too-large`, `broken`
 */
export async function sheetsOf(
  path: string,
): Promise<readonly { readonly name: string; readonly place: number }[]> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    return await sheetsIn({
      size,
      async read(position, length) {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
        return buffer.subarray(0, bytesRead);
      },
    });
  } catch (error) {
    if (error instanceof UnusableZip) throw new UnreadableFile(error.why, { cause: error });
    throw error;
  } finally {
    await file.close();
  }
}

async function sheetsIn(source: ZipSource) {
  const entries = await zipEntries(source);
  const list = entries.find(({ name }) => name === 'xl/workbook.xml');
  if (!list) {
    const isBinary = entries.some(({ name }) => name === 'xl/workbook.bin');
    throw new UnreadableFile(isBinary ? 'old-workbook' : 'compressed');
  }
  assertBearable(entries, source.size);
  const xml = (await unpackEntry(source, list, limits.list)).toString('utf8');
  return [...xml.matchAll(/<(?:\w+:)?sheet\s([^>]*)>/g)].flatMap(([, attributes = ''], place) => {
    const name = /\bname="([^"]*)"/.exec(attributes)?.[1] ?? '';
    return /\bstate="(hidden|veryHidden)"/.test(attributes)
      ? []
      : [{ name: unescaped(name), place }];
  });
}

/** What the directory says of the sizes is looked at before anything is unpacked. */
function assertBearable(entries: readonly ZipEntry[], packedBytes: number): void {
  // Pictures and charts are not unpacked.
  const read = entries.filter(({ name }) => /^xl\/(worksheets\/[^/]+|[^/]+)\.xml$/.test(name));
  const bytes = read.reduce((sum, entry) => sum + entry.bytes, 0);
  const isDense = read.some(
    (entry) => entry.bytes > 10_000_000 && entry.bytes > entry.packedBytes * limits.ratio,
  );
  if (isDense) throw new UnreadableFile('bomb');
  if (bytes > limits.bytes || packedBytes > limits.packedBytes) {
    throw new UnreadableFile('too-large');
  }
}

/**
 * The rows of one sheet, as text: dates are ISO 8601, formulas their last value.
 *
 * @param place of the sheet among all sheets, from 0
 * @throws {UnreadableFile} `broken`
 */
export async function* workbookRows(path: string, place: number): AsyncGenerator<string[][]> {
  let batch: string[][] = [];
  try {
    for await (const { values } of streamXlsxRows(await readFile(path), { sheet: place })) {
      const row = values.map(textOf);
      if (row.every((cell) => cell === '')) continue;
      batch.push(row);
      if (batch.length < rowsAtOnce) continue;
      yield batch;
      batch = [];
    }
  } catch (error) {
    throw new UnreadableFile('broken', { cause: error });
  }
  if (batch.length > 0) yield batch;
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (!(value instanceof Date)) return String(value).trim();
  if (Number.isNaN(value.getTime())) return '';
  const iso = value.toISOString();
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.slice(0, 19);
}

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

function unescaped(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return named[name] ?? whole;
    const code = Number.parseInt(hex ?? decimal, hex === undefined ? 10 : 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}
