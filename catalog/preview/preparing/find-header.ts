import { commonest } from './delimited-rows.ts';

/** What stands at the head of a table. */
export interface Header {
  readonly names: readonly string[];
  /** How many rows at the beginning are no data: a title, and the header itself. */
  readonly dataFrom: number;
  readonly isHeaderless: boolean;
}

/** A title above the table, and the lines under it, are no longer than this. */
const mostAbove = 15;
const filled = (row: readonly string[]): number => row.filter((cell) => cell.trim() !== '').length;

/**
 * Finds the row with the names of the columns: the first that has nearly as many cells as rows usually have. Where it looks
 * like data itself, the columns have no names.
 *
 * @param rows the first rows of the table
 */
export function findHeader(rows: readonly (readonly string[])[]): Header {
  const width = commonest(rows.map(filled).filter((cells) => cells > 0));
  const found = rows
    .slice(0, mostAbove + 1)
    .findIndex((row) => filled(row) >= Math.max(1, Math.ceil(width * 0.8)));
  const at = Math.max(0, found);
  const header = (rows[at] ?? []).map((cell) => cell.replace(/\s+/g, ' ').trim());
  const isHeaderless = header.some(isValue) || filled(header) === 0;
  if (isHeaderless) return { names: [], dataFrom: at, isHeaderless };
  // Empty cells behind the last name are only there because a spreadsheet was once wider.
  while (header.at(-1) === '') header.pop();
  return { names: header, dataFrom: at + 1, isHeaderless };
}

/** A year may be the name of a column; a number with a fraction, a date or an address is none. */
function isValue(cell: string): boolean {
  return (
    /^-?\d+[.,]\d+$/.test(cell) ||
    (/^-?\d+$/.test(cell) && !/^(19|20)\d\d$/.test(cell)) ||
    /^\d{4}-\d\d-\d\d/.test(cell) ||
    /^\d{1,2}\/\d{1,2}\/\d{4}$/.test(cell) ||
    /^https?:\/\//.test(cell)
  );
}

/** Names for so many columns: those of the header, each one its own. A column without a name has none. */
export function distinctNames(names: readonly string[], width: number): readonly string[] {
  const seen = new Map<string, number>();
  return Array.from({ length: width }, (_, column) => {
    const name = (names[column] ?? '').slice(0, 200);
    if (name === '') return '';
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times > 1 ? `${name} (${times})` : name;
  });
}
