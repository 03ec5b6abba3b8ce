import { CatalogError } from '../kernel/errors.ts';
import { type Word, wordsOf } from '../kernel/spelling.ts';
import { readTerms, type SearchTerm } from './search-terms.ts';

/** What the public filters by, in the order in which a page shows it. */
export const facetNames = [
  'theme',
  'publisher',
  'format',
  'license',
  'accrualPeriodicity',
  'modified',
  'quality',
  'keyword',
  'applicableLegislation',
  'plan',
  'inSeries',
] as const;
/** Those with too many values to count; they are filtered by in the database. */
export const uncounted: readonly FacetName[] = [
  'keyword',
  'applicableLegislation',
  'plan',
  'inSeries',
];
export type FacetName = (typeof facetNames)[number];

export const sortNames = ['relevance', 'modified', 'issued', 'title', 'downloads'] as const;
export type SortName = (typeof sortNames)[number];

export interface SearchQuery {
  readonly q: string;
  /** What was asked for, in words; a word that is repeated counts once. */
  readonly words: readonly Word[];
  /** What is looked for: each must be held. */
  readonly terms: readonly SearchTerm[];
  readonly filters: Readonly<Partial<Record<FacetName, readonly string[]>>>;
  readonly sort: SortName;
}

const longestQuery = 500;
const mostWords = 16;

/**
 * Reads a query from what a client sent: `q`, `sort` and the facets' names, each once or several times.
 *
 * A text longer than 500 characters is cut; that many words find nothing anyway.
 *
 * @throws {CatalogError} `malformed` / `sort-unknown`
 */
export function readSearchQuery(parameters: URLSearchParams): SearchQuery {
  const q = (parameters.get('q') ?? '').slice(0, longestQuery);
  const words = distinct(wordsOf(q)).slice(0, mostWords);
  const filters: Partial<Record<FacetName, readonly string[]>> = {};
  for (const name of facetNames) {
    const values = [...new Set(parameters.getAll(name).filter((value) => value !== ''))].slice(
      0,
      50,
    );
    if (values.length > 0) filters[name] = values;
  }
  const sort = parameters.get('sort') || (words.length > 0 ? 'relevance' : 'modified');
  if (!isSort(sort)) {
    throw new CatalogError('malformed', 'sort-unknown', {
      vi: `Không có cách sắp xếp "${sort}"; hãy dùng một trong: ${sortNames.join(', ')}.`,
      en: `There is no sort "${sort}"; use one of: ${sortNames.join(', ')}.`,
    });
  }
  return { q, words, terms: readTerms(words), filters, sort };
}

function distinct(words: readonly Word[]): readonly Word[] {
  const seen = new Set<string>();
  return words.filter(({ spelled }) => !seen.has(spelled) && seen.add(spelled));
}

function isSort(text: string): text is SortName {
  return (sortNames as readonly string[]).includes(text);
}

/** Whether the query lets everything through. */
export function isUnfiltered(query: SearchQuery): boolean {
  return query.words.length === 0 && Object.keys(query.filters).length === 0;
}
