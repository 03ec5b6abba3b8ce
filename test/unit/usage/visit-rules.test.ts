import { describe, expect, it } from 'vitest';
import type { EventKind } from '../../../catalog/usage/usage-event.ts';
import {
  behaviours,
  judgeVisitor,
  mostInADay,
  mostInAMinute,
  mostItemsInADay,
  pagesThatNeedAssets,
  type Visit,
} from '../../../catalog/usage/visit-rules.ts';

const morning = Date.parse('2026-11-23T02:00:00Z');

/** A visit some seconds into the morning. */
function visit(seconds: number, change: Partial<Visit> = {}): Visit {
  return {
    at: new Date(morning + seconds * 1000).toISOString(),
    kind: 'download',
    datasetId: 'tuyen-xe-buyt',
    distributionId: 'tuyen-xe-buyt-csv',
    accessMethod: 'regular',
    ...change,
  };
}

/** So many visits, each to something else. */
function visits(
  count: number,
  everySeconds: number,
  kind: EventKind = 'download',
): readonly Visit[] {
  return Array.from({ length: count }, (_, index) =>
    visit(index * everySeconds, { kind, datasetId: `d-${index}`, distributionId: '' }),
  );
}

const counted = (all: readonly Visit[]) =>
  judgeVisitor(all).rules.filter((rule) => rule === null).length;

describe('a double click', () => {
  it.each([
    { at: [0], removed: [] },
    { at: [0, 29], removed: [0], because: 'the last one counts, as COUNTER says' },
    { at: [0, 30], removed: [0], because: 'thirty seconds are within thirty seconds' },
    { at: [0, 35], removed: [] },
    { at: [0, 20, 40], removed: [0, 1], because: 'each is followed by another within the time' },
    { at: [0, 20, 55], removed: [0] },
  ])('among visits at $at is $removed', ({ at, removed }) => {
    const { rules } = judgeVisitor(at.map((seconds) => visit(seconds)));

    const expected = at.map((_, index) => (removed.includes(index) ? 'double-click' : null));
    expect(rules).toEqual(expected);
  });

  it.each<{ other: Partial<Visit>; because: string }>([
    { other: { kind: 'view' }, because: 'reading about a file is not fetching it' },
    { other: { distributionId: 'tuyen-xe-buyt-xlsx' }, because: 'it is another file' },
    { other: { datasetId: 'cho' }, because: 'it is another dataset' },
  ])('is not what differs by $other: $because', ({ other }) => {
    expect(counted([visit(0), visit(1, other)])).toBe(2);
  });
});

describe('a robot by its behaviour', () => {
  it.each([
    { rule: null, all: visits(mostInAMinute, 0.5) },
    { rule: 'rate', all: visits(mostInAMinute + 1, 0.5) },
    { rule: null, all: visits(mostInAMinute + 1, 1), because: 'the sixty-first is a minute later' },
    { rule: null, all: visits(mostItemsInADay, 5) },
    { rule: 'walk', all: visits(mostItemsInADay + 1, 5) },
    { rule: null, all: visits(pagesThatNeedAssets - 1, 60, 'view') },
    { rule: 'no-assets', all: visits(pagesThatNeedAssets, 60, 'view') },
    { rule: null, all: [...visits(50, 60, 'view'), visit(1, { kind: 'asset' })] },
    {
      rule: 'volume',
      all: Array.from({ length: mostInADay + 1 }, (_, index) => visit(index * 31)),
    },
  ])('is told by $rule', ({ rule, all }) => {
    expect(new Set(judgeVisitor(all).rules)).toEqual(new Set([rule]));
  });

  it('is one for the whole day', () => {
    const { behaviour, rules } = judgeVisitor([...visits(mostInAMinute + 1, 0.5), visit(40_000)]);

    expect(behaviour).toBe('rate');
    expect(new Set(rules)).toEqual(new Set(['rate']));
  });

  it('is told by what was clear first', () => {
    const slow = visits(mostItemsInADay + 1, 5);
    const fast = visits(mostInAMinute + 1, 0.5).map((each) => ({
      ...each,
      at: new Date(Date.parse(each.at) + 80_000_000).toISOString(),
    }));

    expect(judgeVisitor([...slow, ...fast]).behaviour).toBe('walk');
  });

  it('stays one', () => {
    expect(judgeVisitor([visit(0)], 'walk')).toEqual({ behaviour: 'walk', rules: ['walk'] });
  });

  it('is no program that reads pages without style sheets', () => {
    const pages = visits(50, 60, 'view').map((page) => ({
      ...page,
      accessMethod: 'machine' as const,
    }));

    expect(counted(pages)).toBe(50);
  });

  it('has a rule of its own name each', () => {
    expect(new Set(behaviours.map(({ name }) => name)).size).toBe(behaviours.length);
  });
});
