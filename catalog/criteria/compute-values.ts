import type { CriterionRecord } from '../model/criterion.ts';
import { evaluateFormula, type MeasureValues } from './formula/evaluate-formula.ts';
import type { Formula } from './formula/formula.ts';
import { parseFormula } from './formula/parse-formula.ts';
import type { KeptPeriod } from './indicator-repository.ts';

/** What is known of a scope in a period: the period says what was measured, the scope how much. */
export function measuredValues(
  period: KeptPeriod | undefined,
  measures: MeasureValues = {},
): MeasureValues {
  if (!period) return {};
  return { ...Object.fromEntries(period.measured.map((name) => [name, 0])), ...measures };
}

/** Computes the values of criteria. A criterion without a value is left out. */
export function valueComputer(criteria: readonly CriterionRecord[]) {
  const formulas = criteria.map(({ code, formula }) => ({ code, formula: formulaOf(formula) }));
  return (current: MeasureValues, previous: MeasureValues): Readonly<Record<string, number>> => {
    const values: Record<string, number> = {};
    for (const { code, formula } of formulas) {
      const value = evaluateFormula(formula, { current, previous });
      if (value !== undefined) values[code] = toTenths(value);
    }
    return values;
  };
}

/** The two sides of a share, `percent(a, b)` or `ratio(a, b)`; absent for formulas of another form. */
export function sidesOf(
  text: string,
  current: MeasureValues,
  previous: MeasureValues,
): { readonly counted: number; readonly of: number } | undefined {
  const formula = formulaOf(text);
  if (formula.kind !== 'call' || (formula.name !== 'percent' && formula.name !== 'ratio')) {
    return undefined;
  }
  const [counted, of] = formula.args.map((part) => evaluateFormula(part, { current, previous }));
  return counted === undefined || of === undefined ? undefined : { counted, of };
}

/** A formula that was checked when it was saved. */
export function formulaOf(text: string): Formula {
  const { formula, problem } = parseFormula(text);
  if (!formula) throw new Error(`a formula that is kept cannot be read: ${problem.message.en}`);
  return formula;
}

/** Values are kept and shown to a tenth: what is quoted is what is ranked by. */
function toTenths(value: number): number {
  return Math.round(value * 10) / 10;
}
