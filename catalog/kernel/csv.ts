import { stringify } from 'csv-stringify/sync';

export type Cell = string | number | null | undefined;

/**
 * Writes a table for people as CSV: RFC 4180, with a byte order mark so that Excel reads its Vietnamese, and with an
 * apostrophe before what a spreadsheet would run as a formula.
 */
export function toCsv(rows: readonly (readonly Cell[])[]): string {
  return stringify(
    rows.map((row) => [...row]),
    { bom: true, escape_formulas: true, record_delimiter: 'windows' },
  );
}

/** The rows that follow a head already written. */
export function toCsvRows(rows: readonly (readonly Cell[])[]): string {
  return toCsv(rows).replace(/^\uFEFF/, '');
}
