import { randomBytes } from 'node:crypto';
import { localDate } from '../kernel/clock.ts';
import type { Database } from '../storage/database.ts';
import { usageStateRepository } from './usage-state-repository.ts';

/** How far clocks of processes may be apart, and how long a salt outlives its day. */
const graceMs = 3_600_000;

/** The salts that all processes of an installation share: one for each day, random, and destroyed after it. */
export interface DailySalts {
  of(day: string): Promise<string>;
  /** Destroys the salts of days that are over. */
  destroyOld(now: string): Promise<void>;
}

export function createDailySalts(database: Database): DailySalts {
  const known = new Map<string, string>();
  let sweptFor = '';
  let isClean = true;
  return {
    async of(day) {
      const held = known.get(day);
      if (held !== undefined) return held;
      const fresh = randomBytes(32).toString('base64url');
      const salt = await database.aside((tx) =>
        usageStateRepository(tx, database).salt(day, fresh),
      );
      known.set(day, salt);
      // It may be that of a day long past, whose events waited for the database.
      sweptFor = '';
      return salt;
    },

    async destroyOld(now) {
      const days = daysAround(now);
      const key = days.join(' ');
      if (key !== sweptFor) {
        for (const day of known.keys()) if (!days.includes(day)) known.delete(day);
        const destroyed = await database.aside((tx) =>
          usageStateRepository(tx, database).keepSalts(days),
        );
        isClean = isClean && destroyed === 0;
        sweptFor = key;
      }
      if (!isClean) isClean = await database.scrub();
    },
  };
}

/** The days that an hour before and an hour after a moment belong to. */
function daysAround(now: string): readonly string[] {
  const time = Date.parse(now);
  return [time - graceMs, time + graceMs].map((ms) => localDate(new Date(ms).toISOString()));
}
