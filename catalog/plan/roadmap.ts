import { type Clock, localDate } from '../kernel/clock.ts';
import type { LangText } from '../kernel/lang-text.ts';
import { type CommitmentStatus, commitmentStatus, dueDate, quarterOf } from '../model/calendar.ts';
import type { AccessMethod, DatasetRecord, DatasetState } from '../model/dataset.ts';
import type { PlanEntry } from '../model/plan.ts';
import { equalWeights, priorityScore, type Weights } from '../model/priority.ts';
import type { Queryable } from '../storage/database.ts';
import { type CommitmentRow, planRepository } from './plan-repository.ts';
import { planVersionRepository } from './plan-version-repository.ts';

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

/** The commitments of a year's plan as they stand on a day, in the order of their due time. */
export async function commitmentsOf(
  year: string,
  today: string,
  db: Queryable,
): Promise<readonly Commitment[]> {
  const repository = planRepository(db);
  const plan = await repository.find(year);
  const weights = plan?.record.weights ?? equalWeights;
  const issued = await planVersionRepository(db).latest(year);
  const commitments = issued
    ? [...(await promised(issued.entries, today, weights, db))]
    : (await repository.commitments(year)).flatMap((row) => toCommitment(row, today, weights));
  commitments.sort((a, b) => (a.dueDate < b.dueDate ? -1 : a.dueDate > b.dueDate ? 1 : 0));
  return commitments;
}

/** Once a decision has issued the plan, what it says counts until it is amended, whatever the records say meanwhile. */
async function promised(
  entries: readonly PlanEntry[],
  today: string,
  weights: Weights,
  db: Queryable,
): Promise<readonly Commitment[]> {
  const rows = await planRepository(db).rowsOf(entries.map(({ datasetId }) => datasetId));
  return entries.flatMap((entry) => {
    const row = rows.get(entry.datasetId);
    return row ? toCommitment(row, today, weights, entry) : [];
  });
}

function toCommitment(
  row: CommitmentRow,
  today: string,
  weights: Weights,
  entry?: PlanEntry,
): readonly Commitment[] {
  const record = JSON.parse(row.record_json) as DatasetRecord;
  const release = entry ?? record.inventory?.release;
  if (release?.due === undefined) return [];
  const releasedOn = row.released_at === null ? undefined : localDate(row.released_at);
  const priority = priorityScore(record.inventory?.priority, weights);
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
