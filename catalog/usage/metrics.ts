import type { Queryable } from '../storage/database.ts';
import { countVisitors } from './sketch-repository.ts';
import { type UsageKind, usageKinds } from './usage-event.ts';
import { type UsageFigure, type UsageFilter, usageRepository } from './usage-repository.ts';

/** How much something was used, and what was left out of the counts. */
export interface Metrics {
  readonly totals: Readonly<Record<UsageKind, number>>;
  /** The same before any rule removed anything. */
  readonly raw: Readonly<Record<UsageKind, number>>;
  readonly figures: readonly UsageFigure[];
  /**
   * About how many different visitors there were in each period; a month adds up the visitors of its days. Absent where
   * that is not known: for an agency or a theme.
   */
  readonly visitors?: readonly { readonly period: string; readonly count: number }[];
  /** How many events each rule removed. */
  readonly removed: Readonly<Record<string, number>>;
  /** Events of the whole catalogue that were not kept, because the database was away for too long. */
  readonly lost: number;
}

export async function getMetrics(
  filter: UsageFilter,
  by: 'day' | 'month',
  db: Queryable,
): Promise<Metrics> {
  const repository = usageRepository(db);
  const figures = await repository.figures(filter, by);
  const isKnown = filter.agency === undefined && filter.theme === undefined;
  const visitors = isKnown ? await countVisitors(db, filter.dataset ?? '', filter, by) : undefined;
  return {
    totals: sumOf(figures, ({ count }) => count),
    raw: sumOf(figures, ({ raw }) => raw),
    figures,
    ...(visitors && {
      visitors: [...visitors].map(([period, count]) => ({ period, count })),
    }),
    removed: await repository.removed(filter),
    lost: await repository.lost(filter),
  };
}

/** The same as a table: a row for each period and kind, and one of kind `visitor` that has no raw figure. */
export function metricRows(
  { figures, visitors = [] }: Metrics,
  by: 'day' | 'month',
): readonly (readonly (string | number)[])[] {
  return [
    [by, 'kind', 'count', 'raw'],
    ...figures.map(({ period, kind, count, raw }) => [period, kind, count, raw]),
    ...visitors.map(({ period, count }) => [period, 'visitor', count, '']),
  ];
}

function sumOf(
  figures: readonly UsageFigure[],
  of: (figure: UsageFigure) => number,
): Readonly<Record<UsageKind, number>> {
  const sums = Object.fromEntries(usageKinds.map((kind) => [kind, 0])) as Record<UsageKind, number>;
  for (const figure of figures) sums[figure.kind] += of(figure);
  return sums;
}
