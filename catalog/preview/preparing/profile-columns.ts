import { type Duck, quoted } from '../duckdb.ts';
import type { ColumnFacts, ColumnType } from '../preview-facts.ts';

/** In more rows than this, different values are counted about right, within a few per cent. */
const mostExact = 200_000;
/** Values that are not more different than this are counted one by one. */
const mostCounted = 50_000;
const mostTop = 10;
const pieces = 20;
const longestValue = 200;

interface Column {
  readonly name: string;
  readonly type: ColumnType;
}

/** Looks at every column of a prepared table: what is missing, how different values are, how they are spread. */
export async function profileColumns(
  duck: Duck,
  table: string,
  columns: readonly Column[],
  rows: number,
): Promise<readonly ColumnFacts[]> {
  const profiles: ColumnFacts[] = [];
  const from = `read_parquet(${quoted(table)})`;
  for (const [index, column] of columns.entries()) {
    profiles.push(await profileOf(duck, from, `c${index}`, column, rows));
  }
  return profiles;
}

async function profileOf(
  duck: Duck,
  from: string,
  c: string,
  { name, type }: Column,
  rows: number,
): Promise<ColumnFacts> {
  const isOrdered = type !== 'text' && type !== 'geometry' && type !== 'boolean';
  const isNumber = type === 'integer' || type === 'decimal';
  const different = rows > mostExact ? `approx_count_distinct(${c})` : `count(distinct ${c})`;
  const [[filled, distinct, min, max, mean] = []] = await duck.ask(
    `select count(${c}), ${different}, ${isOrdered ? `${lexical(type, `min(${c})`)}, ${lexical(type, `max(${c})`)}` : 'null, null'}, ${isNumber ? `avg(${c})` : 'null'} from ${from}`,
  );
  const count = Number(filled);
  const facts = { name, type, missing: rows - count, distinct: Math.min(count, Number(distinct)) };
  if (count === 0 || type === 'geometry') return facts;
  const isVaried =
    facts.distinct > mostCounted || (facts.distinct > 20 && facts.distinct > count * 0.9);
  const exact =
    isVaried || rows <= mostExact
      ? facts.distinct
      : Number((await duck.ask(`select count(distinct ${c}) from ${from}`))[0]?.[0]);
  return {
    ...facts,
    distinct: exact,
    ...(isOrdered && { min: String(min), max: String(max) }),
    ...(typeof mean === 'number' && Number.isFinite(mean) && { mean }),
    ...(!isVaried && { top: await topOf(duck, from, c, type) }),
    ...(isOrdered && min !== max && { histogram: await histogramOf(duck, from, c, type) }),
  };
}

/** A value as text that JSON and people can read. */
export function lexical(type: ColumnType, value: string): string {
  if (type === 'datetime') return `strftime(${value}, '%Y-%m-%dT%H:%M:%S')`;
  return `${value}::varchar`;
}

async function topOf(duck: Duck, from: string, c: string, type: ColumnType) {
  const counted = await duck.ask(
    `select left(${lexical(type, c)}, ${longestValue}), count(*) from ${from} where ${c} is not null
      group by ${c} order by 2 desc, ${c} limit ${mostTop}`,
  );
  return counted.map(([value, count]) => ({ value: String(value), count: Number(count) }));
}

async function histogramOf(
  duck: Duck,
  from: string,
  c: string,
  type: ColumnType,
): Promise<readonly number[]> {
  const number = type === 'date' || type === 'datetime' ? `epoch(${c})` : `${c}::double`;
  const counted = await duck.ask(
    `with bounds as (select min(${number}) as low, max(${number}) as high from ${from})
      select least(${pieces - 1}, floor((${number} - low) / (high - low) * ${pieces}))::integer, count(*)
      from ${from}, bounds where isfinite(${number}) and high > low group by 1`,
  );
  const counts = new Map(counted.map(([piece, count]) => [Number(piece), Number(count)]));
  return Array.from({ length: pieces }, (_, piece) => counts.get(piece) ?? 0);
}
