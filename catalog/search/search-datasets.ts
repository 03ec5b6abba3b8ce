import type { Database } from '../storage/database.ts';
import {
  type FacetCount,
  type Hit,
  publishedSearchRepository,
} from './published-search-repository.ts';
import { type FacetName, isUnfiltered, type SearchQuery } from './search-query.ts';

export interface SearchResults {
  readonly total: number;
  readonly hits: readonly Hit[];
  readonly facets: ReadonlyMap<FacetName, readonly FacetCount[]>;
}

/** Remembers, for one version of the catalogue, what many readers ask alike. */
interface Memory {
  version: number;
  readonly counted: Map<string, Counted>;
}

type Counted = Pick<SearchResults, 'total' | 'facets'>;

const mostRemembered = 500;

/**
 * Makes the public search over what is published.
 *
 * Totals and facet counts are remembered until the catalogue's version changes; the hits are always asked for.
 */
export function createSearch(database: Database, version: () => Promise<number>) {
  const memory: Memory = { version: -1, counted: new Map() };

  async function count(query: SearchQuery): Promise<Counted> {
    const current = await version();
    if (memory.version !== current) {
      memory.version = current;
      memory.counted.clear();
    }
    const key = JSON.stringify([query.words, query.filters]);
    const known = memory.counted.get(key);
    if (known) return known;
    const repository = publishedSearchRepository(database.read, database.traits);
    const counted = {
      total: await repository.count(query),
      facets: await repository.facets(query),
    };
    if (memory.counted.size >= mostRemembered) {
      const [oldest] = memory.counted.keys();
      if (oldest !== undefined) memory.counted.delete(oldest);
    }
    memory.counted.set(key, counted);
    return counted;
  }

  return {
    /** A page of results; `page` counts from 1. Past the end: no hits and the true total. */
    async search(query: SearchQuery, page: number, pageSize: number): Promise<SearchResults> {
      const repository = publishedSearchRepository(database.read, database.traits);
      const hits = await repository.hits(query, (page - 1) * pageSize, pageSize);
      return { ...(await count(query)), hits };
    },

    /** How many files and APIs the published datasets have. */
    countDistributions: () =>
      publishedSearchRepository(database.read, database.traits).countDistributions(),

    /** The positions that match, for a filtered feed; absent when everything does. */
    async matching(query: SearchQuery): Promise<readonly number[] | undefined> {
      if (isUnfiltered(query)) return undefined;
      return publishedSearchRepository(database.read, database.traits).positions(query);
    },
  };
}

export type Search = ReturnType<typeof createSearch>;
