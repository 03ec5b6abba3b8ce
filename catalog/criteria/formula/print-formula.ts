import { type Formula, mostDecimals, type Operator } from './formula.ts';

/** How tightly an operation holds its parts. */
const strength: Readonly<Record<Operator, number>> = { '+': 1, '-': 1, '*': 2, '/': 2 };
const signed = 3;

/** Writes a formula in its one usual form, with no more parentheses than it needs. Reading it gives the same formula. */
export function printFormula(formula: Formula): string {
  switch (formula.kind) {
    case 'number':
      return plainNumber(formula.value);
    case 'measure':
      return formula.name;
    case 'negation':
      return `-${held(formula.of, signed)}`;
    case 'operation': {
      const { operator, left, right } = formula;
      const own = strength[operator];
      return `${held(left, own)} ${operator} ${held(right, own + 1)}`;
    }
    case 'call':
      return `${formula.name}(${formula.args.map(printFormula).join(', ')})`;
    case 'choice': {
      const { left, comparison, right, then, otherwise } = formula;
      const condition = `${printFormula(left)} ${comparison} ${printFormula(right)}`;
      return `if(${condition}, ${printFormula(then)}, ${printFormula(otherwise)})`;
    }
  }
}

/** In parentheses, where what is around it would take it apart. */
function held(formula: Formula, least: number): string {
  const own =
    formula.kind === 'operation'
      ? strength[formula.operator]
      : formula.kind === 'negation'
        ? signed
        : Number.POSITIVE_INFINITY;
  const text = printFormula(formula);
  return own < least ? `(${text})` : text;
}

/** Without an exponent, which the language does not have. */
function plainNumber(value: number): string {
  const short = String(value);
  return short.includes('e') ? value.toFixed(mostDecimals).replace(/\.?0+$/, '') : short;
}
