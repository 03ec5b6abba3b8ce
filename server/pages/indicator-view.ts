import type { Indicator, Indicators, TrendPoint } from '../../catalog/criteria/indicators.ts';
import { findPeriod, type Period, periodBefore, periodOf } from '../../catalog/criteria/period.ts';
import type { CriterionUnit } from '../../catalog/model/criterion.ts';
import type { PageContext } from './page-context.ts';
import { type TrendChart, trendChart } from './trend-chart.ts';

/** A criterion with its value, for a line of a list. */
export interface IndicatorView {
  readonly code: string;
  readonly href: string;
  readonly name: string;
  readonly formula: string;
  /** Absent: nothing to measure. */
  readonly value?: string;
  /** What follows the value in small letters. */
  readonly unit: string;
  readonly target?: string;
  readonly standing: 'reached' | 'short' | 'open';
  /** The same in words; empty where it says nothing. */
  readonly standingLabel: string;
  readonly evidence?: string;
  readonly chart?: TrendChart;
  /** By month or by quarter; empty without a chart. */
  readonly chartKind: string;
  /** The chart in words. */
  readonly chartLabel: string;
  readonly csv: string;
}

/** A scope month by month and quarter by quarter, up to the period that is shown. */
export interface Trends {
  readonly months: Indicators;
  readonly quarters: Indicators;
}

/** What is told by month, where neighbouring months have values; else by quarter: releases are due at their ends. */
export function trendOf(code: string, { months, quarters }: Trends): readonly TrendPoint[] {
  const of = (indicators: Indicators) =>
    indicators.items.find((item) => item.code === code)?.trend ?? [];
  const byMonth = of(months);
  const hasNeighbours = byMonth.some(
    ({ value }, index) => value !== undefined && byMonth[index - 1]?.value !== undefined,
  );
  return hasNeighbours ? byMonth : of(quarters);
}

/** @param trend of the same criterion */
export function indicatorView(
  indicator: Indicator,
  trend: readonly TrendPoint[],
  page: { readonly period: string; readonly scope: string },
  context: PageContext,
): IndicatorView {
  const { code, unit, value, target, targetYear, isReached, evidence } = indicator;
  const chart = trendChart(trend, unit, target);
  const last = findPeriod(trend.at(-1)?.period ?? '');
  const standing = isReached === undefined ? 'open' : isReached ? 'reached' : 'short';
  return {
    code,
    href: context.url(`/indicators/${code}?period=${page.period}`),
    name: indicator.name[context.lang],
    formula: indicator.formulaInWords[context.lang],
    ...(value !== undefined && { value: writeValue(value, unit, context) }),
    unit: unit === 'points' ? context.t('indicators.ofHundred') : '',
    ...(target !== undefined && {
      target: targetInWords(writeValue(target, unit, context), targetYear, page.period, context),
    }),
    standing,
    standingLabel: standing === 'open' ? '' : context.t(`indicators.standing.${standing}`),
    ...(evidence.counted !== undefined &&
      evidence.of !== undefined &&
      evidence.of !== 0 && {
        evidence: context.t('indicators.evidence', {
          counted: context.number(evidence.counted),
          of: context.number(evidence.of),
        }),
      }),
    ...(chart && { chart }),
    chartKind: chart ? context.t(`indicators.by.${last?.kind ?? 'month'}`) : '',
    chartLabel: chartInWords(indicator.name[context.lang], trend, unit, context),
    csv: `/api/v1/indicators?${scopeQuery(page.scope)}criterion=${code}&period=${last?.id ?? page.period}&format=csv`,
  };
}

function targetInWords(
  written: string,
  targetYear: string | undefined,
  period: string,
  context: PageContext,
): string {
  return targetYear !== undefined && targetYear > period.slice(0, 4)
    ? context.t('indicators.targetBy', { value: written, year: targetYear })
    : context.t('indicators.target', { value: written });
}

function chartInWords(
  name: string,
  trend: readonly TrendPoint[],
  unit: CriterionUnit,
  context: PageContext,
): string {
  const values = trend.flatMap(({ period, value }) =>
    value === undefined ? [] : [`${labelOf(period, context)} ${writeValue(value, unit, context)}`],
  );
  return context.t('indicators.chart', { name, values: values.join('; ') });
}

/** A value as a reader writes it: 33,3%; +50%; 85. */
export function writeValue(value: number, unit: CriterionUnit, context: PageContext): string {
  if (unit === 'percent') return context.percent(value);
  if (unit !== 'change') return context.number(value);
  const sign = value > 0 ? '+' : value < 0 ? '−' : '';
  return `${sign}${context.percent(Math.abs(value))}`;
}

/** `agency=so-y-te&` for `publisher/so-y-te`; nothing for the city. */
export function scopeQuery(scope: string): string {
  const [kind, id] = scope.split('/');
  if (id === undefined) return '';
  return `${kind === 'publisher' ? 'agency' : kind}=${encodeURIComponent(id)}&`;
}

/** A period as people call it. */
export function periodLabel(period: Period, context: PageContext): string {
  if (period.kind === 'quarter') return context.due(period.id);
  if (period.kind === 'year') return context.t('indicators.year', { year: period.year });
  return context.t('indicators.month', { month: context.month(period.id) });
}

/** The same for its id. */
export function labelOf(id: string, context: PageContext): string {
  const period = findPeriod(id);
  return period ? periodLabel(period, context) : id;
}

/** The periods that a page leads to. */
export interface PeriodChoice {
  readonly label: string;
  readonly kinds: readonly {
    readonly label: string;
    readonly href: string;
    readonly current: boolean;
  }[];
  readonly before?: { readonly label: string; readonly href: string };
  readonly after?: { readonly label: string; readonly href: string };
}

/**
 * @param path the page's own, without its query
 * @param kept whether anything is kept of a period
 */
export function periodChoice(
  period: Period,
  path: string,
  today: string,
  kept: (period: string) => boolean,
  context: PageContext,
): PeriodChoice {
  const href = (id: string) => context.url(`${path}?period=${id}`);
  const link = (to: Period) => ({ label: periodLabel(to, context), href: href(to.id) });
  const day = today < period.to ? today : period.to;
  const before = periodBefore(period);
  const after = periodAfter(period);
  return {
    label: periodLabel(period, context),
    kinds: (['month', 'quarter', 'year'] as const).map((kind) => ({
      label: context.t(`indicators.kind.${kind}`),
      href: href(periodOf(day, kind).id),
      current: kind === period.kind,
    })),
    ...(kept(before.id) && { before: link(before) }),
    ...(after.from <= today && { after: link(after) }),
  };
}

function periodAfter({ to, kind }: Period): Period {
  return periodOf(new Date(Date.parse(to) + 86_400_000).toISOString().slice(0, 10), kind);
}

/** When and with what a page's values were computed: what has to stand beside them when they are quoted. */
export function asOf(found: Indicators, context: PageContext): string {
  const { version, takenAt, isClosed } = found;
  const values = {
    version,
    when: takenAt === undefined ? '' : context.moment(takenAt),
    period: labelOf(found.period, context),
  };
  if (takenAt === undefined) return context.t('indicators.notTaken', values);
  return context.t(isClosed ? 'indicators.closed' : 'indicators.running', values);
}
