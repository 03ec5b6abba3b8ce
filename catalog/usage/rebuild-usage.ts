import { setImmediate as pause } from 'node:timers/promises';
import type { Database, Tx } from '../storage/database.ts';
import { daysOf } from '../storage/dialects/dialect.ts';
import { settingRepository } from '../storage/setting-repository.ts';
import { inOrder } from './count-events.ts';
import { eventRepository, type KnownEvent, type Rejudged } from './event-repository.ts';
import { followCatalogue } from './group-repository.ts';
import { addToSketch, emptySketch, placeOf, type Sketch } from './hyper-log-log.ts';
import { rollupRepository } from './rollup-repository.ts';
import { sketchRepository } from './sketch-repository.ts';
import { createUsageChange } from './usage-change.ts';
import { usageStateRepository } from './usage-state-repository.ts';
import { isVisitRule, judgeVisitor } from './visit-rules.ts';

/** The name of the setting that says up to which day not all events are there (any more). */
export const closedUntil = 'usage-closed-until';

/** What making the figures anew did. */
export interface Rebuilt {
  readonly days: number;
  readonly events: number;
  /** Events that another rule applies to than before: none, unless the rules changed. */
  readonly rejudged: number;
}

const pageSize = 20_000;

/**
 * Makes all figures anew from the events, a day at a time and each in one transaction: what the visit rules say, the
 * counts of days and months, the sketches, the downloads of the feeds. Days whose events are no longer kept stay as they
 * are. It may run while others count, and may be stopped and begun again.
 */
export async function rebuildUsage(
  database: Database,
  onDay: (day: string, events: number) => void = () => undefined,
): Promise<Rebuilt> {
  const days = await database.transaction(async (tx) => {
    const closed = (await settingRepository(tx).find(closedUntil)) ?? '';
    return eventRepository(tx, database).days(closed);
  });
  await followCatalogue(database);
  let events = 0;
  let rejudged = 0;
  for (const day of days) {
    const made = await database.transaction((tx) => rebuildDay(tx, day, database));
    events += made.events;
    rejudged += made.rejudged;
    onDay(day, made.events);
    await pause();
  }
  await database.transaction(async (tx) => {
    await usageStateRepository(tx, database).lock();
    await rollupRepository(tx, database).remakeDownloads();
  });
  return { days: days.length, events, rejudged };
}

async function rebuildDay(
  tx: Tx,
  day: string,
  deps: Pick<Database, 'traits'>,
): Promise<{ readonly events: number; readonly rejudged: number }> {
  const state = usageStateRepository(tx, deps);
  await state.lock();
  const repository = eventRepository(tx, deps);
  const rollups = rollupRepository(tx, deps);
  const change = createUsageChange();
  const sketches = new Map<string, Sketch>([['', emptySketch()]]);
  const robots = new Map<string, string>();
  let events = 0;
  let rejudged = 0;

  for await (const visitors of visitorsOf(day, repository)) {
    const changes: Rejudged[] = [];
    for (const own of visitors) {
      events += own.length;
      const { behaviour, rules } = judge(own, changes);
      const [{ visitor } = { visitor: '' }] = own;
      if (behaviour !== undefined) robots.set(visitor, behaviour);
      const seen = new Set<string>();
      for (const [index, event] of own.entries()) {
        const rule = rules[index] ?? null;
        change.add(event, rule);
        if (rule === null && event.kind !== 'asset') seen.add('').add(event.datasetId);
      }
      const place = placeOf(visitor);
      for (const id of seen) addToSketch(sketchOf(sketches, id), place);
    }
    await repository.rejudge(changes);
    rejudged += changes.length;
  }
  await rollups.replaceDay(day, change.figures());
  await rollups.addRemoved(change.removed());
  await rollups.remakeMonth(day.slice(0, 7), daysOf(day.slice(0, 7)));
  await sketchRepository(tx, deps).replaceDay(day, sketches);
  await state.replaceRobots(day, robots);
  return { events, rejudged };
}

/** The rules for all events of one visitor's day, found anew; those that are others than before go to `changes`. */
function judge(own: readonly KnownEvent[], changes: Rejudged[]) {
  const open = inOrder(own.filter(isJudged));
  const { behaviour, rules } = judgeVisitor(open);
  const found = new Map<KnownEvent, string | null>();
  for (const [index, event] of open.entries()) {
    const rule = rules[index] ?? null;
    found.set(event, rule);
    if (rule !== event.rule) changes.push({ event, rule });
  }
  return {
    behaviour,
    rules: own.map((event) => {
      const rule = found.get(event);
      return rule === undefined ? event.rule : rule;
    }),
  };
}

function isJudged({ kind, rule }: KnownEvent): boolean {
  return kind !== 'api' && kind !== 'feed' && (rule === null || isVisitRule(rule));
}

/** A day's events by visitor, a page of visitors at a time; each with all of theirs. */
async function* visitorsOf(
  day: string,
  repository: ReturnType<typeof eventRepository>,
): AsyncGenerator<readonly (readonly KnownEvent[])[]> {
  let own: KnownEvent[] = [];
  let after = { visitor: '', id: 0 };
  let isLast = false;
  while (!isLast) {
    const page = await repository.page(day, after, pageSize);
    const whole: KnownEvent[][] = [];
    for (const event of page) {
      if (own.length > 0 && own[0]?.visitor !== event.visitor) {
        whole.push(own);
        own = [];
      }
      own.push(event);
    }
    after = page.at(-1) ?? after;
    isLast = page.length < pageSize;
    if (isLast && own.length > 0) whole.push(own);
    yield whole;
  }
}

function sketchOf(sketches: Map<string, Sketch>, id: string): Sketch {
  const known = sketches.get(id);
  if (known) return known;
  const made = emptySketch();
  sketches.set(id, made);
  return made;
}
