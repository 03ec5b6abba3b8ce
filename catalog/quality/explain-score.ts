import type { Message } from '../kernel/lang-text.ts';
import type { DatasetRecord } from '../model/dataset.ts';
import { type Metric, type MetricTable, mqa, six } from './metrics.ts';
import { type MetricScore, scoreDataset } from './score-dataset.ts';
import type { Place, QualityFacts } from './subject.ts';

/** Points that a record does not have yet, and what to do to gain them. */
export interface MissingPoints {
  readonly code: string;
  readonly dimension: string;
  readonly points: number;
  readonly state: MetricScore['state'];
  readonly label: Message;
  readonly remedy: Message;
  readonly places?: readonly Place[];
}

/** What a metric gave, by its name. */
export interface NamedMetric {
  readonly code: string;
  readonly dimension: string;
  readonly label: Message;
  readonly state: MetricScore['state'];
  readonly points: number;
  readonly max: number;
}

/** A score for people: totals, and the reason for each point that is missing. */
export interface ExplainedScore {
  readonly mqa: {
    readonly points: number;
    readonly max: number;
    readonly rating: string;
    readonly dimensions: readonly { code: string; points: number; max: number }[];
    readonly metrics: readonly NamedMetric[];
    readonly missing: readonly MissingPoints[];
  };
  readonly six: {
    readonly dimensions: readonly { code: string; points: number; max: number }[];
    readonly metrics: readonly NamedMetric[];
    readonly missing: readonly MissingPoints[];
  };
}

/** Scores a record and says what would raise the score, the most points first. */
export function explainScore(record: DatasetRecord, facts: QualityFacts): ExplainedScore {
  const score = scoreDataset(record, facts);
  const { points, max, rating } = score.mqa;
  return {
    mqa: {
      points,
      max,
      rating,
      dimensions: score.mqa.dimensions.map(withoutShare),
      metrics: named(mqa, score.mqa.metrics),
      missing: missingFrom(mqa, score.mqa.metrics),
    },
    six: {
      dimensions: score.six.dimensions.map(withoutShare),
      metrics: named(six, score.six.metrics),
      missing: missingFrom(six, score.six.metrics),
    },
  };
}

function withoutShare({ code, points, max }: { code: string; points: number; max: number }) {
  return { code, points, max };
}

function named(table: MetricTable, scores: readonly MetricScore[]): readonly NamedMetric[] {
  return table.metrics.flatMap(({ code, dimension, label }, index) => {
    const score = scores[index];
    if (!score) return [];
    const { state, points, max } = score;
    return [{ code, dimension, label, state, points, max }];
  });
}

function missingFrom(table: MetricTable, scores: readonly MetricScore[]): readonly MissingPoints[] {
  const metrics = new Map(table.metrics.map((metric) => [metric.code, metric]));
  return scores
    .flatMap((score) => {
      const metric = metrics.get(score.code);
      return metric && score.points < score.max ? [toMissing(metric, score)] : [];
    })
    .sort((a, b) => b.points - a.points);
}

function toMissing({ code, dimension, label, remedy }: Metric, score: MetricScore): MissingPoints {
  return {
    code,
    dimension,
    points: Math.round((score.max - score.points) * 10) / 10,
    state: score.state,
    label,
    remedy,
    ...(score.places && { places: score.places }),
  };
}
