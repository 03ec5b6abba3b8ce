import { type ExpressionBuilder, type ExpressionWrapper, type SqlBool, sql } from 'kysely';
import type { Queryable, Tables } from '../storage/database.ts';

/** Where a published dataset stands, or its tombstone. */
export interface HarvestHead {
  readonly position: number;
  readonly datasetId: string;
  readonly isLive: boolean;
  readonly publisher: string;
  readonly changedAt: string;
}

export interface HarvestFilter {
  readonly publisher?: string | undefined;
  /** Code of a theme; `any` for datasets that have one. */
  readonly theme?: string | undefined;
  /** Changed at or after this instant. */
  readonly from?: string | undefined;
  /** Changed at or before this instant. */
  readonly until?: string | undefined;
}

/** A range of positions that holds something, and when that last changed. */
export interface PositionRange {
  /** Counts from 0: positions from `index * size + 1`. */
  readonly index: number;
  readonly changedAt: string;
}

const columns = ['position', 'dataset_id', 'live', 'publisher_id', 'changed_at'] as const;
type Row = Pick<Tables['published'], (typeof columns)[number]>;

/** SQLite binds at most 32,766 values in a statement. */
const mostBound = 5000;
const scanned = 2000;

/** Every SQL statement by which harvesters, crawlers and feed readers walk table `published`. */
export function harvestRepository(db: Queryable) {
  // The plus keeps SQLite from an index of what is live, by which it would sort all of it for one page.
  const newest = (offset: number, limit: number) =>
    db
      .selectFrom('published')
      .select(columns)
      .where(sql<SqlBool>`+live = 1`)
      .orderBy('changed_at', 'desc')
      .orderBy('position', 'desc')
      .offset(offset)
      .limit(limit);

  return {
    /** What comes after a position, tombstones too, in an order that never changes. */
    async after(
      filter: HarvestFilter,
      position: number,
      limit: number,
    ): Promise<readonly HarvestHead[]> {
      const rows = await db
        .selectFrom('published')
        .select(columns)
        .where('position', '>', position)
        .where((eb) => passes(eb, filter))
        .orderBy('position')
        .limit(limit)
        .execute();
      return rows.map(fromRow);
    },

    async count(filter: HarvestFilter): Promise<number> {
      const row = await db
        .selectFrom('published')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where((eb) => passes(eb, filter))
        .executeTakeFirstOrThrow();
      return Number(row.count);
    },

    async find(datasetId: string): Promise<HarvestHead | undefined> {
      const row = await db
        .selectFrom('published')
        .select(columns)
        .where('dataset_id', '=', datasetId)
        .executeTakeFirst();
      return row && fromRow(row);
    },

    /** When the first of all changes was made that is still the last of its dataset. */
    async earliestChange(): Promise<string | undefined> {
      const row = await db
        .selectFrom('published')
        .select((eb) => eb.fn.min('changed_at').as('earliest'))
        .executeTakeFirst();
      return row?.earliest ?? undefined;
    },

    /** The agencies that publish something or once did. */
    async publishers(): Promise<readonly string[]> {
      const rows = await db
        .selectFrom('published')
        .select('publisher_id')
        .distinct()
        .orderBy('publisher_id')
        .execute();
      return rows.map((row) => row.publisher_id);
    },

    /** The ranges of `size` positions that hold live datasets. */
    async ranges(size: number): Promise<readonly PositionRange[]> {
      const index = sql<number>`(position - 1) / ${sql.lit(size)}`;
      const rows = await db
        .selectFrom('published')
        .select((eb) => [index.as('index'), eb.fn.max('changed_at').as('changed_at')])
        .where('live', '=', 1)
        .groupBy(index)
        .orderBy(index)
        .execute();
      return rows.map((row) => ({ index: Number(row.index), changedAt: row.changed_at }));
    },

    /** Live datasets, the last changed first; of `matching` positions when those are given. */
    async lastChanged(
      matching: readonly number[] | undefined,
      offset: number,
      limit: number,
    ): Promise<readonly HarvestHead[]> {
      if (!matching) return (await newest(offset, limit).execute()).map(fromRow);
      if (matching.length === 0) return [];
      if (matching.length <= mostBound) {
        const rows = await newest(offset, limit)
          .where('position', 'in', [...matching])
          .execute();
        return rows.map(fromRow);
      }
      // Much matches, so a page of it is soon found among the newest.
      const wanted = new Set(matching);
      const found: Row[] = [];
      for (let at = 0; found.length < offset + limit; at += scanned) {
        const rows = await newest(at, scanned).execute();
        found.push(...rows.filter(({ position }) => wanted.has(position)));
        if (rows.length < scanned) break;
      }
      return found.slice(offset, offset + limit).map(fromRow);
    },
  };
}

function passes(
  eb: ExpressionBuilder<Tables, 'published'>,
  filter: HarvestFilter,
): ExpressionWrapper<Tables, 'published', SqlBool> {
  const { publisher, theme, from, until } = filter;
  return eb.and([
    ...(publisher === undefined ? [] : [eb('publisher_id', '=', publisher)]),
    ...(theme === undefined ? [] : [hasTheme(eb, theme)]),
    ...(from === undefined ? [] : [eb('changed_at', '>=', from)]),
    ...(until === undefined ? [] : [eb('changed_at', '<=', until)]),
  ]);
}

/** A tombstone has no facets any more; its last record still says what it was about. */
function hasTheme(eb: ExpressionBuilder<Tables, 'published'>, theme: string) {
  let facets = eb
    .selectFrom('published_facet')
    .select('published_facet.position')
    .whereRef('published_facet.position', '=', 'published.position')
    .where('facet', '=', 'theme');
  if (theme !== 'any') facets = facets.where('value', '=', theme);
  const record = eb
    .selectFrom('dataset')
    .select('dataset.id')
    .whereRef('dataset.id', '=', 'published.dataset_id')
    .where('record_json', 'like', theme === 'any' ? '%"theme":[%' : `%"theme":[%"${theme}"%`);
  return eb.or([eb.exists(facets), eb.and([eb('live', '=', 0), eb.exists(record)])]);
}

function fromRow(row: Row): HarvestHead {
  return {
    position: row.position,
    datasetId: row.dataset_id,
    isLive: row.live === 1,
    publisher: row.publisher_id,
    changedAt: row.changed_at,
  };
}
