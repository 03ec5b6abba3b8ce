import { localDate } from '../kernel/clock.ts';
import type { LangText } from '../kernel/lang-text.ts';
import type { CommitmentStatus } from '../model/calendar.ts';
import type { Decision, PlanEntry } from '../model/plan.ts';
import type { Queryable } from '../storage/database.ts';
import { compareEntries, type EntryChanges } from './compare-entries.ts';
import { type IssuedPlan, planVersionRepository } from './plan-version-repository.ts';
import { type Commitment, commitmentsOf, versionInForce } from './roadmap.ts';

/** How far some commitments are. `due` are those whose time has come, `promised` all that were not dropped. */
export interface Figures {
  readonly promised: number;
  readonly due: number;
  readonly statuses: Readonly<Record<CommitmentStatus, number>>;
  /** Of those that are due, the percentage that was released on time. Absent: none is due. */
  readonly punctuality?: number;
}

/** How far a plan was at the end of a day. */
export interface PlanProgress {
  readonly year: string;
  readonly at: string;
  /** What counted on that day. Absent: no decision had issued the plan. */
  readonly version?: { readonly number: number; readonly decision: Decision };
  readonly total: Figures;
  readonly agencies: readonly (Figures & { readonly agency: string })[];
  readonly quarters: readonly (Figures & { readonly quarter: string })[];
  readonly commitments: readonly Commitment[];
}

/**
 * @param at a date; what came after it does not count
 * @param known the versions of the plan, the newest first, by who has read them already
 */
export async function planProgress(
  year: string,
  at: string,
  db: Queryable,
  known?: readonly IssuedPlan[],
): Promise<PlanProgress> {
  const versions = known ?? (await planVersionRepository(db).list(year));
  const commitments = await commitmentsOf(year, at, db, versions);
  const issued = versionInForce(versions, at);
  const by = (of: (commitment: Commitment) => string) =>
    [...new Set(commitments.map(of))]
      .sort()
      .map((key) => [key, figuresOf(commitments.filter((one) => of(one) === key))] as const);
  return {
    year,
    at,
    ...(issued && { version: { number: issued.version, decision: issued.decision } }),
    total: figuresOf(commitments),
    agencies: by(({ publisher }) => publisher).map(([agency, figures]) => ({ agency, ...figures })),
    quarters: by(({ quarter }) => quarter).map(([quarter, figures]) => ({ quarter, ...figures })),
    commitments,
  };
}

export function figuresOf(commitments: readonly Commitment[]): Figures {
  const count = (status: CommitmentStatus) =>
    commitments.filter((commitment) => commitment.status === status).length;
  const statuses = {
    planned: count('planned'),
    'in-preparation': count('in-preparation'),
    'released-on-time': count('released-on-time'),
    'released-late': count('released-late'),
    overdue: count('overdue'),
    dropped: count('dropped'),
  };
  const onTime = statuses['released-on-time'];
  const due = onTime + statuses['released-late'] + statuses.overdue;
  return {
    promised: commitments.length - statuses.dropped,
    due,
    statuses,
    ...(due > 0 && { punctuality: Math.round((onTime / due) * 1000) / 10 }),
  };
}

/** A version of a plan as the public may see it: without who entered it, and without notes. */
export interface PublicVersion {
  readonly version: number;
  readonly title: LangText;
  readonly decision: Decision;
  /** The date on which it was entered here. */
  readonly enteredOn: string;
  /** Why the plan was amended. */
  readonly reason?: string;
  readonly entries: readonly PlanEntry[];
  /** What is different from the version before. Absent: it is the first. */
  readonly changes?: EntryChanges;
}

/** The versions of a plan, the newest first, as the public may see them. */
export function publicVersions(issued: readonly IssuedPlan[]): readonly PublicVersion[] {
  const versions = issued.map(withoutNotes);
  return versions.map(({ version, title, decision, issuedAt, reason, entries }, at) => {
    const before = versions[at + 1];
    return {
      version,
      title,
      decision,
      enteredOn: localDate(issuedAt),
      ...(reason !== undefined && { reason }),
      entries,
      ...(before && { changes: compareEntries(before.entries, entries) }),
    };
  });
}

function withoutNotes(version: IssuedPlan): IssuedPlan {
  return { ...version, entries: version.entries.map(({ note: _note, ...entry }) => entry) };
}
