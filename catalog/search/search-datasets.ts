import type { Database } from '../storage/database.ts';
import { type FacetCount, FacetIndex, type Selection } from './facet-index.ts';
import { type Hit, publishedSearchRepository } from './published-search-repository.ts';
import { type FacetName, facetNames, isUnfiltered, type SearchQuery } from './search-query.ts';

export interface SearchResults {
  readonly total: number;
  readonly hits: readonly Hit[];
  readonly facets: ReadonlyMap<FacetName, readonly FacetCount[]>;
}

/** Keywords are too many to be counted; they are filtered by in the database. */
const counted = facetNames.filter((facet) => facet !== 'keyword');
/** Beyond so many changes the facets are read anew. */
const mostTouched = 5000;
/** Ranking reads how often each word stands where: about a millisecond for a thousand datasets. */
const mostRanked = 3000;

type Sort = SearchQuery['sort'];

/** What is remembered of one version of the catalogue. */
interface Memory {
  readonly version: number;
  readonly index: FacetIndex;
  readonly orders: Map<Sort, readonly number[]>;
  /** What no filter leaves out. */
  everything?: Selection;
}

/**
 * Makes the public search over what is published.
 *
 * The database finds the words and gives the records. Facets and orders are kept in memory, and follow the
 * catalogue's version: every search sees what was published before it began.
 */
export function createSearch(database: Database, version: () => Promise<number>) {
  const repository = publishedSearchRepository(database.read, database.traits);
  let memory: Memory | undefined;
  let refreshing: Promise<Memory> | undefined;

  /** The memory of the present version; searches that come together wait for one refresh. */
  async function present(): Promise<Memory> {
    const current = await version();
    if (memory?.version === current) return memory;
    refreshing ??= refresh(memory, current).finally(() => {
      refreshing = undefined;
    });
    const refreshed = await refreshing;
    return refreshed.version >= current ? refreshed : present();
  }

  async function refresh(before: Memory | undefined, current: number): Promise<Memory> {
    const touched = before && (await repository.touchedAfter(before.version));
    if (before && touched && touched.touched.length <= mostTouched) {
      const rows = await repository.facetPositions(counted, touched.touched);
      before.index.update(touched, rows);
      memory = { version: current, index: before.index, orders: new Map() };
      return memory;
    }
    const index = new FacetIndex(counted);
    const everything = await repository.touchedAfter(-1);
    index.update(everything, await repository.facetPositions(counted, undefined));
    memory = { version: current, index, orders: new Map() };
    return memory;
  }

  /** Every live position in the order of a sort. Downloads change without a version, so theirs is not remembered. */
  async function ordered(sort: Exclude<Sort, 'relevance'>, { orders }: Memory) {
    const known = orders.get(sort);
    if (known) return known;
    const order = await repository.ordered(sort);
    if (sort !== 'downloads') orders.set(sort, order);
    return order;
  }

  async function select(
    found: readonly number[] | undefined,
    query: SearchQuery,
    now: Memory,
  ): Promise<Selection> {
    const { filters } = query;
    if (isUnfiltered(query)) {
      now.everything ??= now.index.select(undefined, filters);
      return now.everything;
    }
    return now.index.select(await withKeyword(found, filters.keyword), filters);
  }

  /**
   * What holds the words, the best first. Words that a great many hold say little: then those that hold them in the
   * title come first, and each group is in order of its dates unless it is small enough to be ranked.
   */
  async function byRelevance(
    words: readonly string[],
    found: number,
    now: Memory,
  ): Promise<readonly number[]> {
    if (found <= mostRanked) return repository.ranked(words);
    const titles = await repository.holding(words, 'title');
    const newest = await ordered('modified', now);
    const isTitle = marks(titles);
    const first =
      titles.length <= mostRanked
        ? await repository.ranked(words, 'title')
        : newest.filter((position) => isTitle[position] === 1);
    return [...first, ...newest.filter((position) => isTitle[position] !== 1)];
  }

  async function withKeyword(
    found: readonly number[] | undefined,
    keywords: readonly string[] | undefined,
  ): Promise<readonly number[] | undefined> {
    if (!keywords) return found;
    const positions = await repository.withKeyword(keywords);
    if (!found) return positions;
    const wanted = marks(positions);
    return found.filter((position) => wanted[position] === 1);
  }

  return {
    /** A page of results; `page` counts from 1. Past the end: no hits and the true total. */
    async search(query: SearchQuery, page: number, pageSize: number): Promise<SearchResults> {
      const now = await present();
      const { words, sort } = query;
      const found = words.length > 0 ? await repository.holding(words) : undefined;
      const { passes, total, facets } = await select(found, query, now);
      const order =
        found && sort === 'relevance'
          ? await byRelevance(words, found.length, now)
          : await ordered(sort === 'relevance' ? 'modified' : sort, now);
      const positions = slice(order, passes, (page - 1) * pageSize, pageSize);
      return { total, facets, hits: await repository.hitsAt(positions) };
    },

    /** How many files and APIs the published datasets have. */
    countDistributions: () => repository.countDistributions(),

    /** The positions that hold every word, the best first. */
    async relevance(words: readonly string[]): Promise<readonly number[]> {
      const found = await repository.holding(words);
      return byRelevance(words, found.length, await present());
    },

    /** How often each value of a facet occurs among live positions; keywords are not counted. */
    async facetsAmong(
      positions: readonly number[],
    ): Promise<ReadonlyMap<FacetName, readonly FacetCount[]>> {
      return (await present()).index.select(positions, {}).facets;
    },

    /** The positions that match, for a filtered feed; absent when everything does. */
    async matching(query: SearchQuery): Promise<readonly number[] | undefined> {
      if (isUnfiltered(query)) return undefined;
      const now = await present();
      const { words } = query;
      const found = words.length > 0 ? await repository.holding(words) : undefined;
      return positionsOf((await select(found, query, now)).passes);
    },
  };
}

export type Search = ReturnType<typeof createSearch>;

/** The positions as an array of 0 and 1: for a hundred thousand of them many times faster than a set. */
function marks(positions: readonly number[]): Uint8Array {
  const marked = new Uint8Array(
    positions.reduce((most, position) => Math.max(most, position), 0) + 1,
  );
  for (const position of positions) marked[position] = 1;
  return marked;
}

/** Those of an order that pass, from `offset` on, at most `limit`. */
function slice(
  order: readonly number[],
  passes: Uint8Array,
  offset: number,
  limit: number,
): readonly number[] {
  const positions: number[] = [];
  let passed = 0;
  for (const position of order) {
    if (passes[position] !== 1) continue;
    passed += 1;
    if (passed > offset) positions.push(position);
    if (positions.length === limit) break;
  }
  return positions;
}

function positionsOf(passes: Uint8Array): readonly number[] {
  const positions: number[] = [];
  for (let position = 0; position < passes.length; position += 1) {
    if (passes[position] === 1) positions.push(position);
  }
  return positions;
}
