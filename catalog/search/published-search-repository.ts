import { type RawBuilder, sql } from 'kysely';
import type { DatasetRecord } from '../model/dataset.ts';
import type { Queryable } from '../storage/database.ts';
import type { DialectTraits } from '../storage/dialects/dialect.ts';
import { readPositions } from '../storage/positions.ts';
import type { FacetPositions, TouchedPositions } from './facet-index.ts';
import type { FacetName, SortName } from './search-query.ts';
import { type SearchTerm, wantedOf } from './search-terms.ts';
import type { IndexedText } from './word-index.ts';

/** A dataset in a list of results. */
export interface Hit {
  readonly record: DatasetRecord;
  readonly changedAt: string;
  readonly downloads: number;
}

/** Every SQL statement that searches what is published. Lists of positions arrive as one text, see `gather`. */
export function publishedSearchRepository(db: Queryable, traits: DialectTraits) {
  const gathered = traits.gather('position').as('positions');

  return {
    async countDistributions(): Promise<number> {
      const row = await db
        .selectFrom('distribution')
        .innerJoin('published', 'published.dataset_id', 'distribution.dataset_id')
        .where('published.live', '=', 1)
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      return Number(row.count);
    },

    /** Positions that hold every term, in no order. */
    async holding(terms: readonly SearchTerm[]): Promise<readonly number[]> {
      const { rows } = await sql<{ positions: string | null }>`
        select ${gathered} from ${traits.holding(terms.map(wantedOf))} as matched`.execute(db);
      return readPositions(rows[0]?.positions);
    },

    /** What is ranked by, of what is live among positions. */
    async texts(positions: readonly number[]): Promise<readonly IndexedText[]> {
      if (positions.length === 0) return [];
      return db
        .selectFrom('published_text')
        .innerJoin('published', 'published.position', 'published_text.position')
        .select([
          'published_text.position',
          'published_text.title',
          'published_text.keyword',
          'published.modified',
          'published.downloads',
        ])
        .where('published.live', '=', 1)
        .where('published_text.position', 'in', [...positions])
        .orderBy('published_text.position')
        .execute();
    },

    /** Every live position in an order. What was changed, issued or fetched last stands first. */
    async ordered(by: Exclude<SortName, 'relevance'>): Promise<readonly number[]> {
      const select = db.selectFrom('published').select('position').where('live', '=', 1);
      const sorted =
        by === 'title'
          ? select.orderBy('title_sort').orderBy('position')
          : select.orderBy(newestFirst(by)).orderBy('position', 'desc');
      const row = await db
        .selectFrom(sorted.as('sorted'))
        .select(gathered)
        .executeTakeFirstOrThrow();
      return readPositions(row.positions);
    },

    /** What changed after a version of the catalogue; of everything, from -1 on. */
    async touchedAfter(version: number): Promise<TouchedPositions> {
      const rows = await db
        .selectFrom('published')
        .select(['live', gathered])
        .where('version', '>', version)
        .groupBy('live')
        .execute();
      const of = (live: number) =>
        readPositions(rows.find((row) => Number(row.live) === live)?.positions);
      const live = of(1);
      return { touched: [...live, ...of(0)], live };
    },

    /** The values of facets at positions, or everywhere. */
    async facetPositions(
      facets: readonly FacetName[],
      positions: readonly number[] | undefined,
    ): Promise<readonly FacetPositions[]> {
      let select = db
        .selectFrom('published_facet')
        .select(['facet', 'value', gathered])
        .where('facet', 'in', [...facets]);
      if (positions?.length === 0) return [];
      if (positions) select = select.where('position', 'in', [...positions]);
      const rows = await select.groupBy(['facet', 'value']).execute();
      return rows.map((row) => ({
        facet: row.facet as FacetName,
        value: row.value,
        positions: readPositions(row.positions),
      }));
    },

    /** Positions that have one of the values of a facet. */
    async withFacet(facet: FacetName, values: readonly string[]): Promise<readonly number[]> {
      const row = await db
        .selectFrom('published_facet')
        .select(gathered)
        .where('facet', '=', facet)
        .where('value', 'in', [...values])
        .executeTakeFirstOrThrow();
      return readPositions(row.positions);
    },

    /** Where live datasets stand, in the order of their ids as given. */
    async positionsOf(datasetIds: readonly string[]): Promise<readonly number[]> {
      if (datasetIds.length === 0) return [];
      const rows = await db
        .selectFrom('published')
        .select(['dataset_id', 'position'])
        .where('dataset_id', 'in', [...datasetIds])
        .where('live', '=', 1)
        .execute();
      const found = new Map(rows.map((row) => [row.dataset_id, row.position]));
      return datasetIds.flatMap((id) => found.get(id) ?? []);
    },

    async hitsAt(positions: readonly number[]): Promise<readonly Hit[]> {
      if (positions.length === 0) return [];
      const rows = await db
        .selectFrom('published')
        .innerJoin('dataset', 'dataset.id', 'published.dataset_id')
        .select([
          'published.position',
          'dataset.record_json',
          'published.changed_at',
          'published.downloads',
          'published.live',
        ])
        .where('published.position', 'in', [...positions])
        .execute();
      // Asked in SQL, SQLite would walk an index of everything that is live instead of these few rows.
      const live = rows.filter((row) => row.live === 1);
      const found = new Map(live.map((row) => [row.position, row]));
      return positions.flatMap((position) => {
        const row = found.get(position);
        if (!row) return [];
        return {
          record: JSON.parse(row.record_json) as DatasetRecord,
          changedAt: row.changed_at,
          downloads: row.downloads,
        };
      });
    },
  };
}

/** Descending, what has no date last, on both databases. */
function newestFirst(by: 'modified' | 'issued' | 'downloads'): RawBuilder<unknown> {
  return by === 'issued' ? sql`coalesce(issued, '') desc` : sql`${sql.ref(by)} desc`;
}
