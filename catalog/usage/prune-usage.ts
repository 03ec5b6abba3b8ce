import { setImmediate as pause } from 'node:timers/promises';
import { type Clock, localDate } from '../kernel/clock.ts';
import type { Database } from '../storage/database.ts';
import { settingRepository } from '../storage/setting-repository.ts';
import { eventRepository } from './event-repository.ts';
import { closedUntil } from './rebuild-usage.ts';
import { rollupRepository } from './rollup-repository.ts';
import { sketchRepository } from './sketch-repository.ts';
import { usageStateRepository } from './usage-state-repository.ts';

/** How many whole months before the present one are kept. */
export interface Retention {
  /** Each use as an event. */
  readonly eventMonths: number;
  /** Figures of days; those of months are kept for ever. */
  readonly dayMonths: number;
}

export interface Pruned {
  /** Months before this one have no events any more. */
  readonly eventsFrom: string;
  /** Months before this one have no figures of days any more. */
  readonly daysFrom: string;
  readonly days: number;
}

/** Removes what is older than it is kept. No figure of a month changes by it. Repeated, it does nothing. */
export async function pruneUsage(
  { database, clock }: { readonly database: Database; readonly clock: Clock },
  { eventMonths, dayMonths }: Retention,
): Promise<Pruned> {
  const today = localDate(clock());
  const eventsFrom = monthBefore(today, eventMonths);
  const daysFrom = monthBefore(today, Math.max(dayMonths, eventMonths));
  const days = await pruneEvents(database, eventsFrom);
  await database.transaction(async (tx) => {
    const state = usageStateRepository(tx, database);
    await state.lock();
    await state.forgetRobots(`${eventsFrom}-01`);
    await state.forgetWriters(dayBefore(dayBefore(today)));
    await sketchRepository(tx, database).foldDays(`${daysFrom}-01`);
    await rollupRepository(tx, database).forgetDays(`${daysFrom}-01`);
  });
  return { eventsFrom, daysFrom, days };
}

/** Removes the events of months before one, a day at a time where they do not lie apart. Gives how many days there were. */
async function pruneEvents(database: Database, from: string): Promise<number> {
  const first = `${from}-01`;
  const old = await database.transaction(async (tx) => {
    await usageStateRepository(tx, database).lock();
    const settings = settingRepository(tx);
    const closed = (await settings.find(closedUntil)) ?? '';
    // From now on nobody counts these days anew from what is left of them.
    if (closed < dayBefore(first)) await settings.save(closedUntil, dayBefore(first));
    return (await eventRepository(tx, database).days('')).filter((day) => day < first);
  });
  for (const month of new Set(old.map((day) => day.slice(0, 7)))) {
    await database.transaction((tx) => eventRepository(tx, database).dropMonth(month));
  }
  for (const day of old) {
    await database.transaction((tx) => eventRepository(tx, database).removeDay(day));
    await pause();
  }
  return old.length;
}

/** The month so many months before that of a day: three before 2026-11-26 is 2026-08. */
function monthBefore(day: string, months: number): string {
  const date = new Date(`${day.slice(0, 7)}-01T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() - months);
  return date.toISOString().slice(0, 7);
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}
