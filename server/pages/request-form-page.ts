import type { DataRequest } from '../../catalog/reuse/inquiry-repository.ts';
import { type AgencyNames, type CardInput, type DatasetCard, datasetCard } from './dataset-card.ts';
import type { FormFindings } from './findings.ts';
import { type InquiryCard, inquiryCard } from './inquiry-view.ts';
import type { PageContext } from './page-context.ts';
import { drawForm, type FormField } from './public-form.ts';

/** What is like a request that is about to be sent. */
export interface Similar {
  readonly datasets: readonly CardInput[];
  readonly requests: readonly DataRequest[];
}

export interface RequestFormPage {
  readonly problems: readonly string[];
  readonly fields: readonly FormField[];
  /** Absent: nothing was asked for yet, or nothing is like it. */
  readonly similar?: {
    readonly datasets: readonly DatasetCard[];
    readonly requests: readonly InquiryCard[];
  };
  /** Whether the form was sent and waits for the asker to look at what is similar. */
  readonly isHeld: boolean;
}

export interface RequestFormInput {
  readonly fields: URLSearchParams;
  readonly findings: FormFindings;
  readonly similar: Similar;
  readonly isHeld: boolean;
  readonly agencies: AgencyNames;
  readonly today: string;
}

export function requestFormPage(input: RequestFormInput, context: PageContext): RequestFormPage {
  const { similar, agencies, today } = input;
  const form = drawForm('request', input.fields, input.findings, context);
  const names = [...agencies]
    .map(([value, name]) => ({ value, label: context.show(name).text }))
    .sort((a, b) => context.compare(a.label, b.label));
  const isAlone = similar.datasets.length + similar.requests.length === 0;
  return {
    problems: input.findings.problems,
    fields: [
      form.field(`title.${context.lang}`),
      form.field(`description.${context.lang}`),
      form.field('requester'),
      form.field('agency', names),
      form.field('email'),
    ],
    isHeld: input.isHeld,
    ...(!isAlone && {
      similar: {
        datasets: similar.datasets.map((card) => datasetCard(card, agencies, today, context)),
        requests: similar.requests.map((request) => inquiryCard(request, today, context)),
      },
    }),
  };
}
