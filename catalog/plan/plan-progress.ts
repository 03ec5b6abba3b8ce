import { localDate } from '../kernel/clock.ts';
import { groupBy } from '../kernel/group-by.ts';
import type { LangText } from '../kernel/lang-text.ts';
import type { CommitmentStatus } from '../model/calendar.ts';
import type { Decision, PlanEntry } from '../model/plan.ts';
import type { Queryable } from '../storage/database.ts';
import { compareEntries, type EntryChanges } from './compare-entries.ts';
import { type IssuedHead, planVersionRepository } from './plan-version-repository.ts';
import { type Standing, standingsOf, versionInForce } from './standings.ts';

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
  readonly commitments: readonly Standing[];
}

/**
 * @param at a date; what came after it does not count
 * @param known the versions of the plan, the newest first, by who has read them already
 */
export async function planProgress(
  year: string,
  at: string,
  db: Queryable,
  known?: readonly IssuedHead[],
): Promise<PlanProgress> {
  const versions = known ?? (await planVersionRepository(db).heads(year));
  const { standings: commitments } = await standingsOf(year, at, db, { heads: versions });
  const issued = versionInForce(versions, at);
  const by = (of: (commitment: Standing) => string) =>
    [...groupBy(commitments, of)]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, some]) => [key, figuresOf(some)] as const);
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

export function figuresOf(commitments: readonly Standing[]): Figures {
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
  /** How many there are. */
  readonly entries: number;
  /** What is different from the version before. Absent: it is the first. */
  readonly changes?: EntryChanges;
}

/** The versions of a plan, the newest first, as the public may see them. */
export async function publicVersions(
  heads: readonly IssuedHead[],
  db: Queryable,
): Promise<readonly PublicVersion[]> {
  const year = heads[0]?.year;
  if (year === undefined) return [];
  const counts = await planVersionRepository(db).countEntries(year);
  const versions = [];
  for (const [at, head] of heads.entries()) {
    const { version, title, decision, issuedAt, reason } = head;
    const before = heads[at + 1];
    versions.push({
      version,
      title,
      decision,
      enteredOn: localDate(issuedAt),
      ...(reason !== undefined && { reason }),
      entries: counts.get(version) ?? 0,
      ...(before && { changes: await publicChanges(year, before.version, version, db) }),
    });
  }
  return versions;
}

/** The entries of a version as the public may see them. */
export async function publicEntries(
  year: string,
  version: number,
  db: Queryable,
): Promise<readonly PlanEntry[]> {
  const found = await planVersionRepository(db).find(year, version);
  return (found?.entries ?? []).map(withoutNote);
}

async function publicChanges(
  year: string,
  earlier: number,
  later: number,
  db: Queryable,
): Promise<EntryChanges> {
  const { before, after } = await planVersionRepository(db).differences(year, earlier, later);
  return compareEntries(before.map(withoutNote), after.map(withoutNote));
}

function withoutNote({ note: _note, ...entry }: PlanEntry): PlanEntry {
  return entry;
}
