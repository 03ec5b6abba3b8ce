import type { ColumnType, PreviewFacts } from './preview-facts.ts';

/** Which rows of a table to show, and in which order. Columns are named by their index. */
export interface TableQuery {
  readonly sort?: { readonly column: number; readonly direction: 'asc' | 'desc' };
  /** Rows whose cell holds a text, whatever its accents and case. */
  readonly filters: readonly { readonly column: number; readonly text: string }[];
  readonly offset: number;
  readonly limit: number;
}

export const aggregates = ['count', 'sum', 'mean'] as const;
export type Aggregate = (typeof aggregates)[number];
export const chartKinds = ['bar', 'line', 'scatter'] as const;
export type ChartKind = (typeof chartKinds)[number];

/** What to draw: for each value of `x` an aggregate of `y`; a scatter has both as they are. */
export interface ChartQuery {
  readonly kind: ChartKind;
  readonly x: number;
  /** Absent only where rows are counted. */
  readonly y?: number;
  readonly aggregate: Aggregate;
}

/** A value of a cell: numbers as numbers, those beyond 2⁵³ as text; dates as ISO 8601. */
export type Cell = string | number | boolean | null;

export function isNumeric(type: ColumnType): boolean {
  return type === 'integer' || type === 'decimal';
}

export function isTime(type: ColumnType): boolean {
  return type === 'date' || type === 'datetime';
}

/** The columns that a chart may have as its measure. */
export function measures({ columns }: PreviewFacts): readonly number[] {
  return columns.flatMap(({ type }, index) => (isNumeric(type) ? [index] : []));
}
