import type { DatasetRecord, DistributionRecord } from '../model/dataset.ts';
import type { Metric } from './metrics.ts';

/** What an address answered when it was last asked. */
export interface LinkStatus {
  readonly url: string;
  /** The HTTP status; absent when there was no answer at all. */
  readonly status?: number;
  readonly checkedAt: string;
}

/** A file that the catalogue holds for a distribution. */
export interface HeldContent {
  readonly byteSize: number;
  readonly sha256: string;
}

/** What is known of a record besides itself. Every part is a question, so that scoring needs no database. */
export interface QualityFacts {
  /** Absent: the address has not been checked yet. */
  linkStatus(url: string): LinkStatus | undefined;
  /** Absent: the distribution's file is not ours. */
  heldContent(distributionId: string): HeldContent | undefined;
  /** Whether the record passes the schemas and shapes of a release. */
  conforms(record: DatasetRecord): boolean;
  /** A local calendar date, `2026-11-24`. */
  readonly today: string;
}

/** What a check looks at: a record, or one of its distributions. */
export interface Subject {
  readonly record: DatasetRecord;
  readonly distribution?: DistributionRecord;
  /** The JSON Pointer of the subject: empty, or `/distribution/0`. */
  readonly at: string;
}

/** A place in the record that keeps the points away. `pointer` is an RFC 6901 JSON Pointer. */
export interface Place {
  readonly pointer: string;
  readonly value?: string;
}

/**
 * What a check found. `unchecked`: nobody has looked yet, so there are no points; `not-applicable`: the question does
 * not arise, and counts neither way.
 */
export interface Outcome {
  readonly state: 'met' | 'unmet' | 'unchecked' | 'not-applicable';
  readonly places?: readonly Place[];
}

/** Holds a subject against a metric. Pure. */
export type Check = (subject: Subject, metric: Metric, facts: QualityFacts) => Outcome;

export const met: Outcome = { state: 'met' };
export const notApplicable: Outcome = { state: 'not-applicable' };

/** Failed, at the metric's own path unless places are given. */
export function unmet(subject: Subject, path: string, value?: string): Outcome {
  return { state: 'unmet', places: [placeOf(subject, path, value)] };
}

export function placeOf({ at }: Subject, path: string, value?: string): Place {
  const pointer = path === '' ? at : `${at}/${path.replaceAll('.', '/')}`;
  return { pointer, ...(value !== undefined && { value: value.slice(0, 300) }) };
}

/** Every value at a dotted path, out of arrays and language maps; what is empty is not there. */
export function valuesAt({ record, distribution }: Subject, path: string): readonly unknown[] {
  const whole = distribution ?? record;
  if (!path.includes('.'))
    return flat((whole as unknown as Readonly<Record<string, unknown>>)[path]);
  let value: unknown = whole;
  for (const step of path.split('.')) {
    if (!isObject(value)) return [];
    value = value[step];
  }
  return flat(value);
}

const languageMaps: ReadonlySet<string> = new Set(['title', 'description', 'keyword']);

/** The texts at a path: of a language map each text, of anything else what is text. */
export function textsAt(subject: Subject, path: string): readonly string[] {
  const values = valuesAt(subject, path);
  const texts = languageMaps.has(path)
    ? values.flatMap((value) => (isObject(value) ? Object.values(value).flatMap(flat) : value))
    : values;
  return texts.filter((text): text is string => typeof text === 'string');
}

function flat(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.filter(isThere);
  return isThere(value) ? [value] : [];
}

function isThere(value: unknown): boolean {
  if (value === undefined || value === null) return false;
  if (typeof value === 'string') return value.trim() !== '';
  if (typeof value !== 'object') return true;
  return Object.values(value).some(isThere);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
