import { type CriterionRecord, targetOf } from '../model/criterion.ts';
import type { Queryable } from '../storage/database.ts';
import { formulaOf, measuredValues, sidesOf } from './compute-values.ts';
import { type Criteria, criteriaRepository } from './criteria-repository.ts';
import type { MeasureValues } from './formula/evaluate-formula.ts';
import { measuresOf } from './formula/formula.ts';
import { inForceOn } from './get-criteria.ts';
import { indicatorRepository, type KeptPeriod } from './indicator-repository.ts';
import { measures as registry } from './measures/registry.ts';
import { type Period, periodBefore, periodsUpTo } from './period.ts';

/** The value of a period, and the version of the criteria that it was computed with. */
export interface TrendPoint {
  readonly period: string;
  readonly value?: number;
  readonly version: number;
}

/** A criterion with its value for a scope in a period, and what the value is made from. */
export interface Indicator
  extends Pick<
    CriterionRecord,
    'code' | 'name' | 'formula' | 'formulaInWords' | 'unit' | 'weight'
  > {
  /** Absent: there is nothing to measure. */
  readonly value?: number;
  /** Absent: no year has one. */
  readonly target?: number;
  /** The year that the target is named for; later than the period's when none stands yet. */
  readonly targetYear?: string;
  /** Absent: nothing can be said of reaching it. */
  readonly isReached?: boolean;
  /** Up to this period, oldest first. */
  readonly trend: readonly TrendPoint[];
  readonly evidence: {
    /** Of a share: the part, and the whole. */
    readonly counted?: number;
    readonly of?: number;
    readonly measures: Readonly<Record<string, number>>;
    /** The measure of what keeps the value from its target. */
    readonly against?: string;
    /** The first of the records that add to it: `dataset/ID`, `agency/ID`. */
    readonly missing?: readonly string[];
  };
}

/** The indicators of a scope in a period. */
export interface Indicators {
  readonly scope: string;
  readonly period: string;
  /** Of the criteria. */
  readonly version: number;
  /** Whether the values stay as they are. */
  readonly isClosed: boolean;
  /** Absent: nothing is kept of this period yet. */
  readonly takenAt?: string;
  readonly items: readonly Indicator[];
}

/** How far back trends go. */
const trendLength = 13;

/**
 * The indicators of a scope: `city`, `publisher/ID`, `theme/CODE` or `dataset/ID`. Read from what is kept; nothing is
 * measured.
 *
 * @param today which criteria name a period of which nothing is kept
 */
export async function getIndicators(
  scope: string,
  period: Period,
  today: string,
  db: Queryable,
): Promise<Indicators> {
  const repository = indicatorRepository(db);
  const periods = periodsUpTo(period, trendLength);
  const ids = periods.map(({ id }) => id);
  const [frames, rows, versions] = await Promise.all([
    repository.findPeriods(ids),
    repository.findScope(scope, ids),
    criteriaRepository(db).list(),
  ]);
  const frame = frames.get(period.id);
  const criteria = criteriaOf(frame, today < period.to ? today : period.to, versions);
  const before = periodBefore(period).id;
  const known = {
    current: measuredValues(frame, rows.get(period.id)?.measures),
    previous: measuredValues(frames.get(before), rows.get(before)?.measures),
  };
  const { values = {}, missing = {} } = rows.get(period.id) ?? {};
  return {
    scope,
    period: period.id,
    version: criteria.version,
    isClosed: frame?.isClosed ?? false,
    ...(frame && { takenAt: frame.takenAt }),
    items: criteria.record.criteria.map((criterion) => ({
      ...indicatorOf(criterion, {
        year: period.year,
        value: values[criterion.code],
        known,
        missing,
      }),
      trend: ids.flatMap((id) => {
        const each = frames.get(id);
        if (!each) return [];
        const value = rows.get(id)?.values[criterion.code];
        return [{ period: id, ...(value !== undefined && { value }), version: each.version }];
      }),
    })),
  };
}

/** The version that a period was computed with; of a period that is not kept, the one in force on the day. */
export function criteriaOf(
  frame: KeptPeriod | undefined,
  day: string,
  versions: readonly Criteria[],
): Criteria {
  return versions.find(({ version }) => version === frame?.version) ?? inForceOn(day, versions);
}

interface Found {
  readonly year: string;
  readonly value: number | undefined;
  readonly known: { readonly current: MeasureValues; readonly previous: MeasureValues };
  readonly missing: Readonly<Record<string, readonly string[]>>;
}

function indicatorOf(
  criterion: CriterionRecord,
  { year, value, known, missing }: Found,
): Omit<Indicator, 'trend'> {
  const { code, name, formula, formulaInWords, unit, weight, against } = criterion;
  const target = targetOf(criterion, year);
  const sides = sidesOf(formula, known.current, known.previous);
  return {
    code,
    name,
    formula,
    formulaInWords,
    unit,
    weight,
    ...(value !== undefined && { value }),
    ...(target && { target: target.value, targetYear: target.year }),
    ...(value !== undefined && target && { isReached: value >= target.value }),
    evidence: {
      ...sides,
      measures: Object.fromEntries(
        measuresOf(formulaOf(formula)).flatMap((measure) => {
          const amount = known.current[measure];
          return amount === undefined ? [] : [[measure, amount]];
        }),
      ),
      ...(against !== undefined && { against, missing: missing[against] ?? [] }),
    },
  };
}

/** What a measure counts, in words. */
export function measureTitle(name: string) {
  return registry.get(name) ?? { vi: name, en: name };
}
