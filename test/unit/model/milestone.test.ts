import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cycleThrough } from '../../../catalog/model/dependencies.ts';
import { milestonesOf, nextMilestone, proposedDays } from '../../../catalog/model/milestone.ts';

const due = '2026-Q3';

describe('the milestones of a promise', () => {
  it('are proposed back from the end of its quarter', () => {
    expect(proposedDays(due)).toEqual({
      prepare: '2026-08-01',
      clean: '2026-08-31',
      approve: '2026-09-16',
      release: '2026-09-30',
    });
  });

  it.each([
    ['2026-08-01', {}, 'prepare', []],
    ['2026-08-02', {}, 'prepare', ['prepare']],
    ['2026-09-01', { prepare: '2026-08-20' }, 'clean', ['clean']],
    ['2026-09-01', { approve: '2026-08-30' }, 'release', []],
    ['2026-10-01', { approve: '2026-08-30' }, 'release', ['release']],
    ['2026-10-01', { release: '2026-09-30' }, undefined, []],
  ])('on %s with %j done are at %s', (today, done, next, late) => {
    const milestones = milestonesOf({ due, chosen: {}, done }, today);

    expect(nextMilestone(milestones)?.kind).toBe(next);
    expect(milestones.filter(({ isLate }) => isLate).map(({ kind }) => kind)).toEqual(late);
  });

  it('have the day that was chosen, but for the release, which is promised', () => {
    const chosen = { clean: '2026-07-15', release: '2026-07-20' };
    const days = milestonesOf({ due, chosen, done: {} }, '2026-07-01').map((one) => one.due);

    expect(days).toEqual(['2026-08-01', '2026-07-15', '2026-09-16', '2026-09-30']);
  });
});

const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
const edges = fc.array(fc.tuple(fc.constantFrom(...ids), fc.constantFrom(...ids)), {
  maxLength: 30,
});

describe('what waits for what', () => {
  it('never comes to wait for itself when each addition is asked about', () => {
    fc.assert(
      fc.property(edges, (wanted) => {
        let kept = new Map<string, readonly string[]>();
        for (const [from, to] of wanted) {
          const tried = new Map(kept).set(from, [...(kept.get(from) ?? []), to]);
          if (cycleThrough(from, tried) === undefined) kept = tried;
        }
        expect(canBeDoneInSomeOrder(kept)).toBe(true);
      }),
    );
  });

  it('is told as a way along what was said, from a promise to itself', () => {
    fc.assert(
      fc.property(edges, fc.constantFrom(...ids), (wanted, from) => {
        const said = new Map<string, readonly string[]>();
        for (const [one, other] of wanted) said.set(one, [...(said.get(one) ?? []), other]);
        const way = cycleThrough(from, said);
        if (way === undefined) return;
        expect([way[0], way.at(-1)]).toEqual([from, from]);
        for (const [index, id] of way.slice(1).entries()) {
          expect(said.get(way[index] ?? '')).toContain(id);
        }
      }),
    );
  });
});

/** Takes away what waits for nothing, again and again; only circles stay. */
function canBeDoneInSomeOrder(waiting: ReadonlyMap<string, readonly string[]>): boolean {
  let left = new Map(waiting);
  for (;;) {
    const next = new Map([...left].filter(([, others]) => others.some((id) => left.has(id))));
    if (next.size === left.size) return left.size === 0;
    left = next;
  }
}
