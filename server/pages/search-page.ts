import { vocabulary } from '../../catalog/model/vocabularies.ts';
import type { FacetCount } from '../../catalog/search/facet-index.ts';
import type { SearchResults } from '../../catalog/search/search-datasets.ts';
import {
  type FacetName,
  facetNames,
  type SearchQuery,
  sortNames,
} from '../../catalog/search/search-query.ts';
import { type AgencyNames, type DatasetCard, datasetCard } from './dataset-card.ts';
import { type PageContext, sentenceCase } from './page-context.ts';
import { ratingLabel } from './score-view.ts';

export interface FacetView {
  readonly name: FacetName;
  readonly label: string;
  readonly values: readonly {
    readonly value: string;
    readonly label: string;
    readonly count: string;
    readonly selected: boolean;
    readonly href: string;
  }[];
}

/** An empty page of results, and the way out of it. */
export interface NothingFound {
  readonly words: string;
  readonly help: string;
  readonly action: { readonly label: string; readonly href: string };
}

export interface SearchPage {
  readonly q: string;
  readonly summary: string;
  readonly cards: readonly DatasetCard[];
  readonly facets: readonly FacetView[];
  readonly active: readonly { readonly label: string; readonly href: string }[];
  readonly clearHref: string;
  readonly sorts: readonly {
    readonly value: string;
    readonly label: string;
    readonly selected: boolean;
  }[];
  /** Facets and their values, to travel along when only the words or the sort change. */
  readonly hidden: readonly { readonly name: string; readonly value: string }[];
  /** What may have been meant, and where it is found. */
  readonly didYouMean?: { readonly words: string; readonly href: string };
  /** Why there is nothing to show; absent when there is something. */
  readonly nothing?: NothingFound;
  readonly pagination: {
    readonly label: string;
    readonly previous?: string;
    readonly next?: string;
  };
}

const tables: Readonly<Partial<Record<FacetName, string>>> = {
  theme: 'data-theme',
  format: 'file-type',
  license: 'licence',
  accrualPeriodicity: 'frequency',
};

export interface SearchInput {
  readonly query: SearchQuery;
  readonly results: SearchResults;
  readonly page: number;
  readonly pageSize: number;
  readonly agencies: AgencyNames;
  readonly today: string;
}

const mostValues = 12;

export function searchPage(input: SearchInput, context: PageContext): SearchPage {
  const { query, results, page, pageSize, agencies } = input;
  const pages = Math.max(1, Math.ceil(results.total / pageSize));
  const labelOf = (facet: FacetName, value: string): string => {
    const table = tables[facet];
    if (table) return sentenceCase(shortIri(vocabulary(table).labelOf(value, context.lang)));
    if (facet === 'quality') return ratingLabel(value, context);
    if (facet !== 'publisher') return value;
    return context.show(agencies.get(value) ?? { [context.lang]: value }).text;
  };
  const selected = facetNames.flatMap((facet) =>
    (query.filters[facet] ?? []).map((value) => ({ facet, value })),
  );
  const hrefWithout = (facet: FacetName, value: string) =>
    address(
      query,
      selected.filter((s) => s.facet !== facet || s.value !== value),
      1,
      context,
    );
  const hrefAt = (target: number) => address(query, selected, target, context);
  return {
    q: query.q,
    summary: context.plural(
      query.q.trim() ? 'search.resultsFor' : 'search.results',
      results.total,
      { q: query.q.trim() },
    ),
    cards: results.hits.map((hit) => datasetCard(hit, agencies, input.today, context, query.terms)),
    facets: facetNames.flatMap((facet) => {
      const counts = results.facets.get(facet) ?? [];
      if (counts.length === 0) return [];
      const chosen = query.filters[facet] ?? [];
      const values = inOrder(facet, counts, (a, b) =>
        context.compare(labelOf(facet, a), labelOf(facet, b)),
      )
        .filter(({ value }, index) => index < mostValues || chosen.includes(value))
        .map(({ value, count }) => ({
          value,
          label: labelOf(facet, value),
          count: context.number(count),
          selected: chosen.includes(value),
          href: chosen.includes(value)
            ? hrefWithout(facet, value)
            : address(query, [...selected, { facet, value }], 1, context),
        }));
      return [{ name: facet, label: context.t(`facet.${facet}`), values }];
    }),
    active: selected.map(({ facet, value }) => ({
      label: labelOf(facet, value),
      href: hrefWithout(facet, value),
    })),
    clearHref: address(query, [], 1, context),
    sorts: sortNames
      .filter((name) => name !== 'relevance' || query.words.length > 0)
      .map((value) => ({
        value,
        label: context.t(`search.sort.${value}`),
        selected: value === query.sort,
      })),
    hidden: selected.map(({ facet, value }) => ({ name: facet, value })),
    ...(results.didYouMean !== undefined && {
      didYouMean: {
        words: results.didYouMean,
        href: context.url(`/dataset?${new URLSearchParams({ q: results.didYouMean })}`),
      },
    }),
    ...(results.hits.length === 0 && { nothing: nothingFound(input, selected, context) }),
    pagination: {
      label: context.t('search.page', { page: context.number(page), pages: context.number(pages) }),
      ...(page > 1 && { previous: hrefAt(Math.min(page - 1, pages)) }),
      ...(page < pages && { next: hrefAt(page + 1) }),
    },
  };
}

/** Years from the newest; the rest the most frequent first, and of equals by the alphabet. */
function inOrder(
  facet: FacetName,
  counts: readonly FacetCount[],
  compare: (a: string, b: string) => number,
): readonly FacetCount[] {
  if (facet === 'modified') return [...counts].sort((a, b) => (a.value < b.value ? 1 : -1));
  return [...counts].sort((a, b) => b.count - a.count || compare(a.value, b.value));
}

/** What to do about an empty page: nearest first, from a page too far to a catalogue without anything in it. */
function nothingFound(
  { query, results }: SearchInput,
  selected: readonly { readonly facet: FacetName; readonly value: string }[],
  context: PageContext,
): NothingFound {
  const say = (key: string, href: string): NothingFound => ({
    words: context.t(`search.nothing.${key}`),
    help: context.t(`search.nothing.${key}Help`),
    action: { label: context.t(`search.nothing.${key}Action`), href },
  });
  if (results.total > 0) return say('page', address(query, selected, 1, context));
  if (selected.length > 0) return say('filters', address(query, [], 1, context));
  if (query.q.trim() !== '') return say('words', context.url('/dataset'));
  return say('catalog', context.url('/roadmap'));
}

function address(
  query: SearchQuery,
  selected: readonly { readonly facet: FacetName; readonly value: string }[],
  page: number,
  context: PageContext,
): string {
  const parameters = new URLSearchParams();
  if (query.q.trim()) parameters.set('q', query.q);
  for (const { facet, value } of selected) parameters.append(facet, value);
  const usual = query.words.length > 0 ? 'relevance' : 'modified';
  if (query.sort !== usual) parameters.set('sort', query.sort);
  if (page > 1) parameters.set('page', String(page));
  const text = parameters.toString();
  return context.url(`/dataset${text ? `?${text}` : ''}`);
}

/** A concept of somebody else's table shows the end of its IRI. */
function shortIri(label: string): string {
  return /^https?:/.test(label) ? (label.split(/[/#]/).at(-1) ?? label) : label;
}
