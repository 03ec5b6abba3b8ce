import type { Tables } from '../storage/database.ts';
import { type MetricTable, mqa, six } from './metrics.ts';
import type { DatasetScore, MetricScore } from './score-dataset.ts';

export type Row = Tables['quality'];
export type HistoryRow = Tables['quality_history'];

/** A score as it is kept. */
export interface KeptScore {
  readonly datasetId: string;
  readonly publisher: string;
  readonly scoredAt: string;
  /** When the figures last changed. */
  readonly changedAt: string;
  /** The European total, 0 to 405. */
  readonly total: number;
  readonly share: number;
  /** Points by the dimensions of both tables. */
  readonly dimensions: Readonly<Record<string, number>>;
  /** The distribution that counted. */
  readonly distribution?: string;
  readonly metrics: { readonly mqa: readonly MetricScore[]; readonly six: readonly MetricScore[] };
}

/** The figures of a day; without a total it was withdrawn. */
export interface DayFigures {
  readonly datasetId: string;
  readonly publisher: string;
  readonly day: string;
  readonly total?: number;
  readonly dimensions: Readonly<Record<string, number>>;
}

/** What is written of a dataset that was scored. */
export interface NewScore {
  readonly datasetId: string;
  readonly publisher: string;
  /** The dataset's revision that was scored. */
  readonly revision: number;
  readonly at: string;
  readonly score: DatasetScore;
}

/** The dimensions of both tables, which are columns. */
export const dimensionCodes = [...mqa.dimensions, ...six.dimensions].map(
  ({ code }) => code as Exclude<keyof HistoryRow, 'dataset_id' | 'day' | 'publisher_id' | 'total'>,
);

export const figureColumns = ['total', ...dimensionCodes] as const;

export type Figures = Omit<Row, 'metrics_json' | 'scored_at' | 'revision'>;

/** The rows of a score: `quality` whole, and its figures for `quality_history`. */
export function toRow(
  { datasetId, publisher, revision, at, score }: NewScore,
  changedAt: string,
): Row {
  const { mqa: european, six: criteria } = score;
  const points = new Map(
    [...european.dimensions, ...criteria.dimensions].map((one) => [one.code, one.points]),
  );
  const figures = Object.fromEntries(dimensionCodes.map((code) => [code, points.get(code) ?? 0]));
  const { distribution } = european;
  return {
    dataset_id: datasetId,
    publisher_id: publisher,
    revision,
    scored_at: at,
    changed_at: changedAt,
    share: european.share,
    total: european.points,
    ...(figures as Record<(typeof dimensionCodes)[number], number>),
    metrics_json: JSON.stringify({
      ...(distribution !== undefined && { distribution }),
      mqa: lostIn(european.metrics),
      six: lostIn(criteria.metrics),
    }),
  };
}

/** Whether two rows say the same figures of the same agency. */
export function sameFigures(a: Figures, b: Figures): boolean {
  return (
    a.publisher_id === b.publisher_id &&
    a.share === b.share &&
    figureColumns.every((column) => a[column] === b[column])
  );
}

export function toHistoryRow(row: Figures, day: string): HistoryRow {
  const figures = Object.fromEntries(figureColumns.map((column) => [column, row[column]]));
  return {
    dataset_id: row.dataset_id,
    day,
    publisher_id: row.publisher_id,
    ...(figures as Record<(typeof figureColumns)[number], number>),
  };
}

/** The row that says that a dataset is no longer published. */
export function toFarewellRow(datasetId: string, publisher: string, day: string): HistoryRow {
  const figures = Object.fromEntries(figureColumns.map((column) => [column, null]));
  return {
    dataset_id: datasetId,
    day,
    publisher_id: publisher,
    ...(figures as Record<(typeof figureColumns)[number], null>),
  };
}

/** A metric that lost points, as it is kept: the others are what the table says they can be. */
type Lost = Readonly<Record<string, Omit<MetricScore, 'code' | 'max'>>>;

/** What of the metrics is worth keeping: most datasets have most points, and there may be a million of them. */
function lostIn(metrics: readonly MetricScore[]): Lost {
  const lost: Record<string, Omit<MetricScore, 'code' | 'max'>> = {};
  for (const { code, max, ...rest } of metrics) {
    if (rest.state !== 'met' || rest.share !== max) lost[code] = rest;
  }
  return lost;
}

/** Whether a kept row says that a metric of the six criteria lost points. */
export function hasLost(metricsJson: string, code: string): boolean {
  const { six: lost } = JSON.parse(metricsJson) as { readonly six: Lost };
  return code in lost;
}

function withKept({ metrics }: MetricTable, lost: Lost): readonly MetricScore[] {
  return metrics.map(({ code, points: most }) => {
    const kept = lost[code];
    if (!kept) return { code, state: 'met', points: most, max: most, share: most };
    return { code, ...kept, max: kept.state === 'not-applicable' ? 0 : most };
  });
}

export function fromRow(row: Row): KeptScore {
  const lost = JSON.parse(row.metrics_json) as {
    readonly distribution?: string;
    readonly mqa: Lost;
    readonly six: Lost;
  };
  const { distribution } = lost;
  return {
    datasetId: row.dataset_id,
    publisher: row.publisher_id,
    scoredAt: row.scored_at,
    changedAt: row.changed_at,
    total: row.total,
    share: row.share,
    dimensions: Object.fromEntries(dimensionCodes.map((code) => [code, row[code]])),
    ...(distribution !== undefined && { distribution }),
    metrics: { mqa: withKept(mqa, lost.mqa), six: withKept(six, lost.six) },
  };
}

export function fromHistoryRow(row: HistoryRow): DayFigures {
  const dimensions = dimensionCodes.flatMap((code) => {
    const points = row[code];
    return points === null ? [] : [[code, points] as const];
  });
  return {
    datasetId: row.dataset_id,
    publisher: row.publisher_id,
    day: row.day,
    ...(row.total !== null && { total: row.total }),
    dimensions: Object.fromEntries(dimensions),
  };
}
