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

/** Whether a column has a value, as a cell; empty: it has none. */
function hasValue(column: string): RawBuilder<string> {
  return sql<string>`case when ${sql.ref(column)} is null then '' else '1' end`;
}

/** The cells of the rows that were packed. */
export function unpacked(text: string | null | undefined): readonly (readonly string[])[] {
  if (text === null || text === undefined || text === '') return [];
  return text.split(betweenRows).map((row) => row.split(betweenCells));
}

/** The cells of a dataset in a plan: where it stands, and what a table of promises says of it. */
export function lineCells(promises: string): readonly Expression<string>[] {
  const dataset = ['id', 'publisher_id', 'state', 'changed_at'].map((name) =>
    sql.ref<string>(`dataset.${name}`),
  );
  return [
    ...dataset,
    orEmpty('dataset.released_at'),
    sql.ref<string>(`${promises}.due`),
    hasValue(`${promises}.dropped`),
  ];
}
