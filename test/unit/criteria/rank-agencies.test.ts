import { describe, expect, it } from 'vitest';
import { attainment, groupAgencies } from '../../../catalog/criteria/rank-agencies.ts';
import type { CriterionRecord } from '../../../catalog/model/criterion.ts';

const scope = (agency: string, datasets: number, value?: number) => ({
  scope: `publisher/${agency}`,
  agency,
  measures: { datasetsInventoried: datasets },
  values: value === undefined ? {} : { x: value },
  missing: {},
});

const rank = (...scopes: readonly ReturnType<typeof scope>[]) =>
  groupAgencies(scopes, ({ values }) => values['x']).map(({ code, isRanked, agencies }) => ({
    code,
    isRanked,
    agencies: agencies.map(({ agency, rank: place }) => `${place ?? '-'} ${agency}`),
  }));

describe('agencies', () => {
  it('are ranked among their like only, and equals share a place', () => {
    expect(
      rank(
        scope('a', 25, 10),
        scope('b', 30, 20),
        scope('c', 90, 20),
        scope('d', 7, 99),
        scope('e', 3, 1),
        scope('f', 4, 50),
      ),
    ).toEqual([
      { code: 'large', isRanked: true, agencies: ['1 b', '1 c', '3 a'] },
      { code: 'small', isRanked: true, agencies: ['1 d', '2 f', '3 e'] },
    ]);
  });

  it('are not ranked when they are too few, or have too few datasets', () => {
    expect(rank(scope('a', 25, 10), scope('b', 30, 20), scope('c', 40))).toEqual([
      { code: 'large', isRanked: false, agencies: ['- b', '- a', '- c'] },
    ]);
    expect(rank(scope('a', 2, 1), scope('b', 1, 2), scope('c', 0, 3), scope('d', 2, 4))).toEqual([
      { code: 'too-few', isRanked: false, agencies: ['- d', '- c', '- b', '- a'] },
    ]);
  });

  it('have no place without a value, and stand last', () => {
    expect(rank(scope('a', 3), scope('b', 3, -50), scope('c', 3, 0), scope('d', 3, 1))).toEqual([
      { code: 'small', isRanked: true, agencies: ['1 d', '2 c', '3 b', '- a'] },
    ]);
  });
});

describe('the attainment of several criteria', () => {
  const criterion = (code: string, weight: number, target?: number): CriterionRecord => ({
    code,
    name: { vi: code, en: code },
    formula: '1',
    formulaInWords: { vi: '', en: '' },
    unit: 'percent',
    weight,
    ...(target !== undefined && { target: { '2026': target } }),
    source: { vi: '', en: '' },
    gaming: { vi: '', en: '' },
    counter: { vi: '', en: '' },
  });

  it('is the weighted mean of value by target, each at most whole', () => {
    const criteria = [criterion('a', 1, 100), criterion('b', 3, 80)];

    // (1 × 50 ÷ 100 + 3 × 60 ÷ 80) ÷ 4
    expect(attainment(criteria, { a: 50, b: 60 }, '2026')).toBe(68.8);
    expect(attainment(criteria, { a: 50, b: 1000 }, '2026')).toBe(87.5);
    expect(attainment(criteria, { a: -50 }, '2026')).toBe(0);
  });

  it('leaves out what has no value, no target or no weight', () => {
    const criteria = [
      criterion('a', 1, 100),
      criterion('b', 1),
      criterion('c', 0, 100),
      criterion('d', 1, 0),
    ];

    expect(attainment(criteria, { a: 20, b: 1, c: 1, d: 1 }, '2026')).toBe(20);
    expect(attainment(criteria, { b: 1 }, '2026')).toBeUndefined();
  });
});
