import { CatalogError } from '../../kernel/errors.ts';
import { type AnnexField, findField, headerOf } from './columns.ts';
import { type AnnexSheet, readSheets } from './read-sheets.ts';

/** The table of an annex: where its header is, what its columns are, and all cells below it. */
export interface AnnexTable {
  readonly sheet: string;
  /** The row of the header, or its first when it takes two. Counts from 1. */
  readonly headerRow: number;
  /** Column of each field, counted from 0. */
  readonly columns: ReadonlyMap<AnnexField, number>;
  readonly rows: readonly AnnexTableRow[];
}

export interface AnnexTableRow {
  /** The row in the sheet or file, counted from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** Which table of a file is the annex. */
export interface AnnexHeader {
  /** The sheet, counted from 0. */
  readonly sheet: number;
  /** The first row of the header, counted from 0. */
  readonly row: number;
  /** How many rows it takes. */
  readonly height: number;
  /** Column of each field, counted from 0. */
  readonly columns: ReadonlyMap<AnnexField, number>;
}

/** Title rows above a table are a few; a header further down than this is none. */
const rowsToSearch = 60;

/**
 * Finds the table in an annex: the sheet and the rows whose cells name the most columns, a title and an agency among
 * them.
 *
 * @throws {CatalogError} `malformed` / `annex-not-readable`, when it is no spreadsheet
 * @throws {CatalogError} `malformed` / `annex-without-header`, when no row names the columns
 */
export async function readAnnexTable(bytes: Buffer, fileName: string): Promise<AnnexTable> {
  const sheets = await readSheets(bytes, fileName);
  const header = findHeader(sheets);
  const table = header && tableUnder(header, sheets);
  if (!table) throw withoutHeader();
  return table;
}

/** The header of the table that names the most columns. Absent: no row names a title and an agency. */
export function findHeader(sheets: readonly AnnexSheet[]): AnnexHeader | undefined {
  return sheets
    .flatMap(headersIn)
    .reduce<AnnexHeader | undefined>(
      (best, header) => (header.columns.size > (best?.columns.size ?? 0) ? header : best),
      undefined,
    );
}

/** All that lies below a header. Absent: there is no such sheet. */
export function tableUnder(
  { sheet: place, row, height, columns }: AnnexHeader,
  sheets: readonly AnnexSheet[],
): AnnexTable | undefined {
  const sheet = sheets[place];
  if (!sheet) return undefined;
  const rows = sheet.rows.map((cells, index) => ({ line: index + 1, cells })).slice(row + height);
  return { sheet: sheet.name, headerRow: row + 1, columns, rows };
}

/** The texts that head the columns of a table, those of two rows in one. */
export function headerTexts(
  { row, height }: Pick<AnnexHeader, 'row' | 'height'>,
  { rows }: AnnexSheet,
): readonly string[] {
  const above = rows[row] ?? [];
  return height === 2 ? headersOfTwo(above, rows[row + 1] ?? []) : above;
}

function headersIn(sheet: AnnexSheet, place: number): readonly AnnexHeader[] {
  return sheet.rows.slice(0, rowsToSearch).flatMap((_, row) => {
    const header = headerAt(sheet, place, row);
    return header.columns.has('title') && header.columns.has('publisher') ? [header] : [];
  });
}

/** What a row is as a header: whether the row below belongs to it, and which columns it names. */
export function headerAt(sheet: AnnexSheet, place: number, row: number): AnnexHeader {
  const cells = sheet.rows[row] ?? [];
  const below = sheet.rows[row + 1] ?? [];
  const one = matchColumns(cells);
  const two = isNumbered(below, one) ? one : matchColumns(headersOfTwo(cells, below));
  const height = two.size > one.size || repeats(cells, below) ? 2 : 1;
  return { sheet: place, row, height, columns: height === 2 ? two : one };
}

/** The fields of a row of headers; the first column to name a field has it. */
export function matchColumns(cells: readonly string[]): ReadonlyMap<AnnexField, number> {
  const columns = new Map<AnnexField, number>();
  for (const [column, text] of cells.entries()) {
    const field = findField(text);
    if (field !== undefined && !columns.has(field)) columns.set(field, column);
  }
  return columns;
}

/** A header over two rows: `Đơn vị` above `chủ trì` and `phối hợp`. The upper one reaches right until the next. */
function headersOfTwo(above: readonly string[], below: readonly string[]): readonly string[] {
  const width = Math.max(above.length, below.length);
  let group = '';
  return Array.from({ length: width }, (_, column) => {
    const upper = above[column] ?? '';
    const lower = below[column] ?? '';
    if (upper !== '') group = upper;
    if (lower === '' || lower === upper) return upper;
    return [upper, `${group} ${lower}`, lower].find(findField) ?? '';
  });
}

function isNumbered(cells: readonly string[], columns: ReadonlyMap<AnnexField, number>): boolean {
  return /\d/.test(cells[columns.get('stt') ?? -1] ?? '');
}

/** A header merged over two rows reads the same in both. */
function repeats(above: readonly string[], below: readonly string[]): boolean {
  return above.filter((text, column) => text !== '' && text === below[column]).length >= 2;
}

function withoutHeader(): CatalogError {
  const wanted = `"${headerOf('title')}", "${headerOf('publisher')}"`;
  const useful = (['description', 'format', 'accrualPeriodicity', 'due', 'accessMethods'] as const)
    .map((field) => `"${headerOf(field)}"`)
    .join(', ');
  return new CatalogError('malformed', 'annex-without-header', {
    vi: `Không tìm thấy hàng tiêu đề của bảng; cần có ít nhất hai cột ${wanted}; nên có thêm ${useful}.`,
    en: `No row heads the columns of a table; at least the two columns ${wanted} are needed; ${useful} are useful too.`,
  });
}
