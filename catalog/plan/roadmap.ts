import { type Clock, localDate } from '../kernel/clock.ts';
import type { LangText } from '../kernel/lang-text.ts';
import type { AccessMethod, DatasetRecord } from '../model/dataset.ts';
import type { PlanEntry } from '../model/plan.ts';
import type { Queryable } from '../storage/database.ts';
import { commitmentRepository } from './commitment-repository.ts';
import { planRepository } from './plan-repository.ts';
import { planVersionRepository } from './plan-version-repository.ts';
import { type Standing, type Standings, standingsOf } from './standings.ts';

/** A release that the plan promises, what has become of it, and of what. Only what the public may know. */
export interface Commitment extends Standing {
  readonly title: LangText;
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

/** From so many on, a whole year is read at once. */
const many = 1000;

/** The roadmap of a year: every commitment in the order of its due time. Without a year: the newest plan there is. */
export async function getRoadmap(
  year: string | undefined,
  db: Queryable,
  clock: Clock,
): Promise<Roadmap> {
  const today = localDate(clock());
  const { years, shown } = await yearsOf(year, today, db);
  return { year: shown, years, commitments: await commitmentsOf(shown, today, db) };
}

/** The years that have a plan, and the one that is asked for. Without one: the newest there is. */
export async function yearsOf(
  year: string | undefined,
  today: string,
  db: Queryable,
): Promise<{ readonly years: readonly string[]; readonly shown: string }> {
  const years = await planRepository(db).years();
  return { years, shown: year ?? years[0] ?? today.slice(0, 4) };
}

/** The commitments of a year's plan as they stood at the end of a day, in the order of their due time. */
export async function commitmentsOf(
  year: string,
  day: string,
  db: Queryable,
): Promise<readonly Commitment[]> {
  const found = await standingsOf(year, day, db);
  return describeStandings(found, found.standings, db);
}

/**
 * Says what is promised, of all promises of a plan or of some of them: the title, theme and frequency as the record has
 * them now, the rest as the decision froze it.
 */
export async function describeStandings(
  { year, version }: Standings,
  standings: readonly Standing[],
  db: Queryable,
): Promise<readonly Commitment[]> {
  const ids = standings.map(({ datasetId }) => datasetId);
  const versions = planVersionRepository(db);
  const [issued, now] = await Promise.all([
    version === undefined
      ? undefined
      : versions.entries(year, version, ids.length < many ? ids : undefined),
    entriesNow(year, ids, db),
  ]);
  return standings.map((standing) => {
    const { text, entry: current } = now.get(standing.datasetId) ?? {};
    const frozen = issued?.get(standing.datasetId);
    const entry =
      frozen === undefined || frozen === text ? current : (JSON.parse(frozen) as PlanEntry);
    return describe(standing, current ?? entry, entry);
  });
}

function describe(
  { releasedOn, ...standing }: Standing,
  current: Pick<PlanEntry, 'title' | 'theme' | 'accrualPeriodicity'> | undefined,
  entry: PlanEntry | undefined,
): Commitment {
  const { accrualPeriodicity } = current ?? {};
  const { priority, dropped } = entry ?? {};
  return {
    datasetId: standing.datasetId,
    title: current?.title ?? { vi: standing.datasetId },
    publisher: standing.publisher,
    due: standing.due,
    dueDate: standing.dueDate,
    quarter: standing.quarter,
    status: standing.status,
    published: standing.published,
    ...(releasedOn !== undefined && { releasedOn }),
    ...(dropped !== undefined && { reason: dropped }),
    theme: current?.theme ?? [],
    formats: entry?.formats ?? [],
    accessMethods: entry?.accessMethods ?? [],
    ...(accrualPeriodicity !== undefined && { accrualPeriodicity }),
    ...(priority !== undefined && { priority }),
  };
}

interface EntryNow {
  /** As it is stored. Absent: the dataset names no plan any more, and its record is read. */
  readonly text?: string;
  readonly entry: PlanEntry;
}

/** What these datasets stand in their plans with now. */
async function entriesNow(
  year: string,
  ids: readonly string[],
  db: Queryable,
): Promise<ReadonlyMap<string, EntryNow>> {
  const repository = commitmentRepository(db);
  const texts = new Map(ids.length < many ? [] : await repository.entriesOf(year));
  const elsewhere = await repository.entries(ids.filter((id) => !texts.has(id)));
  for (const [id, text] of elsewhere) texts.set(id, text);
  const without = await planRepository(db).rowsOf(ids.filter((id) => !texts.has(id)));
  const found = new Map<string, EntryNow>();
  for (const id of ids) {
    const text = texts.get(id);
    const row = without.get(id);
    if (text !== undefined) found.set(id, { text, entry: JSON.parse(text) as PlanEntry });
    else if (row) found.set(id, { entry: unplanned(JSON.parse(row.record_json) as DatasetRecord) });
  }
  return found;
}

/** Of a dataset that names no due time any more, what an entry would have of its record. */
function unplanned(record: DatasetRecord): PlanEntry {
  const { id, title, publisher, theme, accrualPeriodicity } = record;
  return {
    datasetId: id,
    title,
    publisher,
    due: '',
    ...(theme && { theme }),
    ...(accrualPeriodicity !== undefined && { accrualPeriodicity }),
  };
}
