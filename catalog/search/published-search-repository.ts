import { type SelectQueryBuilder, sql } from 'kysely';
import type { DatasetRecord } from '../model/dataset.ts';
import type { Queryable, Tables } from '../storage/database.ts';
import type { DialectTraits } from '../storage/dialects/dialect.ts';
import { type FacetName, facetNames, type SearchQuery } from './search-query.ts';

/** A dataset in a list of results. */
export interface Hit {
  readonly record: DatasetRecord;
  readonly changedAt: string;
  readonly downloads: number;
}

export interface FacetCount {
  readonly value: string;
  readonly count: number;
}

type Candidates = SelectQueryBuilder<Tables, 'published', { position: number }>;

/** Every SQL statement that searches what is published. */
export function publishedSearchRepository(db: Queryable, traits: DialectTraits) {
  /** Live datasets under every filter but that of `except`. */
  const candidates = (query: SearchQuery, except?: FacetName): Candidates => {
    let select = db
      .selectFrom('published')
      .select('published.position')
      .where('published.live', '=', 1);
    if (query.words.length > 0) {
      const match = traits.match(query.words);
      select = select.where(
        sql`published.position`,
        'in',
        sql`(select position from ${match} as matched)`,
      );
    }
    for (const facet of facetNames) {
      const values = query.filters[facet];
      if (!values || facet === except) continue;
      select = select.where('published.position', 'in', (eb) =>
        eb
          .selectFrom('published_facet')
          .select('published_facet.position')
          .where('facet', '=', facet)
          .where('value', 'in', [...values]),
      );
    }
    return select;
  };

  return {
    async count(query: SearchQuery): Promise<number> {
      const row = await candidates(query)
        .clearSelect()
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      return Number(row.count);
    },

    async countDistributions(): Promise<number> {
      const row = await db
        .selectFrom('distribution')
        .innerJoin('published', 'published.dataset_id', 'distribution.dataset_id')
        .where('published.live', '=', 1)
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      return Number(row.count);
    },

    /** Every position that matches, in order. */
    async positions(query: SearchQuery): Promise<readonly number[]> {
      const rows = await candidates(query).orderBy('published.position').execute();
      return rows.map(({ position }) => position);
    },

    async hits(query: SearchQuery, offset: number, limit: number): Promise<readonly Hit[]> {
      let select = candidates(query)
        .innerJoin('dataset', 'dataset.id', 'published.dataset_id')
        .select(['dataset.record_json', 'published.changed_at', 'published.downloads']);
      if (query.sort === 'relevance' && query.words.length > 0) {
        select = select
          .innerJoin(
            traits.match(query.words).as<'ranked'>('ranked'),
            'ranked.position',
            'published.position',
          )
          .orderBy('ranked.rank');
      }
      if (query.sort === 'title') select = select.orderBy('published.title_sort');
      if (query.sort === 'issued')
        select = select.orderBy(sql`coalesce(published.issued, '')`, 'desc');
      if (query.sort === 'downloads') select = select.orderBy('published.downloads', 'desc');
      if (query.sort === 'modified' || query.sort === 'relevance') {
        select = select.orderBy('published.modified', 'desc');
      }
      const rows = await select.orderBy('published.position').offset(offset).limit(limit).execute();
      return rows.map((row) => ({
        record: JSON.parse(row.record_json) as DatasetRecord,
        changedAt: row.changed_at,
        downloads: row.downloads,
      }));
    },

    /** How many of the candidates have each value. A facet that is filtered counts as if it were not. */
    async facets(query: SearchQuery): Promise<ReadonlyMap<FacetName, readonly FacetCount[]>> {
      const counts = new Map<FacetName, FacetCount[]>();
      const counted = facetNames.filter((facet) => facet !== 'keyword');
      const free = counted.filter((facet) => query.filters[facet] === undefined);
      const groups = [
        { facets: free, except: undefined },
        ...counted
          .filter((facet) => query.filters[facet] !== undefined)
          .map((facet) => ({ facets: [facet], except: facet })),
      ];
      for (const { facets, except } of groups) {
        if (facets.length === 0) continue;
        const rows = await db
          .selectFrom('published_facet')
          .select((eb) => ['facet', 'value', eb.fn.countAll<number>().as('count')])
          .where('facet', 'in', [...facets])
          .where('position', 'in', candidates(query, except))
          .groupBy(['facet', 'value'])
          .execute();
        for (const { facet, value, count } of rows) {
          const name = facet as FacetName;
          const list = counts.get(name) ?? [];
          list.push({ value, count: Number(count) });
          counts.set(name, list);
        }
      }
      for (const list of counts.values()) {
        list.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
      }
      return counts;
    },
  };
}
