import { localDate, startOfDay } from '../kernel/clock.ts';
import {
  addDays,
  type CommitmentStatus,
  commitmentStatus,
  dueDate,
  quarterOf,
} from '../model/calendar.ts';
import type { DatasetState } from '../model/dataset.ts';
import type { Queryable } from '../storage/database.ts';
import type { CommitmentLine } from './commitment-line.ts';
import { commitmentRepository } from './commitment-repository.ts';
import { planRepository } from './plan-repository.ts';
import { type IssuedHead, planVersionRepository } from './plan-version-repository.ts';

/** A release that the plan promises, and what has become of it: what is counted, without what it is called. */
export interface Standing {
  readonly datasetId: string;
  readonly publisher: string;
  readonly due: string;
  /** The last day on which a release is on time. */
  readonly dueDate: string;
  readonly quarter: string;
  readonly status: CommitmentStatus;
  readonly published: boolean;
  /** The local date of the first release. */
  readonly releasedOn?: string;
}

/** Every promise of a year's plan, in the order of their due time. */
export interface Standings {
  readonly year: string;
  /** The version that says so. Absent: the records do, for nothing is issued. */
  readonly version?: number;
  readonly standings: readonly Standing[];
}

/**
 * The promises of a year's plan as they stood at the end of a day. What came later does not count: no release, no
 * withdrawal, no amendment. Once a decision has issued the plan, what it says counts until it is amended, whatever the
 * records say meanwhile. None: the plan had not been issued yet, and is now.
 *
 * @param some the versions of the plan, the newest first, by who has read them already; the ids of a page of datasets
 */
export async function standingsOf(
  year: string,
  day: string,
  db: Queryable,
  some: { readonly heads?: readonly IssuedHead[]; readonly ids?: readonly string[] } = {},
): Promise<Standings> {
  if (some.ids?.length === 0) return { year, standings: [] };
  const versions = planVersionRepository(db);
  const heads = some.heads ?? (await versions.heads(year));
  const version = versionInForce(heads, day)?.version;
  if (version === undefined && heads.length > 0) return { year, standings: [] };
  const lines = await (version === undefined
    ? commitmentRepository(db).lines(year, some.ids)
    : versions.lines(year, version, some.ids));
  const standings = (await asOf(lines, day, db)).map((line) => toStanding(line, day));
  standings.sort((a, b) => (a.dueDate < b.dueDate ? -1 : a.dueDate > b.dueDate ? 1 : 0));
  return { year, ...(version !== undefined && { version }), standings };
}

/**
 * The version of a plan that counted on a day. A decision counts from its date, and at the latest from when it was
 * entered here.
 *
 * @param versions the newest first
 */
export function versionInForce<Version extends IssuedHead>(
  versions: readonly Version[],
  day: string,
): Version | undefined {
  return versions.find(
    ({ decision, issuedAt }) => decision.date <= day || localDate(issuedAt) <= day,
  );
}

/** The lines as they were at the end of a day; a dataset that was not there yet counts as planned. */
async function asOf(
  lines: readonly CommitmentLine[],
  day: string,
  db: Queryable,
): Promise<readonly CommitmentLine[]> {
  const end = startOfDay(addDays(day, 1));
  const later = lines.filter(({ changedAt }) => changedAt >= end);
  if (later.length === 0) return lines;
  const ids = later.map(({ datasetId }) => datasetId);
  const states = await planRepository(db).statesBefore(ids, end);
  return lines.map(({ releasedAt, ...line }) => ({
    ...line,
    ...(line.changedAt >= end && { state: states.get(line.datasetId) ?? 'planned' }),
    ...(releasedAt !== undefined && releasedAt < end && { releasedAt }),
  }));
}

function toStanding(line: CommitmentLine, day: string): Standing {
  const { datasetId, publisher, due, isDropped, releasedAt } = line;
  const state = line.state as DatasetState;
  const releasedOn = releasedAt === undefined ? undefined : localDate(releasedAt);
  return {
    datasetId,
    publisher,
    due,
    dueDate: dueDate(due),
    quarter: quarterOf(due),
    status: commitmentStatus({ due, state, releasedOn, isDropped }, day),
    published: state === 'published',
    ...(releasedOn !== undefined && { releasedOn }),
  };
}
