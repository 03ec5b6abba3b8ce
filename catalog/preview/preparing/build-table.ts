import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Duck, quoted } from '../duckdb.ts';
import type { ColumnType } from '../preview-facts.ts';
import { candidatesFor, formCounts, textReading } from './column-types.ts';
import { cellDelimiter, longestRow, most } from './row-writer.ts';

type Reading = Pick<ReturnType<typeof candidatesFor>[number], 'type' | 'value'>;

/** Small groups of rows: to show a page, one of them is unpacked. */
const parquet = '(format parquet, compression zstd, row_group_size 20480)';
/** As many rows at the beginning, and as many spread over the rest, tell what columns may be. */
const sampled = 10_000;

/**
 * Turns rows of text into a table whose columns have types, as far as all values of a column are of one.
 *
 * @param rows the file of {@link createRowWriter}, which is removed
 * @returns the types of the columns
 */
export async function buildFromText(
  duck: Duck,
  {
    rows,
    width,
    geometry,
  }: { readonly rows: string; readonly width: number; readonly geometry: number },
  target: string,
): Promise<readonly ColumnType[]> {
  const raw = join(rows, '..', 'raw.parquet');
  const columns = Array.from({ length: width }, (_, index) => `'c${index}': 'varchar'`);
  await duck.ask(`copy (select * from read_csv(${quoted(rows)}, columns = {'r': 'bigint'${columns
    .map((column) => `, ${column}`)
    .join('')}},
      auto_detect = false, header = false, delim = '${cellDelimiter}', quote = '"', escape = '"', nullstr = '',
      null_padding = true, strict_mode = false, parallel = false, max_line_size = ${longestRow}, buffer_size = ${2 * longestRow}))
    to ${quoted(raw)} ${parquet}`);
  await rm(rows);
  const readings = await readingsOf(duck, raw, width, geometry);
  const values = readings.map(({ value }, index) => `, ${value(`c${index}`)} as c${index}`);
  await duck.ask(
    `copy (select r${values.join('')} from read_parquet(${quoted(raw)})) to ${quoted(target)} ${parquet}`,
  );
  await rm(raw);
  return readings.map(({ type }, index) => (index === geometry ? 'geometry' : type));
}

async function readingsOf(
  duck: Duck,
  raw: string,
  width: number,
  geometry: number,
): Promise<readonly Reading[]> {
  const from = `read_parquet(${quoted(raw)})`;
  const [[total] = []] = await duck.ask(`select count(*) from ${from}`);
  const every = Math.max(1, Math.floor(Number(total) / sampled));
  const readings: Reading[] = [];
  for (let index = 0; index < width; index += 1) {
    if (index === geometry) readings.push(textReading);
    else readings.push(await readingOf(duck, from, `c${index}`, every));
  }
  return readings;
}

/** What a sample allows is tried on all of the column. */
async function readingOf(
  duck: Duck,
  from: string,
  column: string,
  every: number,
): Promise<Reading> {
  const [counts = []] = await duck.ask(
    `select count(${column}), ${formCounts(column).join(', ')} from ${from} where r <= ${sampled} or r % ${every} = 0`,
  );
  const [filled = 0, ...ofForms] = counts.map(Number);
  for (const reading of candidatesFor(filled, ofForms)) {
    const [[failed] = []] = await duck.ask(
      `select count(*) from ${from} where ${column} is not null and ${reading.value(column)} is null`,
    );
    if (failed === 0) return reading;
  }
  return textReading;
}

/** SQL types of Parquet as ours; whatever else there is, is shown as text. */
const ofParquet: readonly (readonly [
  pattern: RegExp,
  type: ColumnType,
  sql: (c: string) => string,
])[] = [
  [/^U?(TINYINT|SMALLINT|INTEGER)$|^BIGINT$/, 'integer', (c) => `${c}::bigint`],
  [/^(UBIGINT|U?HUGEINT|FLOAT|DOUBLE|DECIMAL.*)$/, 'decimal', (c) => `${c}::double`],
  [/^DATE$/, 'date', (c) => c],
  [/^TIMESTAMP/, 'datetime', (c) => `${c}::timestamp`],
  [/^BOOLEAN$/, 'boolean', (c) => c],
  [/^(BLOB|BIT|GEOMETRY.*)$/, 'text', (c) => `'…' || octet_length(${c}::blob)::varchar`],
  [/[([]/, 'text', (c) => `left(to_json(${c})::varchar, ${most.cell})`],
];

/**
 * Brings a Parquet file into the form of the others: rows numbered, columns by their index, plain types.
 *
 * @returns its columns
 */
export async function buildFromParquet(
  duck: Duck,
  file: string,
  target: string,
): Promise<readonly { readonly name: string; readonly type: ColumnType }[]> {
  const from = `read_parquet(${quoted(file)}, file_row_number = true)`;
  const described = await duck.ask(`describe select * exclude (file_row_number) from ${from}`);
  const columns = described.slice(0, most.columns).map(([name, type], index) => {
    const known = ofParquet.find(([pattern]) => pattern.test(String(type)));
    const source = `"${String(name).replaceAll('"', '""')}"`;
    const value = known ? known[2](source) : `left(${source}::varchar, ${most.cell})`;
    return {
      name: String(name),
      type: known?.[1] ?? ('text' as const),
      sql: `${value} as c${index}`,
    };
  });
  await duck.ask(
    `copy (select file_row_number + 1 as r${columns.map(({ sql }) => `, ${sql}`).join('')}
      from ${from} where file_row_number < ${most.rows}) to ${quoted(target)} ${parquet}`,
  );
  return columns;
}
