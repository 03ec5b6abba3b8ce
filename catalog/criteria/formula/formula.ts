/*
 * The language of criteria: arithmetic over named measures, and nothing else.
 *
 *   formula    = term { ( "+" | "-" ) term }
 *   term       = factor { ( "*" | "/" ) factor }
 *   factor     = [ "-" ] primary
 *   primary    = number | measure | function "(" formula { "," formula } ")" | choice | "(" formula ")"
 *   choice     = "if" "(" formula compare formula "," formula "," formula ")"
 *   compare    = "<" | "<=" | "=" | "<>" | ">=" | ">"
 *   number     = digits [ "." digits ]
 *   measure    = a letter, then letters and digits
 *
 * `−`, `×`, `÷`, `≤`, `≥` and `≠` are read too. Every formula ends, whatever it says: there are no loops, no names of
 * its own and no way out of it. What cannot be computed (a division by zero, a measure without a value) has no value,
 * and neither has what is made from it, except by `first`.
 */

/** What can be computed from values. */
export const functions = {
  min: { least: 1, most: 20 },
  max: { least: 1, most: 20 },
  /** a ÷ b. */
  ratio: { least: 2, most: 2 },
  /** a ÷ b in per cent. */
  percent: { least: 2, most: 2 },
  /** The first of them that has a value. */
  first: { least: 1, most: 20 },
  /** The same, measured over the period before. */
  previous: { least: 1, most: 1 },
} as const satisfies Readonly<Record<string, { readonly least: number; readonly most: number }>>;

export type FunctionName = keyof typeof functions;
export type Operator = '+' | '-' | '*' | '/';
export type Comparison = '<' | '<=' | '=' | '<>' | '>=' | '>';

export type Formula =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'measure'; readonly name: string }
  | { readonly kind: 'negation'; readonly of: Formula }
  | {
      readonly kind: 'operation';
      readonly operator: Operator;
      readonly left: Formula;
      readonly right: Formula;
    }
  | { readonly kind: 'call'; readonly name: FunctionName; readonly args: readonly Formula[] }
  | {
      readonly kind: 'choice';
      readonly left: Formula;
      readonly comparison: Comparison;
      readonly right: Formula;
      readonly then: Formula;
      readonly otherwise: Formula;
    };

/** Longer ones are refused; a formula of a criterion has some sixty characters. */
export const longestFormula = 1000;
/** How many parentheses, functions and signs may stand within each other. */
export const deepestFormula = 50;
/** Of a number. */
export const mostDecimals = 12;

/** The measures that a formula names, each once, in their order. */
export function measuresOf(formula: Formula): readonly string[] {
  return [...new Set(namesIn(formula))];
}

function namesIn(formula: Formula): readonly string[] {
  return formula.kind === 'measure' ? [formula.name] : partsOf(formula).flatMap(namesIn);
}

/** The formulas directly within one. */
export function partsOf(formula: Formula): readonly Formula[] {
  switch (formula.kind) {
    case 'number':
    case 'measure':
      return [];
    case 'negation':
      return [formula.of];
    case 'operation':
      return [formula.left, formula.right];
    case 'call':
      return formula.args;
    case 'choice':
      return [formula.left, formula.right, formula.then, formula.otherwise];
  }
}
