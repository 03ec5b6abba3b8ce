import { CatalogError } from '../kernel/errors.ts';
import { fold } from '../kernel/fold.ts';
import { type Duck, openDuck, quoted } from './duckdb.ts';
import type { ColumnFacts, PlaceColumns, PreviewFacts } from './preview-facts.ts';
import type { PreviewStore } from './preview-store.ts';
import { type Cell, type ChartQuery, isNumeric, isTime, type TableQuery } from './table-query.ts';

/** A table that is there: its name, and what is known of it. */
export interface PreparedTable {
  readonly key: string;
  readonly facts: PreviewFacts;
}

/** Rows, and how many there are that fit. */
export interface TableRows {
  /** Each with its number in the file, from 1, before its cells. */
  readonly rows: readonly { readonly number: number; readonly cells: readonly Cell[] }[];
  readonly total: number;
}

/** One figure of a chart. */
export interface Figure {
  readonly x: Cell;
  readonly y: number;
}

export interface ChartFigures {
  readonly figures: readonly Figure[];
  /** There are more than are drawn. */
  readonly isCut: boolean;
}

/** Something with a place: its point, or its shape as GeoJSON, and a word for it. */
export interface Placed {
  readonly number: number;
  readonly label: string;
  readonly geometry: string;
}

/** Answers questions about prepared tables, each within a set time and a memory that all share. */
export interface TableReader {
  rows(table: PreparedTable, query: TableQuery): Promise<TableRows>;
  figures(table: PreparedTable, query: ChartQuery): Promise<ChartFigures>;
  places(
    table: PreparedTable,
  ): Promise<{ readonly places: readonly Placed[]; readonly total: number }>;
  close(): Promise<void>;
}

const memoryMegabytes = 128;
const patienceMs = 5000;
const mostAtOnce = 2;
/** Sorted or filtered, this many rows can be leafed through. */
export const mostSorted = 10_000;
const mostBars = 40;
const mostPoints = { line: 500, scatter: 2000 };
export const mostPlaces = 20_000;
/** In more rows than this, text is in the order of its letters' numbers, not of an alphabet. */
const mostCollated = 300_000;

export function createTableReader(store: PreviewStore): TableReader {
  let opening: Promise<Duck> | undefined;
  const turn = createTurnstile(mostAtOnce);

  async function ask(sql: string, values: readonly string[] = []): Promise<unknown[][]> {
    opening ??= openDuck({ folder: store.folder, memoryMegabytes });
    const duck = await opening;
    return turn(async () => {
      try {
        return await duck.ask(sql, values, patienceMs);
      } catch (error) {
        if (/interrupt|out of memory/i.test(String(error))) throw tooMuch(error);
        throw error;
      }
    });
  }

  const from = ({ key }: PreparedTable) => `read_parquet(${quoted(store.pathOf(key))})`;

  return {
    async rows(table, query) {
      const { facts } = table;
      const cells = facts.columns
        .map(shown)
        .map((column) => `, ${column}`)
        .join('');
      const found = await rowNumbers(table, query);
      if (found.numbers.length === 0) return { rows: [], total: found.total };
      // The bounds tell DuckDB which groups of rows it need not unpack.
      const rows = await ask(
        `select r${cells} from ${from(table)} where r between ${Math.min(...found.numbers)} and ${Math.max(...found.numbers)} and r in (${found.numbers.join(', ')})`,
      );
      const byNumber = new Map(rows.map(([number, ...row]) => [Number(number), row as Cell[]]));
      return {
        total: found.total,
        rows: found.numbers.map((number) => ({ number, cells: byNumber.get(number) ?? [] })),
      };
    },

    async figures(table, query) {
      const { sql, most } = figuresOf(table.facts, query, from(table));
      const rows = await ask(`${sql} limit ${most + 1}`);
      const figures = rows.slice(0, most).map(([x, y]) => ({ x: x as Cell, y: Number(y) }));
      return { figures, isCut: rows.length > most };
    },

    async places(table) {
      const { place, columns } = table.facts;
      if (!place) return { places: [], total: 0 };
      const label = columns.findIndex(({ type }) => type === 'text');
      const { geometry, where } = placed(place);
      const name = label < 0 ? "''" : `coalesce(left(c${label}, 100), '')`;
      const [[total] = []] = await ask(`select count(*) from ${from(table)} where ${where}`);
      const rows = await ask(
        `select r, ${name}, ${geometry} from ${from(table)} where ${where} order by r limit ${mostPlaces}`,
      );
      return {
        total: Number(total),
        places: rows.map(([number, text, shape]) => ({
          number: Number(number),
          label: String(text),
          geometry: String(shape),
        })),
      };
    },

    async close() {
      (await opening?.catch(() => undefined))?.close();
      opening = undefined;
    },
  };

  /** The numbers of the rows of a page. Rows in the order of the file are known without looking. */
  async function rowNumbers(table: PreparedTable, { sort, filters, offset, limit }: TableQuery) {
    const { rows } = table.facts;
    if (!sort && filters.length === 0) {
      const length = Math.max(0, Math.min(limit, rows - offset));
      return { numbers: Array.from({ length }, (_, at) => offset + at + 1), total: rows };
    }
    const wanted = filters.map(({ column }, index) => contains(`c${column}`, `$${index + 1}`));
    const where = wanted.length > 0 ? `where ${wanted.join(' and ')}` : '';
    const values = filters.map(({ text }) => fold(text));
    const [[total] = []] =
      filters.length > 0
        ? await ask(`select count(*) from ${from(table)} ${where}`, values)
        : [[rows]];
    if (offset >= mostSorted) return { numbers: [], total: Number(total) };
    const by = sort ? orderOf(table.facts, sort) : 'r';
    const found = await ask(
      `select r from ${from(table)} ${where} order by ${by} limit ${limit} offset ${offset}`,
      values,
    );
    return { numbers: found.map(([number]) => Number(number)), total: Number(total) };
  }
}

/** A cell as JSON has it. */
function shown({ type }: ColumnFacts, index: number): string {
  const c = `c${index}`;
  if (type === 'date') return `${c}::varchar`;
  if (type === 'datetime') return `strftime(${c}, '%Y-%m-%dT%H:%M:%S')`;
  return type === 'decimal' ? `case when isfinite(${c}) then ${c} end` : c;
}

function contains(column: string, parameter: string): string {
  const folded = `replace(lower(strip_accents(${column}::varchar)), 'đ', 'd')`;
  return `contains(${folded}, ${parameter})`;
}

function orderOf(
  { rows, columns }: PreviewFacts,
  { column, direction }: NonNullable<TableQuery['sort']>,
): string {
  const isText = columns[column]?.type === 'text' && rows <= mostCollated;
  const by = isText ? `icu_sort_key(c${column}, 'vi')` : `c${column}`;
  // Without a value is neither small nor large: it comes last either way.
  return `${by} ${direction} nulls last, r`;
}

function figuresOf(
  { columns }: PreviewFacts,
  { kind, x, y, aggregate }: ChartQuery,
  from: string,
): { readonly sql: string; readonly most: number } {
  const type = columns[x]?.type ?? 'text';
  const across = shown({ name: '', type, missing: 0, distinct: 0 }, x);
  if (kind === 'scatter') {
    const both = `c${x} is not null and c${y} is not null`;
    // The same rows each time: a picture that is shared shows what was seen.
    const sql = `select ${across}, c${y}::double from (select * from ${from} where ${both} order by hash(r) limit ${mostPoints.scatter + 1})`;
    return { sql, most: mostPoints.scatter };
  }
  const value =
    aggregate === 'count' ? 'count(*)' : `${aggregate === 'sum' ? 'sum' : 'avg'}(c${y}::double)`;
  const filled = aggregate === 'count' ? '' : ` and c${y} is not null`;
  const isOrdered = kind === 'line' || isNumeric(type) || isTime(type);
  const order = kind === 'bar' && !isOrdered ? '2 desc, 1' : `c${x}`;
  return {
    sql: `select ${across}, ${value} from ${from} where c${x} is not null${filled} group by c${x} order by ${order}`,
    most: kind === 'line' ? mostPoints.line : mostBars,
  };
}

function placed(place: PlaceColumns): { readonly geometry: string; readonly where: string } {
  if ('geometry' in place) {
    return { geometry: `c${place.geometry}`, where: `c${place.geometry} is not null` };
  }
  const [north, east] = [`c${place.latitude}`, `c${place.longitude}`];
  return {
    geometry: `'{"type":"Point","coordinates":[' || ${east} || ',' || ${north} || ']}'`,
    where: `${north} between -90 and 90 and ${east} between -180 and 180`,
  };
}

/** Lets so many in at once; the others wait. */
function createTurnstile(places: number) {
  let free = places;
  const waiting: (() => void)[] = [];
  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}

function tooMuch(cause: unknown): CatalogError {
  return new CatalogError(
    'unavailable',
    'preview-too-much',
    {
      vi: 'Bảng quá lớn để sắp xếp hoặc lọc như vậy trong vài giây; hãy bỏ sắp xếp, lọc hẹp hơn, hoặc tải tệp về.',
      en: 'The table is too large to be sorted or filtered like this within seconds; leave out the sorting, filter more narrowly, or download the file.',
    },
    { cause },
  );
}
