import type { Database } from '../storage/database.ts';
import { type UsageCount, type UsageEvent, usageRepository } from './usage-repository.ts';

/** Counts use without making the request wait: events gather in memory and are written at most a second later. */
export interface UsageRecorder {
  record(event: UsageEvent): void;
  /** Writes what has gathered. Called before figures are read, and before the process ends. */
  flush(): Promise<void>;
  /** Events that could not be kept, because the database was away for too long. */
  readonly lost: number;
  stop(): Promise<void>;
}

const flushEveryMs = 1000;
/** Distinct (dataset, file, kind, day) that wait at most; beyond that a flood of new ones is counted as lost. */
const mostWaiting = 100_000;

export function createUsageRecorder(database: Database): UsageRecorder {
  let waiting = new Map<string, UsageCount>();
  let lost = 0;
  let flushing: Promise<void> = Promise.resolve();

  const add = (event: UsageEvent, count: number): void => {
    const key = `${event.datasetId} ${event.kind} ${event.day} ${event.distributionId}`;
    const known = waiting.get(key);
    if (known) waiting.set(key, { ...known, count: known.count + count });
    else if (waiting.size < mostWaiting) waiting.set(key, { ...event, count });
    else lost += count;
  };

  const write = async (): Promise<void> => {
    if (waiting.size === 0) return;
    const batch = waiting;
    waiting = new Map();
    try {
      await database.transaction((tx) => usageRepository(tx).add([...batch.values()]));
    } catch {
      // The database is away: what was counted waits for the next try, and requests go on.
      for (const { count, ...event } of batch.values()) add(event, count);
    }
  };

  const flush = (): Promise<void> => {
    flushing = flushing.then(write);
    return flushing;
  };
  const timer = setInterval(() => void flush(), flushEveryMs);
  timer.unref();

  return {
    record: (event) => add(event, 1),
    flush,
    get lost() {
      return lost;
    },
    async stop() {
      clearInterval(timer);
      await flush();
    },
  };
}
