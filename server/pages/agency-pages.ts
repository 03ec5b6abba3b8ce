import type { Indicators } from '../../catalog/criteria/indicators.ts';
import type { AgencyRecord } from '../../catalog/model/agency.ts';
import type { Commitment } from '../../catalog/plan/roadmap.ts';
import type { Standing } from '../../catalog/plan/standings.ts';
import type { AgencyQuality } from '../../catalog/quality/agency-quality.ts';
import { type CommitmentView, commitmentView } from './commitment-view.ts';
import { type AgencyNames, type CardInput, type DatasetCard, datasetCard } from './dataset-card.ts';
import { asOf, type IndicatorView, indicatorView } from './indicator-view.ts';
import type { PageContext, Shown } from './page-context.ts';
import { type PunctualityView, punctualityView } from './punctuality-view.ts';
import { type AgencyQualityView, agencyQualityView } from './quality-page.ts';

export interface AgencyListPage {
  readonly agencies: readonly {
    readonly name: Shown;
    readonly altName: string;
    readonly href: string;
    readonly published: string;
    readonly planned: string;
    readonly late: number;
  }[];
}

export function agencyListPage(
  agencies: readonly AgencyRecord[],
  published: ReadonlyMap<string, number>,
  standings: readonly Standing[],
  context: PageContext,
): AgencyListPage {
  return {
    agencies: agencies.map((agency) => {
      const own = standings.filter(({ publisher }) => publisher === agency.id);
      return {
        name: context.show(agency.name),
        altName: (agency.altName ?? []).join(', '),
        href: context.url(`/agency/${agency.id}`),
        published: context.number(published.get(agency.id) ?? 0),
        planned: context.number(own.length),
        late: own.filter(({ status }) => status === 'overdue').length,
      };
    }),
  };
}

export interface AgencyPage {
  readonly id: string;
  readonly name: Shown;
  readonly altName: string;
  readonly homepage?: string;
  readonly cards: readonly DatasetCard[];
  readonly all?: { readonly label: string; readonly href: string };
  readonly quality?: AgencyQualityView;
  /** Absent: nothing of it can be measured. */
  readonly indicators?: AgencyIndicators;
  readonly commitments: readonly CommitmentView[];
  /** Absent: it promised nothing. */
  readonly punctuality?: PunctualityView;
  /** Where one hears of what it publishes and promises. */
  readonly follow: readonly { readonly label: string; readonly href: string }[];
  readonly feeds: readonly { readonly label: string; readonly href: string }[];
}

/** The criteria of the year that have a value for an agency. */
export interface AgencyIndicators {
  readonly rows: readonly IndicatorView[];
  readonly asOf: string;
  readonly api: string;
}

export interface AgencyInput {
  readonly agency: AgencyRecord;
  readonly datasets: readonly CardInput[];
  readonly total: number;
  readonly quality: AgencyQuality | undefined;
  readonly indicators: Indicators;
  readonly commitments: readonly Commitment[];
  readonly agencies: AgencyNames;
  readonly today: string;
}

export function agencyPage(input: AgencyInput, context: PageContext): AgencyPage {
  const { agency, agencies, total } = input;
  const indicators = agencyIndicators(agency.id, input.indicators, context);
  const own = input.commitments.filter(({ publisher }) => publisher === agency.id);
  const punctuality = punctualityView(own, context);
  return {
    id: agency.id,
    name: context.show(agency.name),
    altName: (agency.altName ?? []).join(', '),
    ...(agency.homepage !== undefined && { homepage: agency.homepage }),
    cards: input.datasets.map((card) => datasetCard(card, agencies, input.today, context)),
    ...(total > input.datasets.length && {
      all: {
        label: context.t('agency.all', { count: context.number(total) }),
        href: context.url(`/dataset?publisher=${agency.id}`),
      },
    }),
    ...(input.quality && {
      quality: agencyQualityView(agency.id, input.quality, input.today, context),
    }),
    ...(indicators && { indicators }),
    commitments: own.map((commitment) =>
      commitmentView(commitment, agencies, input.today, context),
    ),
    ...(punctuality && { punctuality }),
    follow: [
      { label: context.t('agency.followData'), href: `/feeds/organization/${agency.id}.atom` },
      { label: context.t('agency.followPlan'), href: `/roadmap.atom?agency=${agency.id}` },
      { label: 'iCalendar', href: `/roadmap.ics?agency=${agency.id}` },
    ],
    feeds: [
      { label: 'Turtle', href: `/agency/${agency.id}/catalog.ttl` },
      { label: 'JSON-LD', href: `/agency/${agency.id}/catalog.jsonld` },
      { label: 'RDF/XML', href: `/agency/${agency.id}/catalog.rdf` },
      { label: 'N-Triples', href: `/agency/${agency.id}/catalog.nt` },
    ],
  };
}

function agencyIndicators(
  agency: string,
  found: Indicators,
  context: PageContext,
): AgencyIndicators | undefined {
  const { period, scope } = found;
  const rows = found.items
    .filter(({ value }) => value !== undefined)
    .map((indicator) => indicatorView(indicator, [], { period, scope }, context));
  if (rows.length === 0) return undefined;
  return { rows, asOf: asOf(found, context), api: `/api/v1/indicators/${agency}` };
}
