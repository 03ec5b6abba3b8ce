import type { ColumnFacts, PreviewFacts } from '../../catalog/preview/preview-facts.ts';
import {
  aggregates,
  type ChartQuery,
  chartKinds,
  isNumeric,
  isTime,
} from '../../catalog/preview/table-query.ts';
import type { ChartFigures, Figure } from '../../catalog/preview/table-reader.ts';
import type { PageContext } from './page-context.ts';
import type { PreviewAddress } from './preview-address.ts';
import { columnLabel, valueWriter } from './preview-values.ts';

interface Choice {
  readonly value: string;
  readonly label: string;
  readonly isChosen: boolean;
}

/** A picture of figures; lengths are in its own units. */
export type ChartPicture =
  | {
      readonly kind: 'bar';
      readonly bars: readonly {
        readonly label: string;
        readonly value: string;
        /** In percent of the longest. */
        readonly share: number;
      }[];
    }
  | {
      readonly kind: 'line' | 'scatter';
      readonly width: number;
      readonly height: number;
      /** For a polyline; empty for a scatter. */
      readonly line: string;
      readonly dots: readonly { readonly x: number; readonly y: number }[];
      readonly ticks: readonly { readonly y: number; readonly label: string }[];
      readonly from: string;
      readonly to: string;
    };

export interface PreviewChart {
  readonly kinds: readonly Choice[];
  readonly xs: readonly Choice[];
  readonly ys: readonly Choice[];
  readonly aggregates: readonly Choice[];
  readonly hidden: readonly { readonly name: string; readonly value: string }[];
  /** What is drawn, in a sentence. */
  readonly title: string;
  readonly picture?: ChartPicture;
  readonly cut?: string;
  readonly heads: readonly [string, string];
  readonly figures: readonly (readonly [string, string])[];
  readonly csv: string;
}

const size = { width: 640, height: 300, left: 8, right: 632, top: 12, bottom: 288 };
const shownFigures = 500;

export function previewChart(
  {
    facts,
    query,
    found,
  }: {
    readonly facts: PreviewFacts;
    readonly query: ChartQuery;
    readonly found: ChartFigures;
  },
  address: PreviewAddress,
  context: PageContext,
): PreviewChart {
  const { columns } = facts;
  const label = (index: number) => columnLabel(columns[index]?.name ?? '', index, context);
  const writeX = valueWriter(columns[query.x] ?? noColumn, context);
  const writeY = (value: number) => context.number(Math.round(value * 100) / 100);
  const choices = (of: (column: ColumnFacts) => boolean, chosen: number | undefined) =>
    columns.flatMap((column, index) =>
      of(column) ? [{ value: String(index), label: label(index), isChosen: index === chosen }] : [],
    );
  const words = <Word extends string>(all: readonly Word[], key: string, chosen: Word) =>
    all.map((value) => ({
      value,
      label: context.t(`preview.${key}.${value}`),
      isChosen: value === chosen,
    }));
  const measure = measureLabel(query, label, context);
  return {
    kinds: words(chartKinds, 'kind', query.kind),
    xs: choices(({ type }) => type !== 'geometry', query.x),
    ys: choices(({ type }) => isNumeric(type), query.y),
    aggregates: words(aggregates, 'aggregate', query.aggregate),
    hidden: address.hidden(['kind', 'x', 'y', 'aggregate', 'page']),
    title: context.t('preview.chart.title', { measure, x: label(query.x) }),
    ...(found.figures.length > 0 && {
      picture: pictureOf(query, found.figures, columns[query.x] ?? noColumn, { writeX, writeY }),
    }),
    ...(found.isCut && {
      cut: context.t('preview.chart.cut', { count: context.number(found.figures.length) }),
    }),
    heads: [label(query.x), measure],
    figures: found.figures
      .slice(0, shownFigures)
      .map(({ x, y }) => [writeX(x), writeY(y)] as const),
    csv: address.with({ view: '', page: '' }).replace(address.path, `${address.path}/chart.csv`),
  };
}

/** What the figures of a chart are: of which column, and what was done with it. */
export function measureLabel(
  { kind, y, aggregate }: ChartQuery,
  label: (index: number) => string,
  context: PageContext,
): string {
  if (kind === 'scatter') return label(y ?? 0);
  if (aggregate === 'count' || y === undefined) return context.t('preview.measure.count');
  return context.t(`preview.measure.${aggregate}`, { label: label(y) });
}

const noColumn: ColumnFacts = { name: '', type: 'text', missing: 0, distinct: 0 };

interface Writers {
  readonly writeX: (value: Figure['x']) => string;
  readonly writeY: (value: number) => string;
}

function pictureOf(
  { kind }: ChartQuery,
  figures: readonly Figure[],
  column: ColumnFacts,
  { writeX, writeY }: Writers,
): ChartPicture {
  if (kind === 'bar') {
    const longest = Math.max(...figures.map(({ y }) => Math.abs(y)), Number.MIN_VALUE);
    const bars = figures.map(({ x, y }) => ({
      label: writeX(x),
      value: writeY(y),
      share: Math.round((Math.abs(y) / longest) * 1000) / 10,
    }));
    return { kind, bars };
  }
  const across = figures.map(({ x }, index) => placeOf(x, index, column));
  const [low, high] = edges(
    figures.map(({ y }) => y),
    kind === 'line',
  );
  const [left, right] = [Math.min(...across), Math.max(...across)];
  const dots = figures.map(({ y }, index) => ({
    x: scaled(across[index] ?? 0, left, right, size.left, size.right),
    y: scaled(y, low, high, size.bottom, size.top),
  }));
  return {
    kind,
    width: size.width,
    height: size.height,
    line: kind === 'line' ? dots.map(({ x, y }) => `${x},${y}`).join(' ') : '',
    dots: kind === 'line' && dots.length > 60 ? [] : dots,
    ticks: [low, (low + high) / 2, high].map((value) => ({
      y: scaled(value, low, high, size.bottom, size.top),
      label: writeY(value),
    })),
    from: writeX(figures[across.indexOf(left)]?.x ?? null),
    to: writeX(figures[across.indexOf(right)]?.x ?? null),
  };
}

/** Where a value lies along the axis: numbers and times by what they are, all else in its order. */
function placeOf(x: Figure['x'], index: number, { type }: ColumnFacts): number {
  if (isNumeric(type)) return Number(x);
  return isTime(type) ? Date.parse(String(x)) : index;
}

function edges(values: readonly number[], fromZero: boolean): readonly [number, number] {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const bottom = fromZero && low > 0 ? 0 : low;
  return bottom === high ? [bottom - 1, high + 1] : [bottom, high];
}

function scaled(value: number, low: number, high: number, from: number, to: number): number {
  const share = high === low ? 0.5 : (value - low) / (high - low);
  return Math.round((from + share * (to - from)) * 10) / 10;
}
