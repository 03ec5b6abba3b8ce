import type { Criteria } from '../../catalog/criteria/criteria-repository.ts';
import type { KeptScope } from '../../catalog/criteria/indicator-repository.ts';
import {
  type Indicator,
  type Indicators,
  measureTitle,
} from '../../catalog/criteria/indicators.ts';
import { recordlessMeasures } from '../../catalog/criteria/measures/registry.ts';
import type { Period } from '../../catalog/criteria/period.ts';
import type { Ranking } from '../../catalog/criteria/rank-agencies.ts';
import type { LangText } from '../../catalog/kernel/lang-text.ts';
import type { CriterionRecord } from '../../catalog/model/criterion.ts';
import { vocabulary } from '../../catalog/model/vocabularies.ts';
import type { AgencyNames } from './dataset-card.ts';
import {
  asOf,
  type IndicatorView,
  indicatorView,
  labelOf,
  type PeriodChoice,
  periodChoice,
  periodLabel,
  type Trends,
  trendOf,
  writeValue,
} from './indicator-view.ts';
import type { PageContext, Shown } from './page-context.ts';
import { type GroupView, rankingView } from './ranking-view.ts';
import type { Bar } from './score-view.ts';

export interface IndicatorPage {
  readonly choice: PeriodChoice;
  readonly asOf: string;
  readonly indicator: IndicatorView;
  readonly expression: string;
  /** One sentence with the value, its day, its version and its source. Absent: there is no value. */
  readonly quote?: string;
  readonly edges: { readonly top: string; readonly bottom: string };
  /** The last first. */
  readonly trend: readonly {
    readonly label: string;
    readonly value: string;
    readonly version: string;
  }[];
  readonly measures: readonly {
    readonly title: string;
    readonly value: string;
    /** Absent: there are no records behind it. */
    readonly csv?: string;
  }[];
  readonly missing: readonly (Shown & { readonly href: string })[];
  readonly missingAll?: { readonly label: string; readonly href: string };
  readonly groups: readonly GroupView[];
  readonly rankingCsv: string;
  readonly themes: readonly Bar[];
  readonly targets: readonly { readonly year: string; readonly value: string }[];
  readonly source: string;
  readonly gaming: string;
  readonly counter: string;
}

export interface IndicatorInput {
  readonly period: Period;
  readonly today: string;
  readonly criterion: CriterionRecord;
  readonly criteria: Criteria;
  readonly city: Indicators;
  readonly indicator: Indicator;
  readonly trends: Trends;
  readonly ranking: Ranking;
  readonly themes: readonly KeptScope[];
  readonly agencies: AgencyNames;
  /** Datasets that are named as missing. */
  readonly datasets: ReadonlyMap<
    string,
    { readonly title: LangText; readonly isPublished: boolean }
  >;
  readonly isKept: (period: string) => boolean;
}

/** One criterion: its value, how it came about, whose it is, and how far it can be trusted. */
export function indicatorPage(input: IndicatorInput, context: PageContext): IndicatorPage {
  const { period, criterion, city, indicator } = input;
  const { code, unit } = criterion;
  const trend = trendOf(code, input.trends);
  const view = indicatorView(indicator, trend, { period: period.id, scope: city.scope }, context);
  const written = (value: number) => writeValue(value, unit, context);
  const url = `${context.baseURL}${view.href}`;
  const evidence = (measure: string) =>
    `/api/v1/evidence?measure=${measure}&period=${period.id}&format=csv`;
  const { against } = indicator.evidence;
  return {
    choice: periodChoice(period, `/indicators/${code}`, input.today, input.isKept, context),
    asOf: asOf(city, context),
    indicator: view,
    expression: criterion.formula,
    ...(view.value !== undefined && { quote: quoteOf(view, input, url, context) }),
    edges: { top: written(view.chart?.top ?? 0), bottom: written(view.chart?.bottom ?? 0) },
    trend: [...trend].reverse().map(({ period: id, value, version }) => ({
      label: labelOf(id, context),
      value: value === undefined ? '–' : written(value),
      version: String(version),
    })),
    measures: Object.entries(indicator.evidence.measures).map(([name, amount]) => ({
      title: measureTitle(name)[context.lang],
      value: context.number(amount),
      ...(!recordlessMeasures.has(name) && { csv: evidence(name) }),
    })),
    missing: (indicator.evidence.missing ?? []).map((record) => recordLink(record, input, context)),
    ...(against !== undefined && {
      missingAll: {
        label: measureTitle(against)[context.lang],
        href: evidence(against),
      },
    }),
    groups: rankingView(input.ranking, unit, input.agencies, context),
    rankingCsv: `/api/v1/rankings?criterion=${code}&period=${period.id}&format=csv`,
    themes: input.themes.flatMap((scope) => themeBar(scope, criterion, context)),
    targets: Object.entries(criterion.target ?? {}).map(([year, value]) => ({
      year,
      value: written(value),
    })),
    source: criterion.source[context.lang],
    gaming: criterion.gaming[context.lang],
    counter: criterion.counter[context.lang],
  };
}

function quoteOf(
  view: IndicatorView,
  { city, period }: IndicatorInput,
  url: string,
  context: PageContext,
): string {
  return context.t('indicators.quoteText', {
    name: view.name,
    value: [view.value, view.unit].filter(Boolean).join(' '),
    evidence: view.evidence === undefined ? '' : ` (${view.evidence})`,
    period: periodLabel(period, context),
    when: city.takenAt === undefined ? '' : context.date(city.takenAt),
    version: city.version,
    site: context.t('site.name'),
    url,
  });
}

function recordLink(
  record: string,
  { datasets, agencies }: IndicatorInput,
  context: PageContext,
): Shown & { readonly href: string } {
  const at = record.indexOf('/');
  const kind = record.slice(0, at);
  const id = record.slice(at + 1);
  if (kind === 'request' || kind === 'feedback') {
    // Where it stands is public; its text may not be shown.
    return { text: id, href: `/api/v1/${kind === 'request' ? 'requests' : kind}/${id}` };
  }
  const dataset = datasets.get(id);
  const title = kind === 'agency' ? agencies.get(id) : dataset?.title;
  const isPlanned = kind === 'dataset' && !dataset?.isPublished;
  return {
    ...context.show(title ?? { [context.lang]: id }),
    href: context.url(isPlanned ? `/roadmap?dataset=${id}#${id}` : `/${kind}/${id}`),
  };
}

function themeBar(
  scope: KeptScope,
  { code, unit }: CriterionRecord,
  context: PageContext,
): readonly Bar[] {
  const value = scope.values[code];
  if (value === undefined) return [];
  const theme = scope.scope.slice('theme/'.length);
  return [
    {
      label: vocabulary('data-theme').labelOf(theme, context.lang),
      value: writeValue(value, unit, context),
      percent: unit === 'change' || unit === 'count' ? 0 : Math.max(0, Math.min(100, value)),
    },
  ];
}
