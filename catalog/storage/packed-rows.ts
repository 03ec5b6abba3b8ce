import { type Expression, type RawBuilder, sql } from 'kysely';

/*
 * Thousands of short rows as one text: a driver makes a value of each cell, and that costs more than finding the rows.
 */

const betweenCells = '\u001f';
const betweenRows = '\u001e';

/** The rows of a query as one text, to be selected alone. No cell may be null. */
export function packed(
  cells: readonly Expression<unknown>[],
  order: readonly Expression<unknown>[],
): RawBuilder<string | null> {
  const row = sql`concat_ws(${betweenCells}, ${sql.join(cells)})`;
  return sql<string | null>`string_agg(${row}, ${betweenRows} order by ${sql.join(order)})`;
}

/** A column of any text as a cell. */
export function anyText(column: string): RawBuilder<string> {
  return sql<string>`replace(replace(${sql.ref(column)}, ${betweenCells}, ' '), ${betweenRows}, ' ')`;
}

/** A column that may be null as a cell; empty: it is. */
export function orEmpty(column: string): RawBuilder<string> {
  return sql<string>`coalesce(${sql.ref(column)}, '')`;
}

/** The cells of the rows that were packed. */
export function unpacked(text: string | null | undefined): readonly (readonly string[])[] {
  if (text === null || text === undefined || text === '') return [];
  return text.split(betweenRows).map((row) => row.split(betweenCells));
}
