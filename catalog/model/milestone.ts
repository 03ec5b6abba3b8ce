import { addDays, dueDate } from './calendar.ts';

/** What has to be done before a dataset is released, in this order. */
export type MilestoneKind = 'prepare' | 'clean' | 'approve' | 'release';

export const milestoneKinds: readonly MilestoneKind[] = ['prepare', 'clean', 'approve', 'release'];

/** Those that an agency ticks; the others follow from what was done to the dataset. */
export type TickedKind = 'prepare' | 'clean';

export const tickedKinds: readonly TickedKind[] = ['prepare', 'clean'];

export interface Milestone {
  readonly kind: MilestoneKind;
  /** A local calendar date. */
  readonly due: string;
  /** Whether nobody chose the day, so that it moves with the promise. */
  readonly isProposed: boolean;
  /** A local calendar date. */
  readonly doneOn?: string;
  /** Whether a later one is done, so that nobody waits for it any more. */
  readonly isPassed: boolean;
  /** Whether it is waited for, and its day is over. */
  readonly isLate: boolean;
}

/** What is known of the work on a promise. */
export interface WorkFacts {
  /** When it is promised for: `2026-Q3`, or a date. */
  readonly due: string;
  /** Days that were chosen instead of the proposed ones. The release has the day of the promise. */
  readonly chosen: Partial<Readonly<Record<MilestoneKind, string>>>;
  readonly done: Partial<Readonly<Record<MilestoneKind, string>>>;
}

/** A quarter has some ninety days: a third to gather, a third to clean, two weeks before the end to approve. */
const daysBefore: Readonly<Record<MilestoneKind, number>> = {
  prepare: 60,
  clean: 30,
  approve: 14,
  release: 0,
};

/** The day of each milestone, counted back from the day of the promise. */
export function proposedDays(due: string): Readonly<Record<MilestoneKind, string>> {
  const on = (kind: MilestoneKind) => addDays(dueDate(due), -daysBefore[kind]);
  return {
    prepare: on('prepare'),
    clean: on('clean'),
    approve: on('approve'),
    release: on('release'),
  };
}

/** The milestones of a promise as they stand on a day, in their order. */
export function milestonesOf(facts: WorkFacts, today: string): readonly Milestone[] {
  const proposed = proposedDays(facts.due);
  const lastDone = milestoneKinds.findLastIndex((kind) => facts.done[kind] !== undefined);
  return milestoneKinds.map((kind, index) => {
    const chosen = kind === 'release' ? undefined : facts.chosen[kind];
    const due = chosen ?? proposed[kind];
    const doneOn = facts.done[kind];
    const isPassed = doneOn === undefined && index < lastDone;
    return {
      kind,
      due,
      isProposed: chosen === undefined,
      ...(doneOn !== undefined && { doneOn }),
      isPassed,
      isLate: doneOn === undefined && !isPassed && due < today,
    };
  });
}

/** What is to be done next; absent once the dataset is released. */
export function nextMilestone(milestones: readonly Milestone[]): Milestone | undefined {
  return milestones.find(({ doneOn, isPassed }) => doneOn === undefined && !isPassed);
}
