import { type Clock, localDate } from '../kernel/clock.ts';
import type { Message } from '../kernel/lang-text.ts';
import { nextUpdateDue } from '../model/calendar.ts';
import { type Commitment, getRoadmap } from '../plan/roadmap.ts';
import type { Queryable } from '../storage/database.ts';
import { usageRepository } from '../usage/usage-repository.ts';
import { freshnessRepository } from './freshness-repository.ts';

/** A criterion of the plan with its value, and the records behind it. */
export interface Indicator {
  readonly code: string;
  readonly name: Message;
  /** How the value is made, in words. */
  readonly formula: Message;
  readonly unit: 'percent' | 'count';
  /** Absent: there is nothing yet to measure. */
  readonly value?: number;
  readonly target?: number;
  readonly evidence: {
    readonly counted: number;
    readonly of?: number;
    /** Ids of the datasets that keep the value from its target. */
    readonly missing?: readonly string[];
  };
}

export interface IndicatorsDeps {
  readonly db: Queryable;
  readonly clock: Clock;
}

/** The plan's criteria as they stand today, for the city or for one agency. */
export async function getIndicators(
  agency: string | undefined,
  { db, clock }: IndicatorsDeps,
): Promise<readonly Indicator[]> {
  const today = localDate(clock());
  const { commitments } = await getRoadmap(undefined, db, clock);
  const own = commitments.filter(
    ({ publisher, status }) =>
      status !== 'dropped' && (agency === undefined || publisher === agency),
  );
  return [
    releasedOfPlan(own),
    releasedOnTime(own.filter(({ dueDate }) => dueDate < today)),
    await updatedOnTime(agency, today, db),
    await downloads(agency, db),
  ];
}

function share(counted: number, of: number, missing: readonly string[]) {
  return {
    unit: 'percent' as const,
    ...(of > 0 && { value: Math.round((counted / of) * 1000) / 10 }),
    target: 100,
    evidence: { counted, of, missing },
  };
}

function releasedOfPlan(commitments: readonly Commitment[]): Indicator {
  const missing = commitments.filter(({ releasedOn }) => releasedOn === undefined);
  return {
    code: 'plan-released',
    name: { vi: 'Đã công bố so với kế hoạch năm', en: 'Released of the year’s plan' },
    formula: {
      vi: 'số tập dữ liệu đã công bố ÷ số tập dữ liệu trong kế hoạch',
      en: 'datasets released ÷ datasets in the plan',
    },
    ...share(commitments.length - missing.length, commitments.length, idsOf(missing)),
  };
}

function releasedOnTime(due: readonly Commitment[]): Indicator {
  const missing = due.filter(({ status }) => status !== 'released-on-time');
  return {
    code: 'released-on-time',
    name: { vi: 'Công bố đúng hạn', en: 'Released on time' },
    formula: {
      vi: 'số tập dữ liệu công bố đúng hạn ÷ số tập dữ liệu đã đến hạn',
      en: 'datasets released on time ÷ datasets that have been due',
    },
    ...share(due.length - missing.length, due.length, idsOf(missing)),
  };
}

function idsOf(commitments: readonly Commitment[]): readonly string[] {
  return commitments.map(({ datasetId }) => datasetId);
}

async function updatedOnTime(
  agency: string | undefined,
  today: string,
  db: Queryable,
): Promise<Indicator> {
  const rows = await freshnessRepository(db).list(agency);
  const dated = rows.flatMap(({ id, modified, accrualPeriodicity }) => {
    const due = nextUpdateDue(modified ?? undefined, accrualPeriodicity ?? undefined);
    return due === undefined ? [] : [{ id, due }];
  });
  const late = dated.filter(({ due }) => due < today).map(({ id }) => id);
  return {
    code: 'updated-on-time',
    name: { vi: 'Cập nhật đúng hạn', en: 'Updated on time' },
    formula: {
      vi: 'số tập dữ liệu chưa quá hạn cập nhật ÷ số tập dữ liệu có tần suất xác định',
      en: 'datasets not overdue for an update ÷ datasets with a definite frequency',
    },
    ...share(dated.length - late.length, dated.length, late),
  };
}

async function downloads(agency: string | undefined, db: Queryable): Promise<Indicator> {
  const figures = await usageRepository(db).figures({ agency }, 'month');
  const counted = figures
    .filter(({ kind }) => kind === 'download')
    .reduce((sum, { count }) => sum + count, 0);
  return {
    code: 'downloads',
    name: { vi: 'Lượt tải', en: 'Downloads' },
    formula: { vi: 'tổng lượt tải, không kể robot', en: 'all downloads, robots left out' },
    unit: 'count',
    value: counted,
    evidence: { counted },
  };
}
