import type { Indicators } from '../../catalog/criteria/indicators.ts';
import type { Period } from '../../catalog/criteria/period.ts';
import type { Ranking } from '../../catalog/criteria/rank-agencies.ts';
import type { AgencyNames } from './dataset-card.ts';
import {
  asOf,
  type IndicatorView,
  indicatorView,
  type PeriodChoice,
  periodChoice,
  type Trends,
  trendOf,
} from './indicator-view.ts';
import type { PageContext } from './page-context.ts';
import { type GroupView, rankingView } from './ranking-view.ts';

export interface IndicatorsPage {
  readonly choice: PeriodChoice;
  readonly asOf: string;
  /** How many criteria have reached their target, in a sentence. Absent: none can be told. */
  readonly summary?: string;
  readonly indicators: readonly IndicatorView[];
  readonly groups: readonly GroupView[];
  readonly data: { readonly json: string; readonly csv: string; readonly rankingCsv: string };
}

export interface IndicatorsInput {
  readonly period: Period;
  readonly today: string;
  readonly city: Indicators;
  readonly trends: Trends;
  readonly ranking: Ranking;
  readonly agencies: AgencyNames;
  readonly isKept: (period: string) => boolean;
}

/** How the city stands on each criterion, and its agencies among their like. */
export function indicatorsPage(input: IndicatorsInput, context: PageContext): IndicatorsPage {
  const { period, city, trends, today } = input;
  const page = { period: period.id, scope: city.scope };
  const told = city.items.filter(({ isReached }) => isReached !== undefined);
  const api = `/api/v1/indicators?period=${period.id}`;
  return {
    choice: periodChoice(period, '/indicators', today, input.isKept, context),
    asOf: asOf(city, context),
    ...(told.length > 0 && {
      summary: context.t('indicators.summary', {
        reached: context.number(told.filter(({ isReached }) => isReached).length),
        told: context.number(told.length),
      }),
    }),
    indicators: city.items.map((indicator) =>
      indicatorView(indicator, trendOf(indicator.code, trends), page, context),
    ),
    groups: rankingView(input.ranking, 'percent', input.agencies, context),
    data: {
      json: api,
      csv: `${api}&format=csv`,
      rankingCsv: `/api/v1/rankings?period=${period.id}&format=csv`,
    },
  };
}
