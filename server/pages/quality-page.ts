import type { DatasetQuality } from '../../catalog/inventory/dataset-quality.ts';
import type { DatasetRecord } from '../../catalog/model/dataset.ts';
import type { AgencyQuality } from '../../catalog/quality/agency-quality.ts';
import type { MissingPoints, NamedMetric } from '../../catalog/quality/explain-score.ts';
import { type MetricTable, mostPoints, mqa, six } from '../../catalog/quality/metrics.ts';
import type { Place } from '../../catalog/quality/subject.ts';
import { type LineChart, lineChart } from './line-chart.ts';
import type { PageContext, Shown } from './page-context.ts';
import { type Bar, bars, inWords, type Ring, ring } from './score-view.ts';

/** What to do next, and what it gains. */
export interface Advice {
  readonly gain: string;
  readonly label: string;
  readonly remedy: string;
  readonly places: readonly string[];
}

/** One of the two ways of measuring, whole. */
export interface TableView {
  readonly title: string;
  readonly bars: readonly Bar[];
  readonly advice: readonly Advice[];
  readonly groups: readonly {
    readonly label: string;
    readonly metrics: readonly {
      readonly label: string;
      readonly points: string;
      readonly state: string;
      readonly code: NamedMetric['state'];
    }[];
  }[];
}

export interface QualityPage {
  readonly title: Shown;
  readonly dataset: string;
  readonly api: string;
  readonly ring: Ring;
  readonly tables: readonly TableView[];
  readonly chart?: LineChart;
  readonly history: readonly { readonly day: string; readonly total: string }[];
}

/** The score of a dataset, with the reason for each point that is missing. */
export function qualityPage(
  record: DatasetRecord,
  quality: DatasetQuality,
  today: string,
  context: PageContext,
): QualityPage {
  const { points, rating } = quality.mqa;
  const days = quality.history.flatMap(({ day, total }) =>
    total === undefined ? [] : [{ day, value: total }],
  );
  const chart = lineChart(days, mostPoints(mqa), today);
  return {
    title: context.show(record.title),
    dataset: context.url(`/dataset/${record.id}`),
    api: `/api/v1/datasets/${record.id}/quality`,
    ring: ring(points, rating, context),
    tables: [
      tableView(mqa, quality.mqa, record, context),
      tableView(six, quality.six, record, context),
    ],
    ...(chart && { chart }),
    history: days
      .map(({ day, value }) => ({ day: context.date(day), total: context.number(value) }))
      .reverse(),
  };
}

function tableView(
  table: MetricTable,
  score: DatasetQuality['mqa'] | DatasetQuality['six'],
  record: DatasetRecord,
  context: PageContext,
): TableView {
  const points = new Map(score.dimensions.map((dimension) => [dimension.code, dimension]));
  return {
    title: inWords(table.title, context),
    bars: bars(table, points, context),
    advice: score.missing.map((missing) => adviceOf(missing, record, context)),
    groups: table.dimensions.map(({ code, label }) => ({
      label: inWords(label, context),
      metrics: score.metrics
        .filter(({ dimension }) => dimension === code)
        .map(({ label: name, points: has, max, state }) => ({
          label: inWords(name, context),
          points: max === 0 ? '–' : `${context.number(has)}/${context.number(max)}`,
          state: context.t(`quality.state.${state}`),
          code: state,
        })),
    })),
  };
}

function adviceOf(
  { points, label, remedy, places = [] }: MissingPoints,
  record: DatasetRecord,
  context: PageContext,
): Advice {
  const words = places.flatMap((place) => placeInWords(place, record, context) ?? []);
  return {
    gain: `+${context.number(points)}`,
    label: inWords(label, context),
    remedy: inWords(remedy, context),
    places: [...new Set(words)],
  };
}

/** Where it is, for a reader: the title of the file, and the value. Absent: the remedy says it all. */
function placeInWords(
  { pointer, value }: Place,
  record: DatasetRecord,
  context: PageContext,
): string | undefined {
  const index = /^\/distribution\/(\d+)/.exec(pointer)?.[1];
  const file = index === undefined ? undefined : record.distribution?.[Number(index)];
  const name = file && shortened(context.show(file.title).text || file.id);
  return [name, value].filter(Boolean).join(': ') || undefined;
}

const longestName = 60;

function shortened(name: string): string {
  return name.length > longestName ? `${name.slice(0, longestName).trimEnd()}…` : name;
}

/** The score of a dataset in a line, for its own page. */
export interface QualitySummary {
  readonly ring: Ring;
  readonly href: string;
  readonly bars: readonly Bar[];
}

export function qualitySummary(
  id: string,
  { mqa: { points, rating }, six: criteria }: DatasetQuality,
  context: PageContext,
): QualitySummary {
  return {
    ring: ring(points, rating, context),
    href: context.url(`/dataset/${id}/quality`),
    bars: bars(six, new Map(criteria.dimensions.map((one) => [one.code, one])), context),
  };
}

/** The quality of an agency's datasets, for its page. */
export interface AgencyQualityView {
  readonly ring: Ring;
  readonly bars: readonly Bar[];
  readonly datasets: string;
  readonly api: string;
  readonly missing: readonly {
    readonly label: string;
    readonly remedy: string;
    readonly count: string;
  }[];
  readonly chart?: LineChart;
}

export function agencyQualityView(
  agency: string,
  { average, missing, lookedAt, history }: AgencyQuality,
  today: string,
  context: PageContext,
): AgencyQualityView {
  const points = new Map(
    Object.entries(average.dimensions).map(([code, has]) => [code, { points: has, max: 100 }]),
  );
  const chart = lineChart(
    history.map(({ day, total }) => ({ day, value: total })),
    mostPoints(mqa),
    today,
  );
  return {
    ring: ring(average.total, average.rating, context),
    bars: bars(six, points, context),
    datasets: context.plural('quality.average', average.datasets),
    api: `/api/v1/agencies/${agency}/quality`,
    missing: missing.map(({ label, remedy, datasets }) => ({
      label: inWords(label, context),
      remedy: inWords(remedy, context),
      count: context.t('quality.share', {
        count: context.number(datasets),
        of: context.number(lookedAt),
      }),
    })),
    ...(chart && { chart }),
  };
}
