import { describe, expect, it } from 'vitest';
import { datasetStates, transitions } from '../../../catalog/model/lifecycle.ts';
import { priorityScore } from '../../../catalog/model/priority.ts';

describe('the workflow', () => {
  it('moves only along the contract’s states', () => {
    const moves = Object.entries(transitions).flatMap(([act, { from, to }]) =>
      from.map((state) => `${state} –${act}→ ${to}`),
    );

    expect(moves).toEqual([
      'planned –submit→ in-review',
      'draft –submit→ in-review',
      'in-review –approve→ approved',
      'in-review –return→ draft',
      'approved –return→ draft',
      'approved –publish→ published',
      'published –withdraw→ withdrawn',
    ]);
    expect(datasetStates).toContain('withdrawn');
  });

  it('lets nobody approve their own agency’s dataset as an editor', () => {
    expect(transitions.approve.roles).not.toContain('editor');
    expect(transitions.withdraw.roles).not.toContain('editor');
  });
});

describe('the priority score', () => {
  const weights = { demand: 3, value: 3, readiness: 2, obligation: 2 };
  it.each([
    { priority: { demand: 5, value: 5, readiness: 5, obligation: 5 }, score: 100 },
    { priority: { demand: 4, value: 5, readiness: 3, obligation: 5 }, score: 86 },
    { priority: { demand: 5 }, score: 100 },
    { priority: { demand: 0, value: 0 }, score: 0 },
    { priority: {}, score: undefined },
    { priority: undefined, score: undefined },
  ])('of $priority is $score', ({ priority, score }) => {
    expect(priorityScore(priority, weights)).toBe(score);
  });
});
