import { vocabulary } from '../../catalog/model/vocabularies.ts';
import {
  type Reuse,
  type ReuseFilter,
  type ReuseOrder,
  reuseOrders,
} from '../../catalog/reuse/reuse-repository.ts';
import type { UsedDataset } from '../../catalog/reuse/used-dataset-repository.ts';
import type { AgencyNames } from './dataset-card.ts';
import { type PageContext, sentenceCase } from './page-context.ts';
import { type Pager, pager } from './pager.ts';
import { schemaChoices } from './public-form.ts';
import { type ReuseCard, reuseCard } from './reuse-card.ts';
import { type Choice, choicesWith } from './select-choices.ts';

export interface GalleryPage {
  readonly cards: readonly ReuseCard[];
  readonly summary: string;
  readonly isFiltered: boolean;
  readonly types: readonly Choice[];
  readonly themes: readonly Choice[];
  readonly agencies: readonly Choice[];
  readonly sorts: readonly Choice[];
  /** Whose reuses alone are shown. */
  readonly dataset?: { readonly id: string; readonly text: string; readonly lang?: string };
  readonly register: string;
  /** What is shown, and all of what follows, as a table. */
  readonly csv: string;
  readonly pager: Pager;
}

export interface GalleryInput {
  readonly reuses: readonly Reuse[];
  readonly total: number;
  readonly filter: ReuseFilter;
  readonly order: ReuseOrder;
  readonly page: number;
  readonly pageSize: number;
  /** Themes and agencies of what is published. */
  readonly themes: readonly string[];
  readonly publishers: readonly string[];
  readonly agencies: AgencyNames;
  readonly dataset: UsedDataset | undefined;
  readonly query: URLSearchParams;
}

/** The gallery: what was made with the data, narrowed by what it is and what it uses. */
export function galleryPage(input: GalleryInput, context: PageContext): GalleryPage {
  const { filter, order, agencies, dataset } = input;
  const byLabel = (a: { label: string }, b: { label: string }) => context.compare(a.label, b.label);
  const themes = input.themes.map((value) => ({
    value,
    label: sentenceCase(vocabulary('data-theme').labelOf(value, context.lang)),
  }));
  const publishers = input.publishers.map((value) => ({
    value,
    label: context.show(agencies.get(value) ?? { [context.lang]: value }).text,
  }));
  const sorts = reuseOrders.map((value) => ({ value, label: context.t(`reuse.sort.${value}`) }));
  return {
    cards: input.reuses.map((reuse) => reuseCard(reuse, context)),
    summary: context.plural('reuse.count', input.total),
    isFiltered: [filter.type, filter.theme, filter.agency, filter.dataset].some(Boolean),
    types: choicesWith(schemaChoices('reuse', 'type', context), filter.type),
    themes: choicesWith(themes.sort(byLabel), filter.theme),
    agencies: choicesWith(publishers.sort(byLabel), filter.agency),
    sorts: choicesWith(sorts, order),
    ...(dataset && { dataset: { id: dataset.id, ...context.show(dataset.title) } }),
    register: context.url(dataset ? `/reuse/new?dataset=${dataset.id}` : '/reuse/new'),
    csv: `/reuse.csv${narrowed(input.query)}`,
    pager: pager('/reuse', input.query, input, context),
  };
}

/** The question of a query, without the page of its answer. */
function narrowed(query: URLSearchParams): string {
  const asked = new URLSearchParams([...query].filter(([, value]) => value !== ''));
  asked.delete('page');
  return asked.size > 0 ? `?${asked}` : '';
}
