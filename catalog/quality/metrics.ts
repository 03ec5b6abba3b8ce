import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Message } from '../kernel/lang-text.ts';
import { schemasFolder } from '../model/schemas.ts';

/**
 * What a metric is asked of: the dataset, each distribution, or each distribution with the dataset's own value where
 * the distribution has none.
 */
export type Level = 'dataset' | 'distribution' | 'distribution-or-dataset';

/** What a check may be told besides the metric's path. Each check says which of these it reads. */
export interface Parameters {
  /** Other paths whose value will do as well. */
  readonly or?: readonly string[];
  /** The least length of a text, in characters. */
  readonly characters?: number;
  /** What is not there does not count, instead of failing. */
  readonly absent?: 'not-applicable';
  /** The vocabulary that each path's values are held against. */
  readonly tables?: Readonly<Record<string, string>>;
  /** The same for the paths of distributions, in a check of the whole record. */
  readonly distributionTables?: Readonly<Record<string, string>>;
  readonly table?: string;
  readonly mark?: Mark;
  /** A media type that belongs to a marked concept will do as well. */
  readonly orMediaType?: true;
  readonly values?: readonly string[];
  /** Folded: without diacritics, in small letters. */
  readonly words?: readonly string[];
}

/** The facts of a concept that a metric may ask for. */
export type Mark = 'machineReadable' | 'nonProprietary' | 'open';

/** One thing that is measured. The truth is schemas/quality/*.json. */
export interface Metric {
  readonly code: string;
  readonly dimension: string;
  /** The property in DCAT's words, for readers. */
  readonly property: string;
  /** Where the value stands in the record or the distribution: `inventory.updateResponsibility.agency`. */
  readonly path: string;
  readonly level: Level;
  readonly points: number;
  /** The name of a check of checks.ts. */
  readonly check: string;
  readonly parameters?: Parameters;
  readonly label: Message;
  /** What to do to gain the points. */
  readonly remedy: Message;
}

export interface Dimension {
  readonly code: string;
  /** The IRI of its score as a metric of DQV. */
  readonly iri?: string;
  readonly label: Message;
}

/** A mark in words, for at least so many points. */
export interface Rating {
  readonly code: string;
  readonly from: number;
  readonly label: Message;
}

/** A way of measuring: its dimensions and metrics. */
export interface MetricTable {
  readonly name: string;
  readonly title: Message;
  readonly source: string;
  readonly iri?: string;
  readonly dimensions: readonly Dimension[];
  /** The best first. */
  readonly ratings?: readonly Rating[];
  readonly metrics: readonly Metric[];
}

function readMetricTable(name: string): MetricTable {
  const file = join(schemasFolder, 'quality', `${name}.json`);
  return JSON.parse(readFileSync(file, 'utf8')) as MetricTable;
}

/** The European Metadata Quality Assessment: five dimensions, 405 points. */
export const mqa: MetricTable = readMetricTable('mqa');

/** The strategy's six words, each 0 to 100: đúng, đủ, sạch, sống, thống nhất, dùng chung. */
export const six: MetricTable = readMetricTable('six');

/** The most that a dimension can give. */
export function mostPoints(table: MetricTable, dimension?: string): number {
  return table.metrics
    .filter((metric) => dimension === undefined || metric.dimension === dimension)
    .reduce((sum, { points }) => sum + points, 0);
}
