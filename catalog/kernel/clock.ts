/** An RFC 3339 moment in UTC with milliseconds. It sorts as text, in both databases. */
export type Instant = string & { readonly instant: unique symbol };

/** Tells the time. The domain never asks the machine itself, so that tests can. */
export type Clock = () => Instant;

export const systemClock: Clock = () => new Date().toISOString() as Instant;

/** When a calendar date began in Hà Nội. */
export function startOfDay(date: string): Instant {
  return new Date(`${date}T00:00:00+07:00`).toISOString() as Instant;
}

/** The calendar date of an instant in Hà Nội, which has been UTC+7 without summer time since 1975. */
export function localDate(instant: string): string {
  return new Date(Date.parse(instant) + 7 * 3_600_000).toISOString().slice(0, 10);
}

/** So many milliseconds after an instant, or before it when they are negative. */
export function later(instant: string, ms: number): Instant {
  return new Date(Date.parse(instant) + ms).toISOString() as Instant;
}
