import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Priority } from '../../../catalog/model/dataset.ts';
import {
  priorityScore,
  rankedScore,
  rankingOf,
  usualCriteria,
} from '../../../catalog/model/priority.ts';

describe('the priority score', () => {
  it.each([
    {
      because: 'a weight of nothing leaves a criterion out',
      weights: { demand: 0, value: 1 },
      score: 60,
    },
    { because: 'a criterion without a weight does not count', weights: { value: 2 }, score: 60 },
    { because: 'no criterion has a weight', weights: {}, score: undefined },
    { because: 'every weight is nothing', weights: { demand: 0, value: 0 }, score: undefined },
    { because: 'one decimal is kept', weights: { demand: 1, value: 2 }, score: 66.7 },
  ])('of demand 4 and value 3 is $score: $because', ({ weights, score }) => {
    expect(priorityScore({ demand: 4, value: 3 }, weights)).toBe(score);
  });

  it('lies between 0 and 100, and grows with every criterion', () => {
    const keys = ['demand', 'value', 'readiness', 'obligation'] as const;
    const equalWeights = Object.fromEntries(keys.map((key) => [key, 1]));
    const mark = fc.integer({ min: 0, max: 4 });
    const all = fc.record({ demand: mark, value: mark, readiness: mark, obligation: mark });
    fc.assert(
      fc.property(all, fc.constantFrom(...keys), (priority, raised) => {
        const before = priorityScore(priority, equalWeights) ?? Number.NaN;
        const more = { ...priority, [raised]: priority[raised] + 1 };
        const after = priorityScore(more, equalWeights) ?? Number.NaN;
        return before >= 0 && after <= 100 && after > before;
      }),
    );
  });
});

describe('the ranking of a plan', () => {
  const scored = { id: 'a', title: { vi: 'A' }, publisher: 'b' };
  const priority = { demand: 4, value: 3 };

  it('goes by the four criteria of the schema, each as much as the next', () => {
    expect(usualCriteria.map(({ key }) => key)).toEqual([
      'demand',
      'value',
      'readiness',
      'obligation',
    ]);
    expect(rankedScore({ ...scored, inventory: { priority } }, rankingOf(undefined))).toBe(70);
  });

  it('goes by the plan’s own criteria where it has some', () => {
    const criteria = [
      { key: 'reach', name: { vi: 'Phạm vi', en: 'Reach' }, weight: 1 },
      { key: 'demand', name: { vi: 'Nhu cầu', en: 'Demand' }, weight: 3 },
    ];
    const plan = { year: '2027', title: { vi: 'Kế hoạch' }, criteria };
    const record = { ...scored, inventory: { priority: { ...priority, reach: 0 } } };

    expect(rankedScore(record, rankingOf(plan))).toBe(60);
  });

  it.each([
    { because: 'by nothing unless the plan says so', plan: {}, score: 70 },
    { because: 'the plan says how many', plan: { hvdBonus: 2.5 }, score: 72.5 },
    { because: 'there is no more than 100', plan: { hvdBonus: 50 }, score: 100 },
  ])('lifts a high-value dataset: $because', ({ plan, score }) => {
    const record = { ...scored, hvdCategory: ['c_b79e35eb'], inventory: { priority } };
    const made = rankingOf({ year: '2027', title: { vi: 'Kế hoạch' }, ...plan });

    expect(rankedScore(record, made)).toBe(score);
    expect(rankedScore({ ...record, inventory: {} }, made)).toBeUndefined();
  });

  it('takes no word of the language for a criterion', () => {
    const odd = JSON.parse('{"constructor":5,"__proto__":5,"demand":4}') as Priority;

    expect(rankedScore({ ...scored, inventory: { priority: odd } }, rankingOf(undefined))).toBe(80);
  });
});
