import { createHash } from 'node:crypto';
import type { PreviewFormat } from './preview-facts.ts';

/** The encodings that a reader may choose, beside the one that is guessed. */
export const encodings = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1258',
  'tcvn3',
  'windows-1252',
] as const;
export type Encoding = (typeof encodings)[number];

/** Which bytes: a file that we hold, or one that lies elsewhere. */
export type PreviewSource = { readonly sha256: string } | { readonly url: string };

/** How a reader wants a file read, where what is guessed is not it. */
export interface ReadingChoice {
  readonly encoding?: Encoding;
  /** A sheet of a workbook, from 0. */
  readonly sheet?: number;
}

/** What is to be prepared: some bytes, what they are said to be, and how to read them. */
export interface PreviewJob {
  readonly source: PreviewSource;
  readonly declared: PreviewFormat;
  readonly choice: ReadingChoice;
}

/** Names a job by what its result follows from: who asks for the same bytes read the same way shares one table. */
export function keyOf({ source, choice }: PreviewJob): string {
  const bytes =
    'sha256' in source ? source.sha256 : createHash('sha256').update(source.url).digest('hex');
  const read = [
    'url' in source ? 'linked' : '',
    choice.encoding ?? '',
    choice.sheet === undefined ? '' : `sheet${choice.sheet}`,
  ].filter((part) => part !== '');
  return [bytes, ...read].join('.');
}

const byFormat: Readonly<Record<string, PreviewFormat>> = {
  csv: 'csv',
  tsv: 'csv',
  txt: 'csv',
  xlsx: 'xlsx',
  xlsm: 'xlsx',
  json: 'json',
  ndjson: 'ndjson',
  jsonl: 'ndjson',
  geojson: 'geojson',
  parquet: 'parquet',
};

/** How the names of files end that may be tables. */
export const tableEndings: readonly string[] = Object.keys(byFormat);

const byMediaType: Readonly<Record<string, PreviewFormat>> = {
  'text/csv': 'csv',
  'text/tab-separated-values': 'csv',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/json': 'json',
  'application/x-ndjson': 'ndjson',
  'application/geo+json': 'geojson',
  'application/vnd.apache.parquet': 'parquet',
};

/** What a file is said to be, by its format, its media type or its name. Absent: nothing that can be shown as a table. */
export function declaredFormat(file: {
  readonly format?: string | undefined;
  readonly mediaType?: string | undefined;
  readonly fileName?: string | undefined;
}): PreviewFormat | undefined {
  const format = byFormat[file.format?.split('/').at(-1)?.toLowerCase() ?? ''];
  const mediaType = byMediaType[file.mediaType?.split(/[/;]/).slice(0, 2).join('/') ?? ''];
  const ending = byFormat[/\.(\w+)$/.exec(file.fileName ?? '')?.[1]?.toLowerCase() ?? ''];
  // A plain text is a table only where it says so itself.
  return format ?? mediaType ?? (file.format === undefined ? ending : undefined);
}
