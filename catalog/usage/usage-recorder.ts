import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Clock, localDate } from '../kernel/clock.ts';
import type { Database } from '../storage/database.ts';
import { anonymiseEvents, type Noted } from './anonymise-events.ts';
import { type Batch, countEvents, monthsOf } from './count-events.ts';
import { createDailySalts } from './daily-salts.ts';
import { createFloodGauge } from './flood-gauge.ts';
import type { Caller, UsageEvent } from './usage-event.ts';
import { networkOf } from './visitor-key.ts';

/** Notes use without making the request wait: events gather in memory and are written together, soon. */
export interface UsageRecorder {
  record(event: UsageEvent, caller: Caller): void;
  /** Writes what has gathered. Called before figures are read, and before the process ends. */
  flush(): Promise<void>;
  /** Events of this process that could not be kept. */
  readonly lost: number;
  /** Events that wait to be written. */
  readonly waiting: number;
  stop(): Promise<void>;
}

export interface UsageRecorderDeps {
  readonly database: Database;
  readonly clock: Clock;
  /** Whether it is the catalogue's own staff that calls. */
  readonly isStaff?: (caller: Caller) => Promise<boolean>;
  /** How many events wait at most while the database is away; what comes on top is lost, and counted as lost. */
  readonly mostWaiting?: number;
  /** Told when writing fails, and for the first time succeeds again. */
  readonly onTrouble?: (trouble: UsageTrouble) => void;
}

/** Writing failed, or (without an error) goes on again. */
export interface UsageTrouble {
  readonly error?: unknown;
  readonly waiting: number;
  readonly lost: number;
}

/** An event waits at most so long and as long as the batch before it takes to write: together less than a second. */
const flushEveryMs = 250;
/** So many are not left waiting for the clock. */
const flushAt = 2000;
const mostInABatch = 5000;
const retryAfterMs = 15;
const mostAttempts = 100;
/** How long the end of the process waits for a database that is away. */
const farewellMs = 5000;

export function createUsageRecorder(deps: UsageRecorderDeps): UsageRecorder {
  const { database, clock, mostWaiting = 100_000, isStaff = async () => false } = deps;
  const id = randomUUID();
  const salts = createDailySalts(database);
  const floods = createFloodGauge();
  const openMonths = new Set<string>();
  let waiting: Noted[] = [];
  let unsaidLost = new Map<string, number>();
  let batch: Batch | undefined;
  let written = 0;
  let followed: number | undefined;
  let lost = 0;
  let isInTrouble = false;
  let isScheduled = false;
  let flushing: Promise<void> = Promise.resolve();

  const record = (event: UsageEvent, caller: Caller): void => {
    const isFlood = floods.count(networkOf(caller.address), event.at);
    if (waiting.length >= mostWaiting) {
      lost += 1;
      const day = localDate(event.at);
      unsaidLost.set(day, (unsaidLost.get(day) ?? 0) + 1);
      return;
    }
    waiting.push({ event, caller, isFlood });
    if (waiting.length >= flushAt && !isScheduled && !isInTrouble) void flush();
  };

  const nextBatch = async (): Promise<Batch | undefined> => {
    if (batch) return batch;
    if (waiting.length === 0 && unsaidLost.size === 0) return undefined;
    const taken = waiting.slice(0, mostInABatch);
    // From here on nobody's address or agent is held.
    const events = await anonymiseEvents(taken, salts, isStaff);
    waiting = waiting.slice(taken.length);
    batch = { writer: { id, batch: written + 1 }, writtenAt: clock(), events, lost: unsaidLost };
    unsaidLost = new Map();
    return batch;
  };

  const write = async (attempt = 1): Promise<void> => {
    isScheduled = false;
    try {
      for (let next = await nextBatch(); next; next = await nextBatch()) {
        const current = next;
        const months = monthsOf(current.events).filter((month) => !openMonths.has(month));
        const version = await database.version();
        const news = { months, isCatalogueNew: version !== followed };
        await database.aside((tx) => countEvents(tx, current, news, database));
        followed = version;
        for (const month of months) openMonths.add(month);
        written = current.writer.batch;
        batch = undefined;
      }
      await salts.destroyOld(clock());
      if (isInTrouble) deps.onTrouble?.({ waiting: waiting.length, lost });
      isInTrouble = false;
    } catch (error) {
      // Another process writes: it will not be long.
      if (database.traits.isRetryable(error) && attempt < mostAttempts) {
        await sleep(retryAfterMs * (1 + Math.random()));
        await write(attempt + 1);
        return;
      }
      // Whoever prunes may have taken away a month that was open.
      if (openMonths.size > 0) {
        openMonths.clear();
        await write(attempt + 1);
        return;
      }
      // The database is away: what was noted waits for the next try, and requests go on.
      if (!isInTrouble) deps.onTrouble?.({ error, waiting: waiting.length, lost });
      isInTrouble = true;
    }
  };

  const flush = (): Promise<void> => {
    isScheduled = true;
    flushing = flushing.then(() => write());
    return flushing;
  };
  const timer = setInterval(() => {
    if (!isScheduled) void flush();
  }, flushEveryMs);
  timer.unref();

  return {
    record,
    flush,
    get lost() {
      return lost;
    },
    get waiting() {
      return waiting.length + (batch?.events.length ?? 0);
    },
    async stop() {
      clearInterval(timer);
      const until = performance.now() + farewellMs;
      await flush();
      while (isInTrouble && performance.now() < until) {
        await sleep(flushEveryMs);
        await flush();
      }
      const left = waiting.length + (batch?.events.length ?? 0);
      if (left === 0) return;
      lost += left;
      deps.onTrouble?.({ waiting: 0, lost, error: new Error('the process ends') });
    },
  };
}
