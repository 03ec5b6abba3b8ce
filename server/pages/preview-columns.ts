import type { ColumnFacts, PreviewFacts } from '../../catalog/preview/preview-facts.ts';
import type { PageContext } from './page-context.ts';
import { columnLabel, valueWriter } from './preview-values.ts';

/** What the values of a column are like. Lengths are in the picture's own units. */
export interface ColumnProfile {
  readonly index: number;
  readonly label: string;
  readonly type: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly histogram?: {
    readonly width: number;
    readonly height: number;
    readonly bars: readonly { readonly x: number; readonly y: number; readonly height: number }[];
    readonly from: string;
    readonly to: string;
    readonly label: string;
  };
  /** The commonest values; a share is of all rows, in percent. */
  readonly top: readonly {
    readonly value: string;
    readonly count: string;
    readonly share: number;
  }[];
}

const barWidth = 10;
const height = 48;

export function previewColumns(
  { columns, rows }: PreviewFacts,
  context: PageContext,
): readonly ColumnProfile[] {
  return columns.map((column, index) => profileOf(column, index, rows, context));
}

function profileOf(
  column: ColumnFacts,
  index: number,
  rows: number,
  context: PageContext,
): ColumnProfile {
  const write = valueWriter(column, context);
  const { type, min, max, mean, top = [] } = column;
  const label = columnLabel(column.name, index, context);
  const fact = (key: string, value: string) => ({ label: context.t(`preview.fact.${key}`), value });
  const most = Math.max(1, ...(column.histogram ?? []));
  return {
    index,
    label,
    type: context.t(`preview.type.${type}`),
    facts: [
      fact('missing', withShare(column.missing, rows, context)),
      fact('distinct', context.number(column.distinct)),
      ...(min === undefined ? [] : [fact('min', write(min))]),
      ...(max === undefined ? [] : [fact('max', write(max))]),
      ...(mean === undefined ? [] : [fact('mean', context.number(mean))]),
    ],
    ...(column.histogram && {
      histogram: {
        width: column.histogram.length * barWidth,
        height,
        bars: column.histogram.map((count, at) => {
          const length = count === 0 ? 0 : Math.max(1, Math.round((count / most) * height));
          return { x: at * barWidth, y: height - length, height: length };
        }),
        from: write(min ?? ''),
        to: write(max ?? ''),
        label: context.t('preview.histogram', { label }),
      },
    }),
    top: top.map(({ value, count }) => ({
      value: write(value),
      count: context.number(count),
      share: Math.round((count / Math.max(1, rows)) * 1000) / 10,
    })),
  };
}

function withShare(count: number, rows: number, context: PageContext): string {
  if (count === 0) return context.number(0);
  const share = Math.round((count / Math.max(1, rows)) * 1000) / 10;
  return `${context.number(count)} (${context.percent(share)})`;
}
