import { type Clock, localDate, startOfDay } from '../kernel/clock.ts';
import type { LangText } from '../kernel/lang-text.ts';
import {
  addDays,
  type CommitmentStatus,
  commitmentStatus,
  dueDate,
  quarterOf,
} from '../model/calendar.ts';
import type { AccessMethod, DatasetRecord, DatasetState } from '../model/dataset.ts';
import type { PlanEntry, Ranking } from '../model/plan.ts';
import { rankedScore, rankingOf } from '../model/priority.ts';
import type { Queryable } from '../storage/database.ts';
import { type CommitmentRow, planRepository } from './plan-repository.ts';
import { type IssuedPlan, planVersionRepository } from './plan-version-repository.ts';

/** A release that the plan promises, and what has become of it. Only what the public may know. */
export interface Commitment {
  readonly datasetId: string;
  readonly title: LangText;
  readonly publisher: string;
  readonly due: string;
  /** The last day on which a release is on time. */
  readonly dueDate: string;
  readonly quarter: string;
  readonly status: CommitmentStatus;
  readonly published: boolean;
  /** The local date of the first release. */
  readonly releasedOn?: string;
  /** Why it was dropped. */
  readonly reason?: string;
  readonly theme: readonly string[];
  readonly formats: readonly string[];
  readonly accessMethods: readonly AccessMethod[];
  readonly accrualPeriodicity?: string;
  /** 0 to 100. Absent: not scored. */
  readonly priority?: number;
}

export interface Roadmap {
  readonly year: string;
  readonly years: readonly string[];
  readonly commitments: readonly Commitment[];
}

/** The roadmap of a year: every commitment in the order of its due time. Without a year: the newest plan there is. */
export async function getRoadmap(
  year: string | undefined,
  db: Queryable,
  clock: Clock,
): Promise<Roadmap> {
  const repository = planRepository(db);
  const today = localDate(clock());
  const years = await repository.years();
  const shown = year ?? years[0] ?? today.slice(0, 4);
  return { year: shown, years, commitments: await commitmentsOf(shown, today, db) };
}

/**
 * The commitments of a year's plan as they stood at the end of a day, in the order of their due time. What came later
 * does not count: no release, no withdrawal, no amendment. None: the plan had not been issued yet, and is now.
 *
 * @param known the versions of the plan, the newest first, by who has read them already
 */
export async function commitmentsOf(
  year: string,
  day: string,
  db: Queryable,
  known?: readonly IssuedPlan[],
): Promise<readonly Commitment[]> {
  const repository = planRepository(db);
  const plan = await repository.find(year);
  const ranking = rankingOf(plan?.record);
  const versions = known ?? (await planVersionRepository(db).list(year));
  const issued = versionInForce(versions, day);
  const commitments = issued
    ? [...(await promised(issued.entries, day, ranking, db))]
    : versions.length > 0
      ? []
      : (await asOf(await repository.commitments(year), day, db)).flatMap((row) =>
          toCommitment(row, day, ranking),
        );
  commitments.sort((a, b) => (a.dueDate < b.dueDate ? -1 : a.dueDate > b.dueDate ? 1 : 0));
  return commitments;
}

/**
 * The version of a plan that counted on a day. A decision counts from its date, and at the latest from when it was
 * entered here.
 *
 * @param versions the newest first
 */
export function versionInForce(
  versions: readonly IssuedPlan[],
  day: string,
): IssuedPlan | undefined {
  return versions.find(
    ({ decision, issuedAt }) => decision.date <= day || localDate(issuedAt) <= day,
  );
}

/** Once a decision has issued the plan, what it says counts until it is amended, whatever the records say meanwhile. */
async function promised(
  entries: readonly PlanEntry[],
  day: string,
  ranking: Ranking,
  db: Queryable,
): Promise<readonly Commitment[]> {
  const found = await planRepository(db).rowsOf(entries.map(({ datasetId }) => datasetId));
  const rows = new Map((await asOf([...found.values()], day, db)).map((row) => [row.id, row]));
  return entries.flatMap((entry) => {
    const row = rows.get(entry.datasetId);
    return row ? toCommitment(row, day, ranking, entry) : [];
  });
}

/** The rows as they were at the end of a day; one that was not there yet counts as planned. */
async function asOf(
  rows: readonly CommitmentRow[],
  day: string,
  db: Queryable,
): Promise<readonly CommitmentRow[]> {
  const end = startOfDay(addDays(day, 1));
  const later = rows.filter(({ changed_at }) => changed_at >= end);
  if (later.length === 0) return rows;
  const ids = later.map(({ id }) => id);
  const states = await planRepository(db).statesBefore(ids, end);
  return rows.map((row) =>
    row.changed_at < end
      ? row
      : {
          ...row,
          state: states.get(row.id) ?? 'planned',
          released_at: row.released_at !== null && row.released_at < end ? row.released_at : null,
        },
  );
}

function toCommitment(
  row: CommitmentRow,
  today: string,
  ranking: Ranking,
  entry?: PlanEntry,
): readonly Commitment[] {
  const record = JSON.parse(row.record_json) as DatasetRecord;
  const release = entry ?? record.inventory?.release;
  if (release?.due === undefined) return [];
  const releasedOn = row.released_at === null ? undefined : localDate(row.released_at);
  // A decision froze the ranking too.
  const priority = entry ? entry.priority : rankedScore(record, ranking);
  return [
    {
      datasetId: record.id,
      title: record.title,
      publisher: record.publisher,
      due: release.due,
      dueDate: dueDate(release.due),
      quarter: quarterOf(release.due),
      status: commitmentStatus(
        {
          due: release.due,
          state: row.state as DatasetState,
          releasedOn,
          dropped: release.dropped,
        },
        today,
      ),
      published: row.state === 'published',
      ...(releasedOn !== undefined && { releasedOn }),
      ...(release.dropped !== undefined && { reason: release.dropped }),
      theme: record.theme ?? [],
      formats: release.formats ?? [],
      accessMethods: release.accessMethods ?? [],
      ...(record.accrualPeriodicity !== undefined && {
        accrualPeriodicity: record.accrualPeriodicity,
      }),
      ...(priority !== undefined && { priority }),
    },
  ];
}
