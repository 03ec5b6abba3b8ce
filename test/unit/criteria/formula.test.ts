import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateFormula } from '../../../catalog/criteria/formula/evaluate-formula.ts';
import {
  type Comparison,
  type Formula,
  type FunctionName,
  functions,
  measuresOf,
  type Operator,
} from '../../../catalog/criteria/formula/formula.ts';
import { parseFormula } from '../../../catalog/criteria/formula/parse-formula.ts';
import { printFormula } from '../../../catalog/criteria/formula/print-formula.ts';

const measured = {
  current: { onTime: 14, due: 20, nothing: 0, uses: 300, datasetDays: 600 },
  previous: { uses: 100, datasetDays: 400 },
};

function computed(text: string): number | undefined {
  const { formula, problem } = parseFormula(text);
  if (!formula) throw new Error(`${problem.position}: ${problem.message.en}`);
  return evaluateFormula(formula, measured);
}

describe('a formula', () => {
  it.each([
    ['percent(onTime, due)', 70],
    ['100 × onTime ÷ due', 70],
    ['1 + 2 * 3 - 4 / 2', 5],
    ['(1 + 2) * 3', 9],
    ['10 - 3 - 2', 5],
    ['-2 - -3', 1],
    ['2 − 0.5', 1.5],
    ['min(onTime, due, 3)', 3],
    ['max(onTime, due)', 20],
    ['ratio(onTime, due)', 0.7],
    ['100 * (uses / datasetDays) / previous(uses / datasetDays) - 100', 100],
    ['if(due > 10, 1, 2)', 1],
    ['if(due ≤ 10, 1, 2)', 2],
    ['if(nothing = 0, 100, percent(onTime, nothing))', 100],
    ['if(due <> 20, 1, if(onTime >= 14, 3, 4))', 3],
    ['first(percent(onTime, nothing), 100)', 100],
  ])('%s is %d', (text, value) => {
    expect(computed(text)).toBeCloseTo(value, 10);
  });

  it.each([
    'onTime / 0',
    'percent(onTime, nothing)',
    'ratio(1, nothing) + 1',
    'notMeasured',
    'min(onTime, notMeasured)',
    'previous(onTime)',
    'if(notMeasured > 1, 1, 2)',
    'first(notMeasured, 1 / 0)',
    'toString',
    Array.from({ length: 40 }, () => '9000000000000000').join(' * '),
  ])('%s has no value', (text) => {
    expect(computed(text)).toBeUndefined();
  });

  it('names its measures once each', () => {
    const { formula } = parseFormula('percent(a, b + a) / previous(c) + if(a < d, 1, b)');

    expect(formula && measuresOf(formula)).toEqual(['a', 'b', 'c', 'd']);
  });
});

describe('a formula that is wrong', () => {
  it.each([
    ['', 1, 'a number, a measure or "(" is needed, but the formula ends'],
    ['1 +', 4, 'but the formula ends'],
    ['1 + ; 2', 5, 'The character ";"'],
    ['1 2', 3, 'an operator is needed, but there is "2"'],
    ['(1', 3, '")" is needed'],
    ['1)', 2, 'there is ")"'],
    ['sum(1)', 1, 'There is no function "sum"'],
    ['constructor(1)', 1, 'There is no function "constructor"'],
    ['ratio(1)', 1, 'ratio takes 2 values and was given 1'],
    ['percent(1,5, 2)', 1, 'percent takes 2 values and was given 3'],
    ['min + 1', 5, '"(" after min'],
    ['if(1, 2, 3)', 5, 'a comparison'],
    ['previous(previous(a))', 10, 'does not go into previous'],
    ['99999999999999999', 1, 'too great'],
    ['0.1234567890123', 1, 'more than 12 decimals'],
    [`${'('.repeat(60)}1${')'.repeat(60)}`, 52, 'parentheses within each other'],
    ['1+'.repeat(600), 1001, '1000 at most'],
  ])('%s is refused at character %d', (text, position, message) => {
    const { problem } = parseFormula(text);

    expect(problem?.position).toBe(position);
    expect(problem?.message.en).toContain(message);
    expect(problem?.message.vi).not.toBe(problem?.message.en);
  });
});

const names = fc
  .stringMatching(/^[a-z][A-Za-z0-9]{0,8}$/)
  .filter((name) => !(name in functions) && name !== 'if');
const numbers = fc.oneof(
  fc.nat({ max: 1_000_000 }),
  fc.nat().map((billionths) => billionths / 1e12),
);

const { formula: formulas } = fc.letrec<{ formula: Formula; argument: Formula }>((tie) => ({
  formula: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    numbers.map((value): Formula => ({ kind: 'number', value })),
    names.map((name): Formula => ({ kind: 'measure', name })),
    tie('formula').map((of): Formula => ({ kind: 'negation', of })),
    fc
      .tuple(fc.constantFrom<Operator>('+', '-', '*', '/'), tie('formula'), tie('formula'))
      .map(([operator, left, right]): Formula => ({ kind: 'operation', operator, left, right })),
    fc
      .tuple(
        fc.constantFrom<FunctionName>('min', 'max', 'first', 'ratio', 'percent'),
        fc.array(tie('formula'), { minLength: 2, maxLength: 2 }),
      )
      .map(([name, args]): Formula => ({ kind: 'call', name, args })),
    names.map(
      (name): Formula => ({ kind: 'call', name: 'previous', args: [{ kind: 'measure', name }] }),
    ),
    fc
      .tuple(
        fc.constantFrom<Comparison>('<', '<=', '=', '<>', '>=', '>'),
        fc.tuple(tie('formula'), tie('formula'), tie('formula'), tie('formula')),
      )
      .map(
        ([comparison, [left, right, then, otherwise]]): Formula => ({
          kind: 'choice',
          comparison,
          left,
          right,
          then,
          otherwise,
        }),
      ),
  ),
  argument: names.map((name): Formula => ({ kind: 'measure', name })),
}));

/** Text that looks like a formula, and text that does not. */
const garbage = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc
    .array(
      fc.constantFrom(
        '(',
        ')',
        ',',
        '+',
        '-',
        '*',
        '/',
        '<',
        '=',
        '1',
        '2.5',
        'a',
        'if',
        'min',
        ' ',
        '÷',
        'previous',
        '_',
        '"',
      ),
      { maxLength: 300 },
    )
    .map((parts) => parts.join('')),
);

describe('the laws of formulas', () => {
  it('what is printed is read as the same formula', () => {
    fc.assert(
      fc.property(
        formulas.filter((formula) => printFormula(formula).length <= 1000),
        (formula) => {
          expect(parseFormula(printFormula(formula)).formula).toEqual(formula);
        },
      ),
    );
  });

  it('what is read is printed in one form, whatever the spelling', () => {
    fc.assert(
      fc.property(garbage, (text) => {
        const { formula } = parseFormula(text);
        if (!formula) return;
        const printed = printFormula(formula);
        expect(printFormula(parseFormula(printed).formula as Formula)).toBe(printed);
      }),
    );
  });

  it('no text makes the reader throw: it gives a formula, or a problem within the text', () => {
    fc.assert(
      fc.property(garbage, (text) => {
        const { formula, problem } = parseFormula(text);
        expect((formula === undefined) !== (problem === undefined)).toBe(true);
        if (!problem) return;
        expect(problem.position).toBeGreaterThanOrEqual(1);
        expect(problem.position).toBeLessThanOrEqual(text.length + 1);
      }),
      { numRuns: 1000 },
    );
  });

  it('every formula has a finite value or none', () => {
    const values = fc.dictionary(names, fc.double({ noNaN: true, noDefaultInfinity: true }));
    fc.assert(
      fc.property(formulas, values, values, (formula, current, previous) => {
        const named = Object.fromEntries(measuresOf(formula).map((name, index) => [name, index]));
        for (const given of [current, { ...current, ...named }]) {
          const value = evaluateFormula(formula, { current: given, previous });
          expect(value === undefined || Number.isFinite(value)).toBe(true);
        }
      }),
    );
  });

  it('the longest and deepest formulas are read and computed in no time', () => {
    const texts = [
      `${'('.repeat(50)}a${')'.repeat(50)}`,
      `${'-'.repeat(50)}a`,
      Array.from({ length: 500 }, () => '1').join('+'),
      `min(${Array.from({ length: 20 }, () => 'a').join(',')})`,
    ];
    const start = performance.now();
    for (const text of texts) {
      const { formula } = parseFormula(text);
      expect(
        formula && evaluateFormula(formula, { current: { a: 1 }, previous: {} }),
      ).toBeDefined();
    }
    // They take a few milliseconds; the bound is for a machine that does other things too.
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
