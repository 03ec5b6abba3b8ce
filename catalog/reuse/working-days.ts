/** Holidays on the same date each year. Those of the lunar calendar are decided anew each year and come as a setting. */
const fixedHolidays: ReadonlySet<string> = new Set(['01-01', '04-30', '05-01', '09-02']);

const dayMs = 86_400_000;

/**
 * The date so many working days after another, which is not counted itself.
 *
 * @param holidays further days off, `2027-02-05`
 * @see Labour Code 2019, article 112, for the holidays
 */
export function addWorkingDays(date: string, days: number, holidays: readonly string[]): string {
  let at = Date.parse(`${date}T00:00:00Z`);
  for (let left = days; left > 0; ) {
    at += dayMs;
    if (isWorkingDay(new Date(at), holidays)) left -= 1;
  }
  return new Date(at).toISOString().slice(0, 10);
}

function isWorkingDay(day: Date, holidays: readonly string[]): boolean {
  const date = day.toISOString().slice(0, 10);
  const isWeekend = day.getUTCDay() === 0 || day.getUTCDay() === 6;
  return !isWeekend && !fixedHolidays.has(date.slice(5)) && !holidays.includes(date);
}
