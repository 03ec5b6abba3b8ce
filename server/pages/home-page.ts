import { quarterOf } from '../../catalog/model/calendar.ts';
import { vocabulary } from '../../catalog/model/vocabularies.ts';
import type { Commitment } from '../../catalog/plan/roadmap.ts';
import type { Standing } from '../../catalog/plan/standings.ts';
import { type CommitmentView, commitmentView } from './commitment-view.ts';
import { type AgencyNames, type CardInput, type DatasetCard, datasetCard } from './dataset-card.ts';
import type { PageContext, Shown } from './page-context.ts';

const mostDue = 20;

export interface HomePage {
  readonly counts: readonly { readonly value: string; readonly label: string }[];
  readonly themes: readonly {
    readonly label: string;
    readonly count: string;
    readonly href: string;
  }[];
  readonly recent: readonly DatasetCard[];
  readonly quarter: string;
  readonly commitments: readonly CommitmentView[];
  readonly agencies: readonly {
    readonly name: Shown;
    readonly count: string;
    readonly href: string;
  }[];
}

export interface HomeInput {
  readonly recent: readonly CardInput[];
  readonly themes: readonly { readonly value: string; readonly count: number }[];
  readonly publishers: readonly { readonly value: string; readonly count: number }[];
  readonly totals: {
    readonly datasets: number;
    readonly files: number;
    readonly downloads: number;
  };
  readonly commitments: readonly Commitment[];
  readonly agencies: AgencyNames;
  readonly today: string;
}

export function homePage(input: HomeInput, context: PageContext): HomePage {
  const { totals, agencies, today } = input;
  const quarter = quarterOf(today);
  const themeOf = (code: string) => vocabulary('data-theme').labelOf(code, context.lang);
  const agencyOf = (id: string) => context.show(agencies.get(id) ?? { [context.lang]: id });
  const count = (value: number, key: string) => ({
    value: context.number(value),
    label: context.plural(`home.count.${key}`, value),
  });
  return {
    counts: [
      count(totals.datasets, 'datasets'),
      count(input.publishers.length, 'agencies'),
      count(totals.files, 'files'),
      count(totals.downloads, 'downloads'),
    ],
    themes: mostFirst(input.themes, themeOf, context).map(({ value, count: number }) => ({
      label: themeOf(value),
      count: context.number(number),
      href: context.url(`/dataset?theme=${encodeURIComponent(value)}`),
    })),
    recent: input.recent.map((card) => datasetCard(card, agencies, today, context)),
    quarter: context.due(quarter),
    commitments: input.commitments
      .filter((commitment) => commitment.quarter === quarter)
      .map((commitment) => commitmentView(commitment, agencies, today, context)),
    agencies: mostFirst(input.publishers, (id) => agencyOf(id).text, context).map(
      ({ value, count: number }) => ({
        name: agencyOf(value),
        count: context.number(number),
        href: context.url(`/agency/${value}`),
      }),
    ),
  };
}

/** The first promises of the quarter; the roadmap has them all. */
export function dueNow(standings: readonly Standing[], today: string): readonly Standing[] {
  const now = quarterOf(today);
  return standings.filter(({ quarter }) => quarter === now).slice(0, mostDue);
}

/** The most frequent first, and of equals by the alphabet. */
function mostFirst(
  counts: HomeInput['themes'],
  labelOf: (value: string) => string,
  { compare }: PageContext,
): HomeInput['themes'] {
  return [...counts].sort(
    (a, b) => b.count - a.count || compare(labelOf(a.value), labelOf(b.value)),
  );
}
