import type { Message } from '../../kernel/lang-text.ts';
import type { Queryable } from '../../storage/database.ts';
import type { Period } from '../period.ts';

/** What is measured: a period, up to the day it is measured on. */
export interface Span {
  readonly period: Period;
  /** The local date of measuring; for a period that is over, the day after its last. */
  readonly today: string;
}

/** What one record adds to measures. Every measure is a sum over records, and these are its evidence. */
export interface Fact {
  /** `dataset/tuyen-xe-buyt`, `agency/so-y-te`; `city` for what no record tells. */
  readonly record: string;
  /** The agency that answers for it; absent: the city alone. */
  readonly agency?: string;
  /** The record's own themes; absent: those of the published dataset. */
  readonly themes?: readonly string[];
  readonly amounts: Readonly<Record<string, number>>;
}

/** Measures that are gathered together. */
export interface MeasureGroup {
  /** Names as formulas use them, and what each counts. */
  readonly measures: Readonly<Record<string, Message>>;
  /**
   * Whether it can be told of any past period from records that carry their dates. What cannot, is measured while the
   * period runs or never.
   */
  readonly isDated: boolean;
  /** Whether it is known of the city alone, with no record behind it. */
  readonly isOfCity?: true;
  gather(span: Span, db: Queryable): Promise<readonly Fact[]>;
}

/** The last day that a span covers. */
export function lastDayOf({ period, today }: Span): string {
  return today < period.to ? today : period.to;
}

/** Days from one date to another, both counted; none when they are the wrong way round. */
export function daysBetween(from: string, to: string): number {
  return Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1);
}
