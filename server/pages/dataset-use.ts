import type { Inquiry } from '../../catalog/reuse/inquiry-repository.ts';
import type { Reuse } from '../../catalog/reuse/reuse-repository.ts';
import { type InquiryCard, inquiryCard } from './inquiry-view.ts';
import type { PageContext } from './page-context.ts';
import { type ReuseCard, reuseCard } from './reuse-card.ts';

/** On the page of a dataset: what was made with it, what is reported wrong, and the one question. */
export interface DatasetUse {
  readonly cards: readonly ReuseCard[];
  /** Absent: all of them are shown. */
  readonly more?: { readonly href: string; readonly label: string };
  readonly reports: readonly InquiryCard[];
  readonly links: { readonly register: string; readonly report: string; readonly rate: string };
}

export interface DatasetUseInput {
  readonly id: string;
  readonly reuses: readonly Reuse[];
  readonly total: number;
  /** Reports that wait for an answer. */
  readonly reports: readonly Inquiry[];
  readonly today: string;
}

export function datasetUse(input: DatasetUseInput, context: PageContext): DatasetUse {
  const { id, reuses, total, reports, today } = input;
  return {
    cards: reuses.map((reuse) => reuseCard(reuse, context)),
    ...(total > reuses.length && {
      more: {
        href: context.url(`/reuse?dataset=${id}`),
        label: context.plural('reuse.count', total),
      },
    }),
    reports: reports.map((report) => inquiryCard(report, today, context)),
    links: {
      register: context.url(`/reuse/new?dataset=${id}`),
      report: context.url(`/dataset/${id}/feedback`),
      rate: context.url(`/dataset/${id}/usefulness`),
    },
  };
}
