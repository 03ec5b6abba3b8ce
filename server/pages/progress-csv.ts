import { toCsv } from '../../catalog/kernel/csv.ts';
import type { Figures, PlanProgress } from '../../catalog/plan/plan-progress.ts';
import type { AgencyNames } from './dataset-card.ts';
import type { PageContext } from './page-context.ts';

/** How far a plan was on a day, as CSV: the whole, each agency, each quarter. */
export function progressCsv(
  { at, total, agencies, quarters }: PlanProgress,
  names: AgencyNames,
  context: PageContext,
): string {
  const { t } = context;
  const row = (name: string, { promised, due, statuses, punctuality }: Figures) => [
    at,
    name,
    promised,
    due,
    statuses['released-on-time'],
    statuses['released-late'],
    statuses.overdue,
    statuses['in-preparation'] + statuses.planned,
    statuses.dropped,
    punctuality,
  ];
  return toCsv([
    [
      t('publicPlan.at'),
      t('publicPlan.part'),
      t('publicPlan.promised'),
      t('publicPlan.due'),
      t('status.released-on-time'),
      t('status.released-late'),
      t('status.overdue'),
      t('publicPlan.toCome'),
      t('status.dropped'),
      t('publicPlan.punctuality'),
    ],
    row(t('publicPlan.whole'), total),
    ...agencies.map(({ agency, ...figures }) =>
      row(context.show(names.get(agency) ?? { vi: agency }).text, figures),
    ),
    ...quarters.map(({ quarter, ...figures }) => row(context.due(quarter), figures)),
  ]);
}
