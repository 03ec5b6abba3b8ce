import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../kernel/clock.ts';
import { wordsOf } from '../kernel/spelling.ts';
import type { DatasetRecord } from '../model/dataset.ts';
import type { Database } from '../storage/database.ts';
import { didYouMean } from './did-you-mean.ts';
import {
  type FacetCount,
  FacetIndex,
  type Selection,
  type TouchedPositions,
} from './facet-index.ts';
import { type Hit, publishedSearchRepository } from './published-search-repository.ts';
import { meritsOf, rankFound } from './rank-found.ts';
import { relatedPositions } from './related-positions.ts';
import {
  type FacetName,
  facetNames,
  isUnfiltered,
  type SearchQuery,
  uncounted,
} from './search-query.ts';
import { readTerms, type SearchTerm } from './search-terms.ts';
import { WordIndex } from './word-index.ts';

export interface SearchResults {
  readonly total: number;
  readonly hits: readonly Hit[];
  readonly facets: ReadonlyMap<FacetName, readonly FacetCount[]>;
  /** Nothing was found; this may have been meant. */
  readonly didYouMean?: string;
}

const counted = facetNames.filter((facet) => !uncounted.includes(facet));
/** Beyond so many changes the facets are read anew. */
const mostTouched = 5000;
/** So many texts are read in one go: some fifty milliseconds. */
const atOnce = 2000;
/** Orders of questions that are remembered, so that the next page is not ranked again. */
const mostQuestions = 20;

type Sort = SearchQuery['sort'];

/** What is remembered of one version of the catalogue. */
interface Memory {
  readonly version: number;
  readonly index: FacetIndex;
  readonly words: WordIndex;
  readonly orders: Map<Sort, readonly number[]>;
  /** What was found for a question, the best first. */
  readonly questions: Map<string, readonly number[]>;
  /** What each position is worth beside its words. */
  merits?: Float32Array;
  /** What no filter leaves out. */
  everything?: Selection;
}

/**
 * Makes the public search over what is published.
 *
 * The database finds the words and gives the records. Facets, orders, and the words that decide what comes first are
 * kept in memory, and follow the catalogue's version: every search sees what was published before it began.
 */
export function createSearch(database: Database, clock: Clock) {
  const repository = publishedSearchRepository(database.read, database.traits);
  let memory: Memory | undefined;
  let refreshing: Promise<Memory> | undefined;

  /** The memory of the present version; searches that come together wait for one refresh. */
  async function present(): Promise<Memory> {
    const current = await database.version();
    if (memory?.version === current) return memory;
    refreshing ??= refresh(memory, current).finally(() => {
      refreshing = undefined;
    });
    const refreshed = await refreshing;
    return refreshed.version >= current ? refreshed : present();
  }

  async function refresh(before: Memory | undefined, current: number): Promise<Memory> {
    const touched = before && (await repository.touchedAfter(before.version));
    const { index, words } =
      before && touched && touched.touched.length <= mostTouched
        ? await bringUpToDate(before, touched)
        : await readAnew();
    memory = { version: current, index, words, orders: new Map(), questions: new Map() };
    return memory;
  }

  /** In one go between two answers: searches that are under way use the same memory. */
  async function bringUpToDate({ index, words }: Memory, changed: TouchedPositions) {
    const { touched } = changed;
    const [rows, texts] = await Promise.all([
      repository.facetPositions(counted, touched),
      repository.texts(touched),
    ]);
    index.update(changed, rows);
    words.update(touched, texts);
    return { index, words };
  }

  /** In pieces, between which others are answered: of a hundred thousand datasets it takes seconds. */
  async function readAnew() {
    const index = new FacetIndex(counted);
    const words = new WordIndex();
    const all = await repository.touchedAfter(-1);
    index.update(all, await repository.facetPositions(counted, undefined));
    for (let at = 0; at < all.live.length; at += atOnce) {
      const piece = all.live.slice(at, at + atOnce);
      words.update(piece, await repository.texts(piece));
      await setImmediate();
    }
    return { index, words };
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
    return now.index.select(await withUncounted(found, filters), filters);
  }

  /** What holds every term, the best first. */
  async function byRelevance(
    terms: readonly SearchTerm[],
    now: Memory,
  ): Promise<readonly number[]> {
    const { words, questions } = now;
    const key = JSON.stringify(terms);
    const known = questions.get(key);
    if (known) return known;
    const found = await repository.holding(terms);
    now.merits ??= meritsOf(words, Date.parse(clock()));
    const ranked = rankFound(words, terms, found, now.merits);
    if (questions.size >= mostQuestions) questions.delete(questions.keys().next().value ?? '');
    questions.set(key, ranked);
    return ranked;
  }

  async function withUncounted(
    found: readonly number[] | undefined,
    filters: SearchQuery['filters'],
  ): Promise<readonly number[] | undefined> {
    let left = found;
    for (const facet of uncounted) {
      const values = filters[facet];
      if (!values) continue;
      const positions = await repository.withFacet(facet, values);
      const wanted = marks(positions);
      left = left ? left.filter((position) => wanted[position] === 1) : positions;
    }
    return left;
  }

  return {
    /** Reads what searches keep in memory, for which the first of a process would have to wait. */
    async warmUp(): Promise<void> {
      await present();
    },

    /** A page of results; `page` counts from 1. Past the end: no hits and the true total. */
    async search(query: SearchQuery, page: number, pageSize: number): Promise<SearchResults> {
      const now = await present();
      const { terms, words, sort } = query;
      const found = terms.length > 0 ? await byRelevance(terms, now) : undefined;
      const { passes, total, facets } = await select(found, query, now);
      const order =
        found && sort === 'relevance'
          ? found
          : await ordered(sort === 'relevance' ? 'modified' : sort, now);
      const positions = slice(order, passes, (page - 1) * pageSize, pageSize);
      const meant = found?.length === 0 ? didYouMean(words, now.words) : undefined;
      return {
        total,
        facets,
        hits: await repository.hitsAt(positions),
        ...(meant !== undefined && { didYouMean: meant }),
      };
    },

    /** Datasets by their ids, in that order; those that are published. */
    async hitsOf(datasetIds: readonly string[]): Promise<readonly Hit[]> {
      return repository.hitsAt(await repository.positionsOf(datasetIds));
    },

    /** Published datasets that belong to one, the nearest first. */
    async related(
      { id, inSeries = [] }: Pick<DatasetRecord, 'id' | 'inSeries'>,
      limit: number,
    ): Promise<readonly Hit[]> {
      const [{ index, words }, [position], siblings] = await Promise.all([
        present(),
        repository.positionsOf([id]),
        inSeries.length > 0 ? repository.withFacet('inSeries', inSeries) : [],
      ]);
      if (position === undefined) return [];
      const near = relatedPositions(position, siblings, words, index);
      return repository.hitsAt(near.slice(0, limit));
    },

    /** How many files and APIs the published datasets have. */
    countDistributions: () => repository.countDistributions(),

    /** The positions that hold every word, the best first. */
    async relevance(words: readonly string[]): Promise<readonly number[]> {
      return byRelevance(readTerms(wordsOf(words.join(' '))), await present());
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
      const { terms } = query;
      const found = terms.length > 0 ? await byRelevance(terms, now) : undefined;
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
