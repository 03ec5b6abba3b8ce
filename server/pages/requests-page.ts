import type { InquiryState } from '../../catalog/reuse/inquiry-lifecycle.ts';
import { inquiryStates } from '../../catalog/reuse/inquiry-lifecycle.ts';
import type { Inquiry, InquiryOrder } from '../../catalog/reuse/inquiry-repository.ts';
import type { AgencyNames } from './dataset-card.ts';
import { type InquiryCard, inquiryCard } from './inquiry-view.ts';
import type { PageContext } from './page-context.ts';
import { type Pager, pager } from './pager.ts';
import { type Choice, choicesWith } from './select-choices.ts';

export interface RequestsPage {
  readonly cards: readonly (InquiryCard & { readonly agency?: string })[];
  readonly summary: string;
  readonly isFiltered: boolean;
  readonly states: readonly Choice[];
  readonly agencies: readonly Choice[];
  readonly sorts: readonly Choice[];
  readonly pager: Pager;
}

export interface RequestsInput {
  readonly requests: readonly Inquiry[];
  readonly total: number;
  /** How many there are in each state, whatever is chosen. */
  readonly counts: ReadonlyMap<InquiryState, number>;
  readonly state: InquiryState | undefined;
  readonly agency: string | undefined;
  readonly order: InquiryOrder;
  readonly page: number;
  readonly pageSize: number;
  readonly agencies: AgencyNames;
  readonly query: URLSearchParams;
  readonly today: string;
}

const orders: readonly InquiryOrder[] = ['supported', 'newest', 'due'];

/** What people asked for, and what became of it. */
export function requestsPage(input: RequestsInput, context: PageContext): RequestsPage {
  const { agencies, counts, state, agency } = input;
  const nameOf = (id: string) => context.show(agencies.get(id) ?? { [context.lang]: id }).text;
  const states = inquiryStates.map((value) => ({
    value,
    label: `${context.t(`inquiry.state.${value}`)} (${context.number(counts.get(value) ?? 0)})`,
  }));
  const names = [...agencies.keys()]
    .map((value) => ({ value, label: nameOf(value) }))
    .sort((a, b) => context.compare(a.label, b.label));
  const sorts = orders.map((value) => ({ value, label: context.t(`request.sort.${value}`) }));
  return {
    cards: input.requests.map((request) => ({
      ...inquiryCard(request, input.today, context),
      ...(request.agency !== undefined && { agency: nameOf(request.agency) }),
    })),
    summary: context.plural('request.count', input.total),
    isFiltered: state !== undefined || agency !== undefined,
    states: choicesWith(states, state),
    agencies: choicesWith(names, agency),
    sorts: choicesWith(sorts, input.order),
    pager: pager('/request', input.query, input, context),
  };
}
