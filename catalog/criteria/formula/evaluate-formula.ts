import type { Comparison, Formula, FunctionName, Operator } from './formula.ts';

/** Values by the names of measures; one that is absent could not be measured. */
export type MeasureValues = Readonly<Record<string, number>>;

/** What a formula is computed over: a period, and the one of the same length before it. */
export interface MeasuredPeriods {
  readonly current: MeasureValues;
  readonly previous: MeasureValues;
}

/**
 * Computes a formula. Its cost grows with its length and no faster, and it always gives an answer.
 *
 * Absent: it has no value, because something was divided by zero, was not measured, or is beyond all numbers.
 */
export function evaluateFormula(formula: Formula, measured: MeasuredPeriods): number | undefined {
  const value = evaluate(formula, measured, 'current');
  return value === undefined || !Number.isFinite(value) ? undefined : value;
}

type Value = number | undefined;

function evaluate(
  formula: Formula,
  measured: MeasuredPeriods,
  period: keyof MeasuredPeriods,
): Value {
  const of = (part: Formula): Value => evaluate(part, measured, period);
  switch (formula.kind) {
    case 'number':
      return formula.value;
    case 'measure':
      return Object.hasOwn(measured[period], formula.name)
        ? measured[period][formula.name]
        : undefined;
    case 'negation':
      return together([of(formula.of)], ([value]) => -value);
    case 'operation':
      return together([of(formula.left), of(formula.right)], operations[formula.operator]);
    case 'call':
      if (formula.name === 'previous') {
        const [inner] = formula.args;
        return inner && evaluate(inner, measured, 'previous');
      }
      return call(formula.name, formula.args.map(of));
    case 'choice': {
      const { left, comparison, right, then, otherwise } = formula;
      const holds = together([of(left), of(right)], ([a, b]) => Number(compare[comparison](a, b)));
      return holds === undefined ? undefined : of(holds === 1 ? then : otherwise);
    }
  }
}

type Numbers = readonly [number, number, ...number[]];

/** Computes from values that are all there. */
function together(values: readonly Value[], work: (numbers: Numbers) => Value): Value {
  return values.includes(undefined) ? undefined : work(values as unknown as Numbers);
}

const divide = ([a, b]: Numbers): Value => (b === 0 ? undefined : a / b);

const operations: Readonly<Record<Operator, (numbers: Numbers) => Value>> = {
  '+': ([a, b]) => a + b,
  '-': ([a, b]) => a - b,
  '*': ([a, b]) => a * b,
  '/': divide,
};

const compare: Readonly<Record<Comparison, (a: number, b: number) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '=': (a, b) => a === b,
  '<>': (a, b) => a !== b,
  '>=': (a, b) => a >= b,
  '>': (a, b) => a > b,
};

function call(name: Exclude<FunctionName, 'previous'>, values: readonly Value[]): Value {
  switch (name) {
    case 'min':
      return together(values, (numbers) => Math.min(...numbers));
    case 'max':
      return together(values, (numbers) => Math.max(...numbers));
    case 'ratio':
      return together(values, divide);
    case 'percent':
      return together(values, ([a, b]) => (b === 0 ? undefined : (a / b) * 100));
    case 'first':
      return values.find((value) => value !== undefined);
  }
}
