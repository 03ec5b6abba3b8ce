import type { LangText, Message } from '../kernel/lang-text.ts';

export type CriterionUnit = 'percent' | 'points' | 'change' | 'count';

/** What is measured, how it is computed, and the target. The truth is schemas/criterion.schema.json. */
export interface CriterionRecord {
  readonly code: string;
  readonly name: Message;
  /** In the language of catalog/criteria/formula. */
  readonly formula: string;
  readonly formulaInWords: Message;
  readonly unit: CriterionUnit;
  /** By year; a year's value stands until the next year that is named. */
  readonly target?: Readonly<Record<string, number>>;
  readonly weight: number;
  /** The measure whose records keep the value from its target. */
  readonly against?: string;
  readonly source: Message;
  readonly gaming: Message;
  readonly counter: Message;
}

/** A version of the criteria. The truth is schemas/criteria-set.schema.json. */
export interface CriteriaRecord {
  /** The year of the plan that it belongs to. */
  readonly plan?: string;
  /** Absent: a draft. */
  readonly inForceFrom?: string;
  readonly note?: LangText;
  readonly criteria: readonly CriterionRecord[];
}

/**
 * The target of a year: the one named last up to it; before all of them, the first one that will be.
 *
 * Gives the year that it is named for too. Absent: there is none.
 */
export function targetOf(
  { target = {} }: CriterionRecord,
  year: string,
): { readonly value: number; readonly year: string } | undefined {
  const years = Object.keys(target).sort();
  const named = years.filter((each) => each <= year).at(-1) ?? years[0];
  const value = named === undefined ? undefined : target[named];
  return named === undefined || value === undefined ? undefined : { value, year: named };
}
