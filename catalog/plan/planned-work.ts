import { localDate } from '../kernel/clock.ts';
import type { LangText } from '../kernel/lang-text.ts';
import { dueDate } from '../model/calendar.ts';
import type { DatasetRecord } from '../model/dataset.ts';
import {
  type Milestone,
  type MilestoneKind,
  milestonesOf,
  nextMilestone,
} from '../model/milestone.ts';
import type { Queryable } from '../storage/database.ts';
import { type MilestoneEntry, milestoneRepository } from './milestone-repository.ts';
import { type DatasetRow, planRepository } from './plan-repository.ts';

/** A promise whose work is asked for. */
export interface Promised {
  readonly datasetId: string;
  readonly due: string;
  readonly state: string;
  /** The local date of the first release. */
  readonly releasedOn?: string;
}

/** Another promise that one waits for. */
export interface Prerequisite {
  readonly datasetId: string;
  readonly title: LangText;
  readonly publisher: string;
  /** Absent: it is in no plan, or was taken out of it. */
  readonly due?: string;
  readonly isReleased: boolean;
  /** Whether it would come after what waits for it, or not at all. */
  readonly isTooLate: boolean;
}

/** The work on a promise: its steps, and what has to be there before. */
export interface PlannedWork {
  readonly milestones: readonly Milestone[];
  /** Absent: the dataset is released. */
  readonly next?: Milestone;
  readonly prerequisites: readonly Prerequisite[];
}

/** The work on each of these promises as it stands on a day. */
export async function plannedWork(
  promises: readonly Promised[],
  today: string,
  db: Queryable,
): Promise<ReadonlyMap<string, PlannedWork>> {
  const repository = milestoneRepository(db);
  const ids = promises.map(({ datasetId }) => datasetId);
  const approved = promises.filter((one) => isApproved(one)).map(({ datasetId }) => datasetId);
  const [entries, approvedAt, dependencies] = await Promise.all([
    repository.entriesOf(ids),
    repository.approvedAt(approved),
    repository.dependencies(ids),
  ]);
  const others = await planRepository(db).rowsOf([...new Set([...dependencies.values()].flat())]);
  return new Map(
    promises.map((promise) => {
      const { datasetId, due } = promise;
      const said = entries.get(datasetId) ?? [];
      const done = doneDays(promise, said, approvedAt.get(datasetId));
      const milestones = milestonesOf({ due, chosen: daysIn(said, 'due'), done }, today);
      const next = nextMilestone(milestones);
      const prerequisites = (dependencies.get(datasetId) ?? []).flatMap((id) => {
        const row = others.get(id);
        return row ? [prerequisiteOf(row, promise)] : [];
      });
      return [datasetId, { milestones, ...(next && { next }), prerequisites }];
    }),
  );
}

/** What was approved and then returned is not approved. */
function isApproved({ state, releasedOn }: Promised): boolean {
  return state === 'approved' || releasedOn !== undefined;
}

/** What came in published was approved somewhere else, at the latest on that day. */
function doneDays(
  { releasedOn }: Promised,
  entries: readonly MilestoneEntry[],
  approvedAt: string | undefined,
): Partial<Record<MilestoneKind, string>> {
  const lastApproved = approvedAt === undefined ? undefined : localDate(approvedAt);
  const approvedOn =
    releasedOn !== undefined && (lastApproved === undefined || lastApproved > releasedOn)
      ? releasedOn
      : lastApproved;
  return {
    ...daysIn(entries, 'doneOn'),
    ...(approvedOn !== undefined && { approve: approvedOn }),
    ...(releasedOn !== undefined && { release: releasedOn }),
  };
}

function daysIn(
  entries: readonly MilestoneEntry[],
  of: 'due' | 'doneOn',
): Partial<Record<MilestoneKind, string>> {
  return Object.fromEntries(
    entries.flatMap((entry) => {
      const day = entry[of];
      return day === undefined ? [] : [[entry.kind, day]];
    }),
  );
}

function prerequisiteOf(row: DatasetRow, { due: wanted, releasedOn }: Promised): Prerequisite {
  const record = JSON.parse(row.record_json) as DatasetRecord;
  const release = record.inventory?.release;
  const isOut = release?.dropped !== undefined || row.state === 'withdrawn';
  const due = isOut ? undefined : release?.due;
  const isReleased = row.released_at !== null;
  const isAfter = due === undefined || dueDate(due) > dueDate(wanted);
  return {
    datasetId: row.id,
    title: record.title,
    publisher: record.publisher,
    ...(due !== undefined && { due }),
    isReleased,
    isTooLate: !isReleased && releasedOn === undefined && isAfter,
  };
}
