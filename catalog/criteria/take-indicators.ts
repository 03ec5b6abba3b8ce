import { setImmediate as pause } from 'node:timers/promises';
import { type Clock, localDate } from '../kernel/clock.ts';
import type { Database, Queryable, Tables } from '../storage/database.ts';
import { measuredValues, valueComputer } from './compute-values.ts';
import { type Criteria, criteriaRepository } from './criteria-repository.ts';
import { factsRepository } from './facts-repository.ts';
import { type Gathering, gatherFacts, gatherMeasures, type Measured } from './gather-measures.ts';
import { inForceOn } from './get-criteria.ts';
import { indicatorRepository, type KeptPeriod, toRow, toScope } from './indicator-repository.ts';
import type { Fact, MeasureGroup, Span } from './measures/measure.ts';
import { measureGroups, undatedMeasures } from './measures/registry.ts';
import { type Period, periodBefore, periodKinds, periodOf, readPeriod } from './period.ts';
import { isGroup } from './scopes.ts';

export interface IndicatorDeps {
  readonly database: Database;
  readonly clock: Clock;
}

const datedGroups = measureGroups.filter(({ isDated }) => isDated);
const undatedGroups = measureGroups.filter(({ isDated }) => !isDated);
/** What is known of every scope: who has no amount of it has none. */
const namesOf = (groups: readonly MeasureGroup[]) =>
  groups.flatMap(({ isOfCity, measures }) => (isOfCity ? [] : Object.keys(measures)));

/**
 * Brings the indicators of the running month, quarter and year up to now, and closes those that are over. A closed
 * period is not touched again, but by {@link recomputeIndicators}.
 *
 * Repeated, it writes only what has changed. Gives the periods that were closed.
 */
export async function takeIndicators(deps: IndicatorDeps): Promise<readonly string[]> {
  const today = localDate(deps.clock());
  const { read } = deps.database;
  const versions = await criteriaRepository(read).list();
  const closed: string[] = [];
  for (const kept of await indicatorRepository(read).listPeriods()) {
    if (kept.isClosed || readPeriod(kept.period).to >= today) continue;
    await closePeriod(kept, versions, deps);
    closed.push(kept.period);
  }
  const criteria = inForceOn(today, versions);
  // What stands today is the same for the month, the quarter and the year.
  const standing = await gatherFacts(
    undatedGroups,
    { period: periodOf(today, 'year'), today },
    read,
  );
  for (const kind of periodKinds) {
    const period = periodOf(today, kind);
    // A clock that was put back does not open again what is closed.
    const known = await indicatorRepository(read).findPeriods([period.id]);
    if (known.get(period.id)?.isClosed) continue;
    await measureBefore(period, versions, deps);
    const running = { period, criteria, isClosed: false, measured: namesOf(measureGroups) };
    const gathering = { span: { period, today }, groups: datedGroups, kept: standing };
    await measure(running, gathering, deps);
  }
  return closed;
}

/** Ends a period: what records with dates say of it whole, and the rest as it was measured last while it ran. */
async function closePeriod(
  { period: id, measured }: KeptPeriod,
  versions: readonly Criteria[],
  deps: IndicatorDeps,
): Promise<void> {
  const period = readPeriod(id);
  const rows = await indicatorRepository(deps.database.read).rowsOf(id);
  const kept = [...rows.values()].flatMap((row) => undatedFact(toScope(row)));
  const criteria = inForceOn(period.to, versions);
  const gathering = { span: wholeSpan(period), groups: datedGroups, kept };
  await measure({ period, criteria, isClosed: true, measured }, gathering, deps);
}

function undatedFact({ scope, agency, themes, measures }: Measured): readonly Fact[] {
  if (isGroup(scope)) return [];
  const amounts = Object.entries(measures).filter(([name]) => undatedMeasures.has(name));
  return [
    {
      record: scope,
      ...(agency !== undefined && { agency }),
      ...(themes && { themes }),
      amounts: Object.fromEntries(amounts),
    },
  ];
}

/** Measures a period that was over before anybody measured: only what records with dates say. */
export async function measurePast(
  period: Period,
  criteria: Criteria,
  deps: IndicatorDeps,
): Promise<void> {
  const frame = { period, criteria, isClosed: true, measured: namesOf(datedGroups) };
  await measure(frame, { span: wholeSpan(period), groups: datedGroups, kept: [] }, deps);
}

/** A period is compared with the one before it; that one is measured once, if anything was published then. */
async function measureBefore(
  period: Period,
  versions: readonly Criteria[],
  deps: IndicatorDeps,
): Promise<void> {
  const before = periodBefore(period);
  const { read } = deps.database;
  if ((await indicatorRepository(read).findPeriods([before.id])).size > 0) return;
  const first = await factsRepository(read).firstRelease();
  if (first === undefined || localDate(first) > before.to) return;
  await measurePast(before, inForceOn(before.to, versions), deps);
}

function wholeSpan(period: Period): Span {
  const after = Date.parse(period.to) + 86_400_000;
  return { period, today: new Date(after).toISOString().slice(0, 10) };
}

/** A period about to be kept. */
export interface Frame {
  readonly period: Period;
  readonly criteria: Criteria;
  readonly isClosed: boolean;
  /** The names of what was measured. */
  readonly measured: readonly string[];
}

async function measure(
  frame: Frame,
  gathering: Omit<Gathering, 'named'>,
  deps: IndicatorDeps,
): Promise<void> {
  const named = new Set(frame.criteria.record.criteria.flatMap(({ against }) => against ?? []));
  const measured = await gatherMeasures({ ...gathering, named }, deps.database.read);
  await keepMeasured(measured, frame, deps);
}

const atOnce = 500;

/** Computes the values and writes what is new of a period, in short transactions; that it is closed, last. */
export async function keepMeasured(
  measured: readonly Measured[],
  { period: { id }, criteria, isClosed, measured: names }: Frame,
  { database, clock }: IndicatorDeps,
): Promise<void> {
  const repository = indicatorRepository(database.read);
  const { version } = criteria;
  const period = { period: id, version, isClosed, measured: names, takenAt: clock() };
  const rows = await computeRows(measured, period, criteria, database.read);
  const before = await repository.rowsOf(id);
  const changed = rows.filter((row) => !isSame(row, before.get(row.scope)));
  if ((await repository.findPeriods([id])).size === 0) {
    await database.transaction((tx) =>
      indicatorRepository(tx).savePeriod({ ...period, isClosed: false }),
    );
  }
  for (let at = 0; at < changed.length; at += atOnce) {
    const batch = changed.slice(at, at + atOnce);
    await database.transaction((tx) => indicatorRepository(tx).saveRows(batch));
    await pause();
  }
  const stays = new Set(rows.map(({ scope }) => scope));
  const left = [...before.keys()].filter((scope) => !stays.has(scope));
  await database.transaction(async (tx) => {
    await indicatorRepository(tx).removeRows(id, left);
    await indicatorRepository(tx).savePeriod(period);
  });
}

type Row = Tables['indicator'];

function isSame(row: Row, old: Row | undefined): boolean {
  return (
    old !== undefined && (Object.keys(row) as (keyof Row)[]).every((key) => row[key] === old[key])
  );
}

async function computeRows(
  measured: readonly Measured[],
  period: KeptPeriod,
  { record }: Criteria,
  db: Queryable,
): Promise<readonly Row[]> {
  const compute = valueComputer(record.criteria);
  const before = periodBefore(readPeriod(period.period)).id;
  const repository = indicatorRepository(db);
  const frameBefore = (await repository.findPeriods([before])).get(before);
  const rowsBefore = await repository.rowsOf(before);
  const rows: Row[] = [];
  for (const [index, scope] of measured.entries()) {
    const old = rowsBefore.get(scope.scope);
    const values = compute(
      measuredValues(period, scope.measures),
      measuredValues(frameBefore, old && toScope(old).measures),
    );
    rows.push(toRow(period.period, { ...scope, values }));
    if (index % 1000 === 0) await pause();
  }
  return rows;
}
