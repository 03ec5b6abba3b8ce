import type { StoredEvent } from './usage-event.ts';

/** What the rules below look at: what one visitor browsed on one day, in the order in which it happened. */
export type Visit = Pick<
  StoredEvent,
  'at' | 'kind' | 'datasetId' | 'distributionId' | 'accessMethod'
>;

/** A rule that tells a robot by what it does. It removes all that the visitor did on that day. */
export interface Behaviour {
  readonly name: string;
  /** The index of the visit by which it is clear. Absent: it never is. */
  clearAt(visits: readonly Visit[]): number | undefined;
}

/** More within a minute than a person opens. */
export const mostInAMinute = 60;
/** More different datasets and files in a day than a person opens by hand: a walk through everything. */
export const mostItemsInADay = 200;
/** More in a day than a person opens. */
export const mostInADay = 1000;
/** A browser that has shown so many pages has fetched their style sheet of the day, unless it is none. */
export const pagesThatNeedAssets = 10;
/** Two requests for the same within this time are one. COUNTER Code of Practice R5.1 §7.2. */
export const doubleClickMs = 30_000;

const minuteMs = 60_000;

/** Once one of these is clear, nothing that happens later can take it back. */
export const behaviours: readonly Behaviour[] = [
  { name: 'rate', clearAt: clearByRate },
  { name: 'walk', clearAt: clearByWalk },
  { name: 'volume', clearAt: (visits) => (visits.length > mostInADay ? mostInADay : undefined) },
];

/**
 * The rule for each of a visitor's events of one day, in the order in which they happened; null for what counts. Events
 * that a request rule removed are not among them.
 *
 * @param known the behaviour that was clear before, whatever these events show
 */
export function judgeVisitor(
  visits: readonly Visit[],
  known?: string,
): { readonly behaviour: string | undefined; readonly rules: readonly (string | null)[] } {
  const browsed = visits.filter(({ kind }) => kind !== 'asset');
  const behaviour = known ?? firstClear(browsed);
  const verdict = behaviour ?? (isWithoutAssets(visits) ? 'no-assets' : undefined);
  const doubled = doubleClicks(visits);
  const rules = visits.map((visit, index) => {
    if (verdict !== undefined && visit.kind !== 'asset') return verdict;
    return doubled.has(index) ? 'double-click' : null;
  });
  return { behaviour, rules };
}

/** Whether a rule is one of these, and may be found anew: whatever another rule removed stays removed. */
export function isVisitRule(rule: string): boolean {
  return visitRules.has(rule);
}

const visitRules: ReadonlySet<string> = new Set([
  ...behaviours.map(({ name }) => name),
  'no-assets',
  'double-click',
]);

/** The behaviour that was clear first. */
function firstClear(visits: readonly Visit[]): string | undefined {
  let first: { name: string; at: number } | undefined;
  for (const { name, clearAt } of behaviours) {
    const at = clearAt(visits);
    if (at !== undefined && (first === undefined || at < first.at)) first = { name, at };
  }
  return first?.name;
}

function clearByRate(visits: readonly Visit[]): number | undefined {
  if (visits.length <= mostInAMinute) return undefined;
  const times = visits.map(({ at }) => Date.parse(at));
  const found = times.findIndex(
    (time, index) => time - (times[index - mostInAMinute] ?? -Infinity) < minuteMs,
  );
  return found < 0 ? undefined : found;
}

function clearByWalk(visits: readonly Visit[]): number | undefined {
  if (visits.length <= mostItemsInADay) return undefined;
  const items = new Set<string>();
  const found = visits.findIndex(
    ({ datasetId, distributionId }) =>
      items.add(`${datasetId} ${distributionId}`).size > mostItemsInADay,
  );
  return found < 0 ? undefined : found;
}

/** A person's browser fetches the style sheet of the day with its first page; what only reads pages does not. */
function isWithoutAssets(visits: readonly Visit[]): boolean {
  const pages = visits.filter(
    ({ kind, accessMethod }) => kind === 'view' && accessMethod === 'regular',
  );
  return pages.length >= pagesThatNeedAssets && !visits.some(({ kind }) => kind === 'asset');
}

/**
 * Which of the visits were followed by the same within the time of a double click: the last of them is the one that
 * counts.
 */
function doubleClicks(visits: readonly Visit[]): ReadonlySet<number> {
  const removed = new Set<number>();
  if (visits.length < 2) return removed;
  const last = new Map<string, { index: number; time: number }>();
  for (const [index, { at, kind, datasetId, distributionId }] of visits.entries()) {
    if (kind === 'asset') continue;
    const item = `${kind} ${datasetId} ${distributionId}`;
    const time = Date.parse(at);
    const before = last.get(item);
    if (before && time - before.time <= doubleClickMs) removed.add(before.index);
    last.set(item, { index, time });
  }
  return removed;
}
