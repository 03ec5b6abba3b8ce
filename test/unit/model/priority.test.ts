import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { criteria, equalWeights, priorityScore } from '../../../catalog/model/priority.ts';

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
    const mark = fc.integer({ min: 0, max: 4 });
    const all = fc.record({ demand: mark, value: mark, readiness: mark, obligation: mark });
    fc.assert(
      fc.property(all, fc.constantFrom(...criteria), (priority, raised) => {
        const before = priorityScore(priority, equalWeights) ?? Number.NaN;
        const more = { ...priority, [raised]: priority[raised] + 1 };
        const after = priorityScore(more, equalWeights) ?? Number.NaN;
        return before >= 0 && after <= 100 && after > before;
      }),
    );
  });
});
