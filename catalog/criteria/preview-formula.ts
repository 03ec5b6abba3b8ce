import type { Finding } from '../kernel/errors.ts';
import type { Queryable } from '../storage/database.ts';
import { checkFormula } from './check-criteria.ts';
import { formulaOf, measuredValues } from './compute-values.ts';
import { evaluateFormula } from './formula/evaluate-formula.ts';
import { measuresOf } from './formula/formula.ts';
import { printFormula } from './formula/print-formula.ts';
import { indicatorRepository } from './indicator-repository.ts';
import { type Period, periodBefore } from './period.ts';
import { city } from './scopes.ts';

/** What a formula would give. */
export interface FormulaPreview {
  /** What is wrong with it. None: the rest is there. */
  readonly findings: readonly Finding[];
  /** In its usual form. */
  readonly formula?: string;
  /** For the city, in the period. Absent: it has none. */
  readonly value?: number;
  /** What it is made from. */
  readonly measures?: Readonly<Record<string, number>>;
}

/** Tries a formula on what was measured of the city in a period. Nothing is kept. */
export async function previewFormula(
  text: string,
  period: Period,
  db: Queryable,
): Promise<FormulaPreview> {
  const findings = checkFormula(text, '/formula');
  if (findings.length > 0) return { findings };
  const formula = formulaOf(text);
  const ids = [period.id, periodBefore(period).id];
  const repository = indicatorRepository(db);
  const [frames, scopes] = await Promise.all([
    repository.findPeriods(ids),
    repository.findScope(city, ids),
  ]);
  const [current = {}, previous = {}] = ids.map((id) =>
    measuredValues(frames.get(id), scopes.get(id)?.measures),
  );
  const value = evaluateFormula(formula, { current, previous });
  const measures = measuresOf(formula).flatMap((name) => {
    const amount = current[name];
    return amount === undefined ? [] : [[name, amount] as const];
  });
  return {
    findings,
    formula: printFormula(formula),
    ...(value !== undefined && { value: Math.round(value * 10) / 10 }),
    measures: Object.fromEntries(measures),
  };
}
