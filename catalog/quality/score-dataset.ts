import type { DatasetRecord } from '../model/dataset.ts';
import { checkOf } from './checks.ts';
import { type Metric, type MetricTable, mostPoints, mqa, six } from './metrics.ts';
import type { Outcome, Place, QualityFacts, Subject } from './subject.ts';

/** `partly`: some distributions pass and some do not. The others are those of an outcome. */
export type MetricState = Outcome['state'] | 'partly';

/** What a metric gave. What it is called and how to gain the rest stands in its table. */
export interface MetricScore {
  readonly code: string;
  readonly state: MetricState;
  /** 0 to `max`. For the European assessment those of the best distribution. */
  readonly points: number;
  readonly max: number;
  /** 0 to `max`: what the share of distributions that pass would give. */
  readonly share: number;
  /** Where points were lost, at most five places. */
  readonly places?: readonly Place[];
}

export interface DimensionScore {
  readonly code: string;
  readonly points: number;
  readonly max: number;
  readonly share: number;
}

/** A dataset on the European assessment: 0 to 405 points. */
export interface MqaScore {
  readonly points: number;
  readonly max: number;
  /** The total if all distributions counted and not only the best one. */
  readonly share: number;
  readonly rating: string;
  /** The distribution that counted; absent where there is none. */
  readonly distribution?: string;
  readonly dimensions: readonly DimensionScore[];
  readonly metrics: readonly MetricScore[];
}

/** A dataset on the six criteria; each dimension's `points` are 0 to 100. */
export interface SixScore {
  readonly dimensions: readonly DimensionScore[];
  readonly metrics: readonly MetricScore[];
}

export interface DatasetScore {
  readonly mqa: MqaScore;
  readonly six: SixScore;
}

/** A metric with what its check found in each of its subjects. */
interface Measured {
  readonly metric: Metric;
  /** One for a metric of the dataset, one a distribution for the others. */
  readonly outcomes: readonly Outcome[];
}

const mostPlaces = 5;

/** Scores a record on both tables. Pure: the same record, facts and day always give the same score. */
export function scoreDataset(record: DatasetRecord, facts: QualityFacts): DatasetScore {
  const conforms = facts.conforms(record);
  // Both tables ask for the verdict, which is the dearest of the facts.
  const once = { ...facts, conforms: () => conforms };
  return { mqa: scoreMqa(record, once), six: scoreSix(record, once) };
}

/**
 * Scores a record as the European Metadata Quality Assessment does: every distribution is scored over all its metrics
 * together, and the single one with the highest total counts.
 *
 * @see piveau-metrics-score, Scoring.kt; schemas/quality/mqa.json for the points
 */
export function scoreMqa(record: DatasetRecord, facts: QualityFacts): MqaScore {
  const measured = measure(mqa, record, facts);
  const best = bestDistribution(measured, record.distribution?.length ?? 0);
  const metrics = measured.map(({ metric, outcomes }) => {
    const counted = metric.level === 'dataset' ? outcomes[0] : (outcomes[best] ?? outcomes[0]);
    const state = counted?.state ?? 'unmet';
    return {
      code: metric.code,
      state,
      points: state === 'met' ? metric.points : 0,
      max: metric.points,
      share: oneDecimal(metric.points * shareMet(outcomes)),
      ...placesOf(outcomes),
    };
  });
  const points = sumOf(metrics, 'points');
  const distribution = record.distribution?.[best]?.id;
  return {
    points,
    max: mostPoints(mqa),
    share: oneDecimal(sumOf(metrics, 'share')),
    rating: ratingOf(points),
    ...(distribution !== undefined && { distribution }),
    dimensions: dimensionsOf(mqa, metrics),
    metrics,
  };
}

/** The rating that a number of points earns. */
export function ratingOf(points: number): string {
  return mqa.ratings?.find(({ from }) => points >= from)?.code ?? '';
}

/**
 * Scores a record on the six criteria. A check of distributions counts by the share of them that pass, and what does
 * not apply is left out of the sum; a dimension of which nothing applies has all of its 100.
 */
export function scoreSix(record: DatasetRecord, facts: QualityFacts): SixScore {
  const metrics = measure(six, record, facts).map(({ metric, outcomes }) => {
    const points = oneDecimal(metric.points * shareMet(outcomes));
    const state = stateOf(outcomes);
    const max = state === 'not-applicable' ? 0 : metric.points;
    return {
      code: metric.code,
      state,
      points: max === 0 ? 0 : points,
      max,
      share: points,
      ...placesOf(outcomes),
    };
  });
  const dimensions = dimensionsOf(six, metrics).map(({ code, points, max }) => {
    const percent = max === 0 ? 100 : Math.round((points / max) * 100);
    return { code, points: percent, max: 100, share: percent };
  });
  return { dimensions, metrics };
}

function measure(table: MetricTable, record: DatasetRecord, facts: QualityFacts) {
  const whole: Subject = { record, at: '' };
  const parts = (record.distribution ?? []).map((distribution, index) => ({
    record,
    distribution,
    at: `/distribution/${index}`,
  }));
  return table.metrics.map(
    (metric): Measured => ({ metric, outcomes: outcomesOf(metric, whole, parts, facts) }),
  );
}

function outcomesOf(
  metric: Metric,
  whole: Subject,
  parts: readonly Subject[],
  facts: QualityFacts,
): readonly Outcome[] {
  const check = checkOf(metric);
  if (metric.level === 'dataset') return [check(whole, metric, facts)];
  const own = parts.map((part) => check(part, metric, facts));
  if (metric.level === 'distribution') return own;
  const fallback = check(whole, metric, facts);
  if (own.length === 0) return [fallback];
  return fallback.state === 'met' ? own.map(() => fallback) : own;
}

/** The place of the distribution with the most points over all its metrics; of equals, the first. */
function bestDistribution(measured: readonly Measured[], count: number): number {
  if (count < 2) return 0;
  const totals = Array.from({ length: count }, (_, index) =>
    measured
      .filter(({ metric }) => metric.level !== 'dataset')
      .reduce(
        (sum, { metric, outcomes }) => sum + (outcomes[index]?.state === 'met' ? metric.points : 0),
        0,
      ),
  );
  return Math.max(0, totals.indexOf(Math.max(...totals)));
}

/** The share of subjects that pass, of those that the question applies to: 0 to 1. */
function shareMet(outcomes: readonly Outcome[]): number {
  const asked = outcomes.filter(({ state }) => state !== 'not-applicable');
  if (asked.length === 0) return 0;
  return asked.filter(({ state }) => state === 'met').length / asked.length;
}

function stateOf(outcomes: readonly Outcome[]): MetricState {
  if (outcomes.length === 0) return 'unmet';
  const states = new Set(outcomes.map(({ state }) => state));
  if (states.size > 1) states.delete('not-applicable');
  if (states.has('met')) return states.size === 1 ? 'met' : 'partly';
  // Where something failed, that nobody has looked at the rest is not the point.
  if (states.has('unmet')) return 'unmet';
  return states.has('unchecked') ? 'unchecked' : 'not-applicable';
}

function placesOf(outcomes: readonly Outcome[]): { readonly places?: readonly Place[] } {
  const failed = outcomes.filter(({ places }) => places !== undefined);
  if (failed.length === 0) return {};
  return { places: failed.flatMap(({ places }) => places ?? []).slice(0, mostPlaces) };
}

function dimensionsOf(
  table: MetricTable,
  metrics: readonly MetricScore[],
): readonly DimensionScore[] {
  return table.dimensions.map(({ code }) => {
    const own = metrics.filter((_score, index) => table.metrics[index]?.dimension === code);
    return {
      code,
      points: sumOf(own, 'points'),
      max: sumOf(own, 'max'),
      share: oneDecimal(sumOf(own, 'share')),
    };
  });
}

function sumOf(metrics: readonly MetricScore[], what: 'points' | 'max' | 'share'): number {
  return metrics.reduce((sum, metric) => sum + metric[what], 0);
}

/** Sums of tenths stay tenths. */
function oneDecimal(value: number): number {
  return Math.round(value * 10) / 10;
}
