import { datasetRepository } from '../inventory/dataset-repository.ts';
import { groupBy } from '../kernel/group-by.ts';
import type { Database, Tx } from '../storage/database.ts';
import { eventRepository, type KnownEvent, type Rejudged } from './event-repository.ts';
import { groupRepository } from './group-repository.ts';
import { rollupRepository } from './rollup-repository.ts';
import { sketchRepository, type Visitors } from './sketch-repository.ts';
import { createUsageChange } from './usage-change.ts';
import type { CountedEvent, StoredEvent } from './usage-event.ts';
import { usageStateRepository, type Writer } from './usage-state-repository.ts';
import { judgeVisitor } from './visit-rules.ts';

/** What a process has gathered since it last wrote. */
export interface Batch {
  readonly writer: Writer;
  readonly writtenAt: string;
  readonly events: readonly StoredEvent[];
  /** Events by day of which nothing but their number is left. */
  readonly lost: ReadonlyMap<string, number>;
}

/** What the process that writes has not seen to before. */
export interface News {
  /** Months for whose events there may be no place yet. */
  readonly months: readonly string[];
  /** Whether the catalogue has changed since the agencies' and themes' figures followed it. */
  readonly isCatalogueNew: boolean;
}

type Deps = Pick<Database, 'traits'>;

/**
 * Writes a batch of events and everything that follows from it: which of the visitors' earlier events no longer count,
 * the figures, the sketches. All in the transaction that it is given, so that events and figures never differ; a batch
 * that was written before is left alone, so that nothing counts twice when nobody knows whether a commit went through.
 */
export async function countEvents(tx: Tx, batch: Batch, news: News, deps: Deps): Promise<void> {
  const state = usageStateRepository(tx, deps);
  await state.lock();
  if (!(await state.advance(batch.writer, batch.writtenAt))) return;
  if (news.isCatalogueNew) await groupRepository(tx, deps).followCatalogue();
  for (const [day, count] of batch.lost) await rollupRepository(tx, deps).addLost(day, count);
  if (batch.events.length === 0) return;

  const known = await withoutUnknown(tx, batch.events);
  const change = createUsageChange();
  const added: StoredEvent[] = [];
  const rejudged: Rejudged[] = [];
  for (const [day, events] of groupBy(known, ({ day }) => day)) {
    const judged = await judgeDay(tx, day, events, deps);
    added.push(...judged.added);
    rejudged.push(...judged.rejudged);
  }
  for (const event of added) change.add(event, event.rule);
  for (const { event, rule } of rejudged) change.rejudge(event, rule);

  const repository = eventRepository(tx, deps);
  for (const month of news.months) await repository.openMonth(month);
  await repository.insert(added);
  await repository.rejudge(rejudged);
  await rollupRepository(tx, deps).add(change.figures());
  await rollupRepository(tx, deps).addRemoved(change.removed());
  await keepSketches(tx, added, rejudged, deps);
}

/** The months in which events fall. */
export function monthsOf(events: readonly StoredEvent[]): readonly string[] {
  return [...new Set(events.map(({ day }) => day.slice(0, 7)))];
}

/** Events of datasets that are not there count for nobody, and are kept with the reason. */
async function withoutUnknown(
  tx: Tx,
  events: readonly StoredEvent[],
): Promise<readonly StoredEvent[]> {
  const ids = [...new Set(events.map(({ datasetId }) => datasetId))].filter((id) => id !== '');
  const existing = await datasetRepository(tx).existing(ids);
  if (existing.size === ids.length) return events;
  return events.map((event) =>
    event.datasetId === '' || existing.has(event.datasetId)
      ? event
      : { ...event, rule: event.rule ?? 'unknown-dataset' },
  );
}

/** Judges the new events of a day together with what their visitors did before. */
async function judgeDay(
  tx: Tx,
  day: string,
  events: readonly StoredEvent[],
  deps: Deps,
): Promise<{ readonly added: readonly StoredEvent[]; readonly rejudged: readonly Rejudged[] }> {
  const [open, decided] = partition(events, isOpen);
  const fresh = groupBy(open, ({ visitor }) => visitor);
  if (fresh.size === 0) return { added: withoutRepeatedAssets(decided, []), rejudged: [] };

  const state = usageStateRepository(tx, deps);
  const robots = await state.robots(day, [...fresh.keys()]);
  const history = await eventRepository(tx, deps).historyOf(day, [...fresh.keys()]);
  const before = groupBy(history, ({ visitor }) => visitor);

  const added: StoredEvent[] = [...decided];
  const rejudged: Rejudged[] = [];
  const newRobots = new Map<string, string>();
  for (const [visitor, own] of fresh) {
    const visits = inOrder<StoredEvent | KnownEvent>([...(before.get(visitor) ?? []), ...own]);
    const known = robots.get(visitor);
    const { behaviour, rules } = judgeVisitor(visits, known);
    if (behaviour !== undefined && known === undefined) newRobots.set(visitor, behaviour);
    for (const [index, event] of visits.entries()) {
      const rule = rules[index] ?? null;
      if (!isKnown(event)) added.push({ ...event, rule });
      else if (event.rule !== rule) rejudged.push({ event, rule });
    }
  }
  await state.addRobots(day, newRobots);
  return { added: withoutRepeatedAssets(added, history), rejudged };
}

/** That a visitor fetched the style sheet of the day is worth knowing once, and of a known robot never. */
function withoutRepeatedAssets(
  added: readonly StoredEvent[],
  history: readonly KnownEvent[],
): readonly StoredEvent[] {
  const seen = new Set(
    history.filter(({ kind }) => kind === 'asset').map(({ visitor }) => visitor),
  );
  return added.filter(({ kind, visitor, rule }) => {
    if (kind !== 'asset') return true;
    if (rule !== null || seen.has(visitor)) return false;
    seen.add(visitor);
    return true;
  });
}

/** Adds new visitors; where some no longer count, counts those of the day anew. */
async function keepSketches(
  tx: Tx,
  added: readonly StoredEvent[],
  rejudged: readonly Rejudged[],
  deps: Deps,
): Promise<void> {
  const counting = added.filter(({ rule, kind }) => rule === null && kind !== 'asset');
  const returned = rejudged.filter(({ rule }) => rule === null).map(({ event }) => event);
  await sketchRepository(tx, deps).add(visitorsBySketch([...counting, ...returned]));

  const gone = rejudged.filter(({ rule }) => rule !== null && rule !== 'double-click');
  for (const [day, events] of groupBy(gone, ({ event }) => event.day)) {
    const counting = await eventRepository(tx, deps).countingOn(day);
    const touched = new Set(['', ...events.map(({ event }) => event.datasetId)]);
    const left = new Map([...touched].map((id) => [id, new Set<string>()]));
    for (const { datasetId, visitor } of counting) {
      left.get('')?.add(visitor);
      left.get(datasetId)?.add(visitor);
    }
    await sketchRepository(tx, deps).replace(
      [...left].map(([datasetId, visitors]) => ({ datasetId, period: day, visitors })),
    );
  }
}

/** The visitors that counting events add: to the city on that day, and to the dataset. */
function visitorsBySketch(events: readonly CountedEvent[]): readonly Visitors[] {
  const sketches = new Map<string, Visitors & { readonly visitors: Set<string> }>();
  for (const { day, datasetId, visitor } of events) {
    for (const id of new Set(['', datasetId])) {
      const key = `${day} ${id}`;
      const known = sketches.get(key);
      if (known) known.visitors.add(visitor);
      else sketches.set(key, { datasetId: id, period: day, visitors: new Set([visitor]) });
    }
  }
  return [...sketches.values()];
}

/** By time; what came at the same moment stays in the order in which it was written. */
export function inOrder<Event extends CountedEvent>(events: readonly Event[]): readonly Event[] {
  return [...events].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function partition<Item>(
  items: readonly Item[],
  holds: (item: Item) => boolean,
): readonly [readonly Item[], readonly Item[]] {
  return [items.filter(holds), items.filter((item) => !holds(item))];
}

/** Whether the visit rules have a say: over what is browsed, and no request rule removed. */
function isOpen({ kind, rule }: StoredEvent): boolean {
  return rule === null && kind !== 'api' && kind !== 'feed';
}

function isKnown(event: StoredEvent | KnownEvent): event is KnownEvent {
  return 'id' in event;
}
