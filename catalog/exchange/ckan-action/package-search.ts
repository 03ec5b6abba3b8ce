import type { Agency } from '../../inventory/agency-repository.ts';
import type { Clock } from '../../kernel/clock.ts';
import { fold } from '../../kernel/fold.ts';
import type { Database } from '../../storage/database.ts';
import { searchError, searchQueryError } from './action-errors.ts';
import { ckanSearchRepository, type SortColumn, type SortKey } from './ckan-search-repository.ts';
import type { NamedRecord } from './package-dict.ts';
import { type FieldContext, isSearchField, toFilter } from './search-fields.ts';
import { type SearchFilter, textsIn, wordsOf } from './search-filter.ts';
import { parseSolr } from './solr-parse.ts';
import type { SolrQuery } from './solr-query.ts';

export interface FacetCount {
  readonly value: string;
  readonly count: number;
}

/** What the public search knows of words and facets. */
export interface SearchHelp {
  /** The positions that hold every word, the best first. */
  relevance(words: readonly string[]): Promise<readonly number[]>;
  /** How often each value of our facets occurs among live positions; keywords are not counted. */
  facetsAmong(positions: readonly number[]): Promise<ReadonlyMap<string, readonly FacetCount[]>>;
}

export interface PackageSearchDeps {
  readonly database: Database;
  readonly search: SearchHelp;
  readonly agencies: () => Promise<readonly Agency[]>;
  readonly clock: Clock;
}

/** A query as CKAN's clients send it: `q`, every `fq`, and `sort`. */
export interface PackageQuery {
  readonly q: string;
  readonly fq: readonly string[];
  readonly sort: string;
}

/** What passes a query, in order, of one version of the catalogue. */
export interface Selection {
  readonly positions: readonly number[];
  facets(): Promise<ReadonlyMap<string, readonly FacetCount[]>>;
  keywords(): Promise<readonly FacetCount[]>;
}

const mostRemembered = 24;
const mostWords = 32;
const mostTexts = 64;
export const defaultSort = 'score desc, metadata_modified desc';

const sortColumns: Readonly<Record<string, SortColumn>> = {
  id: 'uuid',
  name: 'name',
  title: 'title_sort',
  title_string: 'title_sort',
  metadata_created: 'created_at',
  metadata_modified: 'changed_at',
  views_recent: 'downloads',
  views_total: 'downloads',
};

/**
 * Makes the search behind `package_search`.
 *
 * The order of a whole result is kept for the version of the catalogue that it was made from, so that who walks
 * through a hundred thousand datasets asks the database once and slices from then on.
 */
export function createPackageSearch(deps: PackageSearchDeps) {
  const { database, search, agencies } = deps;
  const repository = ckanSearchRepository(database.read, database.traits);
  const remembered = new Map<string, Promise<Selection>>();

  async function select(query: PackageQuery): Promise<Selection> {
    const order = readSort(query.sort);
    const present = await agencies();
    const filter = readFilter(query, { agencies: present, now: deps.clock() });
    // What depends on the hour, or on downloads, which no version counts, is asked anew.
    if (/NOW/.test([query.q, ...query.fq].join()) || order.some(isByDownloads)) {
      return make(filter, order);
    }
    const key = JSON.stringify([await database.version(), query]);
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const made = make(filter, order);
    remembered.set(key, made);
    made.catch(() => remembered.delete(key));
    for (const oldest of remembered.keys()) {
      if (remembered.size <= mostRemembered) break;
      remembered.delete(oldest);
    }
    return made;
  }

  async function make(
    filter: SearchFilter,
    order: readonly (SortKey | Score)[],
  ): Promise<Selection> {
    const byScore = order.findIndex(isScore);
    const keys = order.filter((key): key is SortKey => !isScore(key));
    const found = await repository.matching(filter, keys);
    const words = [...new Set(wordsOf(filter))];
    const isRanked = byScore === 0 && words.length > 0;
    const positions = isRanked ? ranked(found, await search.relevance(words)) : found;
    return {
      positions,
      facets: once(() => search.facetsAmong(positions)),
      keywords: once(() => repository.countKeywords(filter)),
    };
  }

  return {
    select,
    /** Records in the order of their positions. */
    recordsAt: (positions: readonly number[]): Promise<readonly NamedRecord[]> =>
      repository.recordsAt(positions),
    /** A published dataset by our id. */
    async find(datasetId: string): Promise<NamedRecord | undefined> {
      const position = await repository.positionOf(datasetId);
      return position === undefined ? undefined : (await repository.recordsAt([position]))[0];
    },
    names: (offset: number, limit: number | undefined) => repository.names(offset, limit),
    /** Names and titles that begin with, or whose title holds, what somebody has typed so far. */
    async complete(text: string, limit: number) {
      const context = { agencies: [], now: deps.clock() };
      const words = fold(text).split(' ').filter(Boolean);
      const parts = words.map((word) => toFilter(titlePrefix(word), context));
      return repository.completions(fold(text), { kind: 'and', parts }, limit);
    },
  };
}

export type PackageSearch = ReturnType<typeof createPackageSearch>;

/** Asks once and remembers the answer; a failure is not remembered. */
function once<Answer>(ask: () => Promise<Answer>): () => Promise<Answer> {
  let asked: Promise<Answer> | undefined;
  return () => {
    asked ??= ask().catch((error: unknown) => {
      asked = undefined;
      throw error;
    });
    return asked;
  };
}

interface Score {
  readonly column: 'score';
  readonly direction: 'asc' | 'desc';
}

function isScore(key: SortKey | Score): key is Score {
  return key.column === 'score';
}

function isByDownloads({ column }: SortKey | Score): boolean {
  return column === 'downloads';
}

function titlePrefix(word: string): SolrQuery {
  return { kind: 'wildcard', field: 'title', pattern: `${word.replace(/[*?\\]/g, '')}*` };
}

/** The best first; what holds not every word keeps its order behind them. */
function ranked(found: readonly number[], best: readonly number[]): readonly number[] {
  const waiting = new Set(found);
  const first = best.filter((position) => waiting.delete(position));
  return [...first, ...waiting];
}

/**
 * Reads `sort`: fields with a direction, parted by commas.
 *
 * @throws {CatalogError} `malformed` / `ckan-search-query`
 */
export function readSort(sort: string): readonly (SortKey | Score)[] {
  return sort.split(',').map((part) => {
    const [, name = '', direction = ''] = /^\s*(\w+)\s+(asc|desc)\s*$/i.exec(part) ?? [];
    const stored = Object.hasOwn(sortColumns, name) ? sortColumns[name] : undefined;
    const column = name === 'score' ? 'score' : stored;
    const order = direction.toLowerCase();
    if (column !== undefined && (order === 'asc' || order === 'desc')) {
      return { column, direction: order };
    }
    const known = ['score', ...Object.keys(sortColumns)].join(', ');
    throw searchQueryError({
      vi: `Tham số "sort" không hợp lệ: "${part.slice(0, 80)}"; hãy viết "trường asc" hoặc "trường desc" với một trong: ${known}.`,
      en: `Invalid "sort" parameter: "${part.slice(0, 80)}"; write "field asc" or "field desc" with one of: ${known}.`,
    });
  });
}

/**
 * Reads what must hold: `q` as a person may type it, and each `fq` to the letter.
 *
 * @throws {CatalogError} `malformed` / `ckan-search-syntax`
 */
export function readFilter({ q, fq }: PackageQuery, context: FieldContext): SearchFilter {
  for (const text of [q, ...fq]) {
    if (text.trimStart().startsWith('{!')) {
      throw searchError({
        vi: 'Không nhận tham số cục bộ {!…} của Solr; hãy bỏ phần đó.',
        en: 'Local parameters are not supported; leave {!…} out.',
      });
    }
  }
  const parts = [readWords(q, context), ...fq.map((text) => toFilter(parseSolr(text), context))];
  const filter: SearchFilter = { kind: 'and', parts };
  if (textsIn(filter) <= mostTexts) return filter;
  throw searchError({
    vi: `Câu truy vấn tìm quá ${mostTexts} từ; hãy chia nhỏ.`,
    en: `The query looks for more than ${mostTexts} words; split it.`,
  });
}

/** As edismax does: what is no query, or names a field that is none, is words. */
function readWords(q: string, context: FieldContext): SearchFilter {
  const query = parseOrUndefined(q);
  const isQuery = query && !hasInfix(query) && fieldsOf(query).every(isSearchField);
  if (isQuery) return toFilter(query, context);
  const words = q.split(/\s+/).slice(0, mostWords);
  return toFilter({ kind: 'and', parts: words.map((value) => ({ kind: 'term', value })) }, context);
}

function parseOrUndefined(q: string): SolrQuery | undefined {
  try {
    return parseSolr(q);
  } catch {
    return undefined;
  }
}

/** Whether it looks for a part of a word, `*bus*`, which only whole words can stand for. */
function hasInfix(query: SolrQuery): boolean {
  if ('parts' in query) return query.parts.some(hasInfix);
  if ('part' in query) return hasInfix(query.part);
  return (
    query.kind === 'wildcard' && query.field === undefined && !/^[^*?]+\*+$/.test(query.pattern)
  );
}

function fieldsOf(query: SolrQuery): readonly string[] {
  if ('parts' in query) return query.parts.flatMap(fieldsOf);
  if ('part' in query) return fieldsOf(query.part);
  return query.kind === 'all' || query.field === undefined ? [] : [query.field];
}
