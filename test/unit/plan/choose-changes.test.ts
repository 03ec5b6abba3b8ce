import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlanEntry } from '../../../catalog/model/plan.ts';
import { changedIds, chooseChanges } from '../../../catalog/plan/choose-changes.ts';
import { compareEntries } from '../../../catalog/plan/compare-entries.ts';

const entries = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...'abcdefgh'), fc.integer({ min: 1, max: 4 })), {
    selector: ([id]) => id,
  })
  .map((list) =>
    list.map(
      ([datasetId, quarter]): PlanEntry => ({
        datasetId,
        title: { vi: datasetId },
        publisher: 'so-xay-dung',
        due: `2026-Q${quarter}`,
      }),
    ),
  );

describe('an amendment of a part', () => {
  it('changes what was chosen, and nothing else', () => {
    fc.assert(
      fc.property(entries, entries, fc.func(fc.boolean()), (before, after, choose) => {
        const waiting = changedIds(compareEntries(before, after));
        const chosen = waiting.filter((id) => choose(id));
        fc.pre(chosen.length > 0);
        const amended = chooseChanges(before, after, chosen);
        const left = waiting.filter((id) => !chosen.includes(id));

        expect([...changedIds(compareEntries(before, amended))].sort()).toEqual(chosen.sort());
        expect([...changedIds(compareEntries(amended, after))].sort()).toEqual(left.sort());
      }),
    );
  });

  it.each([
    ['nothing is chosen', []],
    ['what is chosen does not wait', ['a']],
  ])('is refused when %s', (_why, chosen) => {
    const entry = { datasetId: 'b', title: { vi: 'b' }, publisher: 'x', due: '2026-Q1' };

    expect(() => chooseChanges([], [entry], chosen)).toThrow(
      expect.objectContaining({
        code: 'decision-invalid',
        findings: [expect.objectContaining({ pointer: '/changes' })],
      }),
    );
  });
});
