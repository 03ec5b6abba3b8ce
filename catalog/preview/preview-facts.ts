/** The forms of a file that can be shown as a table. */
export const previewFormats = ['csv', 'xlsx', 'json', 'ndjson', 'geojson', 'parquet'] as const;
export type PreviewFormat = (typeof previewFormats)[number];

export const columnTypes = [
  'integer',
  'decimal',
  'date',
  'datetime',
  'boolean',
  'text',
  'geometry',
] as const;
export type ColumnType = (typeof columnTypes)[number];

/** A column of a prepared table, and what its values are like. */
export interface ColumnFacts {
  readonly name: string;
  readonly type: ColumnType;
  /** Cells without a value. */
  readonly missing: number;
  /** About how many different values there are. */
  readonly distinct: number;
  /** The least and the greatest value of what has an order, as text: a number or ISO 8601. */
  readonly min?: string;
  readonly max?: string;
  readonly mean?: number;
  /** The values that stand most often. Absent: nearly every one is different. */
  readonly top?: readonly { readonly value: string; readonly count: number }[];
  /** How numbers and dates are spread from `min` to `max`, in pieces of equal width. */
  readonly histogram?: readonly number[];
}

/** How a file was read, for who wants to know why it looks as it does. */
export interface ReadingNotes {
  /** The file is of another form than its description says. */
  readonly declared?: PreviewFormat;
  readonly encoding?: string;
  readonly delimiter?: string;
  /** Rows that are shorter or longer than the header. They are shown as they are. */
  readonly ragged?: number;
  /** Lines above the header, such as a title. */
  readonly skipped?: number;
  /** The first line was taken for data, and the columns have no names of their own. */
  readonly isHeaderless?: boolean;
  /** Lines that could not be read at all. */
  readonly broken?: number;
  /** The names of the sheets of a workbook, and which of them this is, from 0. */
  readonly sheets?: readonly string[];
  readonly sheet?: number;
  /** There is more in the file than is shown: rows, columns, or text of a cell. */
  readonly cut?: readonly ('rows' | 'columns' | 'cells')[];
}

/** Where the rows of a table lie: columns by their index. */
export type PlaceColumns =
  | { readonly geometry: number }
  | { readonly latitude: number; readonly longitude: number };

/** All that is known of a prepared table. Its values are in a Parquet file: `r` from 1, then `c0`, `c1`, … */
export interface PreviewFacts {
  readonly format: PreviewFormat;
  readonly rows: number;
  readonly columns: readonly ColumnFacts[];
  readonly notes: ReadingNotes;
  readonly place?: PlaceColumns;
}

/** Why a file cannot be shown, in a word; the pages have a sentence for each. */
export const previewFailures = [
  'empty',
  'not-a-table',
  'web-page',
  'compressed',
  'old-workbook',
  'bomb',
  'broken',
  'no-such-sheet',
  'too-large',
  'too-slow',
  'not-reached',
  'not-found',
  'failed',
] as const;
export type PreviewFailure = (typeof previewFailures)[number];

/** Thrown where a file turns out not to be showable. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';

  readonly failure: PreviewFailure;

  constructor(failure: PreviewFailure, options?: ErrorOptions) {
    super(failure, options);
    this.failure = failure;
  }
}
