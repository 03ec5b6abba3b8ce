import type { Ranking } from '../../catalog/criteria/rank-agencies.ts';
import type { CriterionUnit } from '../../catalog/model/criterion.ts';
import type { AgencyNames } from './dataset-card.ts';
import { writeValue } from './indicator-view.ts';
import type { PageContext, Shown } from './page-context.ts';

/** Agencies of like size, as a table. */
export interface GroupView {
  readonly name: string;
  /** Why nobody has a place here; empty where they have. */
  readonly note: string;
  readonly isRanked: boolean;
  readonly count: string;
  readonly rows: readonly {
    readonly rank: string;
    readonly name: Shown;
    readonly href: string;
    readonly size: string;
    readonly value: string;
    /** 0 to 100, the length of the bar. Absent: it has none. */
    readonly percent?: number;
  }[];
}

/** @param unit of what is compared */
export function rankingView(
  { groups, leastCompared }: Ranking,
  unit: CriterionUnit,
  agencies: AgencyNames,
  context: PageContext,
): readonly GroupView[] {
  return groups.map((group) => ({
    name: group.name[context.lang],
    isRanked: group.isRanked,
    count: context.plural('indicators.agencies', group.agencies.length),
    note: group.isRanked
      ? ''
      : group.code === 'too-few'
        ? context.t('indicators.tooFewDatasets')
        : context.t('indicators.tooFewAgencies', { least: leastCompared }),
    rows: [...group.agencies]
      .map(({ agency, rank, size, value }) => ({
        rank: rank === undefined ? '–' : String(rank),
        name: context.show(agencies.get(agency) ?? { vi: agency }),
        href: context.url(`/agency/${agency}`),
        size: context.number(size),
        value: value === undefined ? '–' : writeValue(value, unit, context),
        ...(value !== undefined &&
          unit !== 'change' &&
          unit !== 'count' && { percent: Math.max(0, Math.min(100, value)) }),
      }))
      .sort((a, b) => Number(a.rank) - Number(b.rank) || context.compare(a.name.text, b.name.text)),
  }));
}
