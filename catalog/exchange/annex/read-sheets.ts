import { parse } from 'csv-parse/sync';
import { HucreError, type MergeRange, read, type Sheet } from 'hucre';
import { CatalogError } from '../../kernel/errors.ts';
import type { Message } from '../../kernel/lang-text.ts';

/** One table of cells as text; an empty cell is ''. Row and column count from 0. */
export interface AnnexSheet {
  readonly name: string;
  readonly rows: readonly (readonly string[])[];
  /** How many cells held a formula, and how many were merged over several rows; a text file has neither. */
  readonly formulas?: number;
  readonly merged?: number;
}

/**
 * Reads the sheets of an XLSX, ODS or old XLS workbook, or a CSV file in every way its delimiter may be taken.
 *
 * What is merged down repeats in every row; what is merged across stays where it began. Formulas give their last
 * value, dates are ISO 8601.
 *
 * @throws {CatalogError} `malformed` / `annex-not-readable`
 */
export async function readSheets(bytes: Buffer, fileName: string): Promise<readonly AnnexSheet[]> {
  if (bytes.length === 0) throw notReadable(emptyFile);
  if (/\.xlsb$/i.test(fileName) || bytes.includes('xl/workbook.bin'))
    throw notReadable(binaryWorkbook);
  if (isWorkbook(bytes)) return readWorkbook(bytes);
  if (/\.(xlsx|xlsm|xls|ods)$/i.test(fileName)) throw unreadableWorkbook();
  return readDelimited(decode(bytes));
}

function isWorkbook(bytes: Buffer): boolean {
  const magic = bytes.subarray(0, 4).toString('hex');
  return magic === '504b0304' || magic === 'd0cf11e0';
}

async function readWorkbook(bytes: Buffer): Promise<readonly AnnexSheet[]> {
  try {
    const { sheets } = await read(bytes);
    return sheets.filter(({ hidden, veryHidden }) => !hidden && !veryHidden).map(toSheet);
  } catch (error) {
    if (error instanceof HucreError) throw unreadableWorkbook(error);
    throw error;
  }
}

function toSheet({ name, rows, cells: details, merges }: Sheet): AnnexSheet {
  const cells = rows.map((row) => row.map(toText));
  const down = (merges ?? []).filter(({ startRow, endRow }) => endRow > startRow);
  for (const merge of down) fillDown(cells, merge);
  const formulas = [...(details?.values() ?? [])].filter(({ type }) => type === 'formula').length;
  return { name, rows: cells, formulas, merged: down.length };
}

function fillDown(cells: string[][], { startRow, startCol, endRow }: MergeRange): void {
  const text = cells[startRow]?.[startCol] ?? '';
  if (text === '') return;
  for (const row of cells.slice(startRow + 1, endRow + 1)) {
    while (row.length < startCol) row.push('');
    row[startCol] = text;
  }
}

function toText(value: Sheet['rows'][number][number] | undefined): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) {
    return Number.isNaN(value.getTime()) ? '#VALUE!' : value.toISOString().slice(0, 10);
  }
  return cleanCell(String(value));
}

/** Composed letters, and no spaces that nobody sees. */
export function cleanCell(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\u200b|\u200c|\u200d|\u2060|\ufeff/g, '')
    .replace(/\u00a0/g, ' ')
    .trim();
}

function readDelimited(text: string): readonly AnnexSheet[] {
  return [',', ';', '\t'].map((delimiter) => ({
    name: 'CSV',
    rows: parseRows(text, delimiter).map((row) => row.map(cleanCell)),
  }));
}

function parseRows(text: string, delimiter: string): string[][] {
  const options = { delimiter, relax_column_count: true, relax_quotes: true };
  try {
    return parse(text, options);
  } catch {
    // A quotation mark that is never closed swallows the rest; without quoting, only its own row suffers.
    return parse(text, { ...options, quote: null });
  }
}

/** UTF-8, or UTF-16 as Excel's "Unicode text" writes it; with or without a mark at the beginning. */
function decode(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodeAs('utf-16le', bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodeAs('utf-16be', bytes);
  const nul = bytes.subarray(0, 1000).indexOf(0);
  if (nul >= 0) return decodeAs(nul % 2 === 1 ? 'utf-16le' : 'utf-16be', bytes);
  return decodeAs('utf-8', bytes);
}

function decodeAs(encoding: string, bytes: Buffer): string {
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    throw notReadable(notUtf8, error);
  }
  // Letters and tables have neither; a picture or a PDF has.
  if (/[\u0000-\u0008\u000e-\u001a]/.test(text.slice(0, 10_000))) throw notReadable(notTable);
  return text;
}

/** Says that a file is no workbook that can be read. */
export function unreadableWorkbook(cause?: unknown): CatalogError {
  return notReadable(notWorkbook, cause);
}

function notReadable(detail: Message, cause?: unknown): CatalogError {
  return new CatalogError('malformed', 'annex-not-readable', detail, { cause });
}

const emptyFile: Message = {
  vi: 'Tệp rỗng; hãy gửi bảng phụ lục dạng XLSX hoặc CSV.',
  en: 'The file is empty; send the annex table as XLSX or CSV.',
};
const binaryWorkbook: Message = {
  vi: 'Không đọc được tệp XLSB; hãy mở bằng Excel và lưu lại dạng XLSX.',
  en: 'XLSB files cannot be read; open it in Excel and save it as XLSX.',
};
const notWorkbook: Message = {
  vi: 'Tệp không phải bảng tính đọc được (hỏng, có mật khẩu, hoặc là loại tệp khác); hãy lưu lại dạng XLSX không mật khẩu, hoặc CSV.',
  en: 'The file is no spreadsheet that can be read (damaged, password-protected, or of another kind); save it as XLSX without a password, or as CSV.',
};
const notUtf8: Message = {
  vi: 'Tệp CSV không ở bảng mã UTF-8 hay UTF-16; hãy lưu lại dạng "CSV UTF-8", hoặc XLSX.',
  en: 'The CSV file is neither UTF-8 nor UTF-16; save it as "CSV UTF-8", or as XLSX.',
};
const notTable: Message = {
  vi: 'Tệp không phải bảng dữ liệu; hãy gửi bảng phụ lục dạng XLSX hoặc CSV (UTF-8).',
  en: 'The file holds no table; send the annex table as XLSX or CSV (UTF-8).',
};
