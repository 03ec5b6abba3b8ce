import type { DatasetState } from './dataset.ts';
import { vocabulary } from './vocabularies.ts';

/** The last day of what is due: `2026-Q3` is due on 2026-09-30, a date on itself. */
export function dueDate(due: string): string {
  const quarter = /^(\d{4})-Q([1-4])$/.exec(due);
  if (!quarter) return due;
  const ends = ['03-31', '06-30', '09-30', '12-31'];
  return `${quarter[1]}-${ends[Number(quarter[2]) - 1]}`;
}

/** The quarter a due time falls in: `2026-09-30` is in `2026-Q3`. */
export function quarterOf(due: string): string {
  if (due.includes('Q')) return due;
  return `${due.slice(0, 4)}-Q${Math.ceil(Number(due.slice(5, 7)) / 3)}`;
}

/** `2026-Q3` as the decisions write it: Quý III/2026. A date stays a date. */
export function quarterInWords(due: string): string {
  const quarter = /^(\d{4})-Q([1-4])$/.exec(due);
  if (!quarter) return due;
  return `Quý ${['I', 'II', 'III', 'IV'][Number(quarter[2]) - 1]}/${quarter[1]}`;
}

/** What has become of a release commitment. */
export type CommitmentStatus =
  | 'planned'
  | 'in-preparation'
  | 'released-on-time'
  | 'released-late'
  | 'overdue'
  | 'dropped';

export interface CommitmentFacts {
  readonly due: string;
  readonly state: DatasetState;
  /** The local date of the first publication. */
  readonly releasedOn?: string | undefined;
  /** Whether it was taken out of the plan. */
  readonly isDropped: boolean;
}

/**
 * Tells what a commitment is on a day.
 *
 * A release counts on its first publication, whatever happened to the dataset after. A commitment is overdue from the
 * day after it was due.
 *
 * @param today a local calendar date, `2026-11-23`
 */
export function commitmentStatus(facts: CommitmentFacts, today: string): CommitmentStatus {
  const due = dueDate(facts.due);
  if (facts.releasedOn !== undefined) {
    return facts.releasedOn <= due ? 'released-on-time' : 'released-late';
  }
  if (facts.isDropped || facts.state === 'withdrawn') return 'dropped';
  if (today > due) return 'overdue';
  return facts.state === 'planned' ? 'planned' : 'in-preparation';
}

/**
 * When a dataset is next due for an update: its last modification plus the period of its frequency.
 *
 * Shape: `modified` as written, at any precision; the answer is a date. A year or month counts from its last day, so
 * that nobody is called late for writing less. Absent: never modified, or a frequency without a period.
 */
export function nextUpdateDue(
  modified: string | undefined,
  accrualPeriodicity: string | undefined,
): string | undefined {
  const period = vocabulary('frequency').find(accrualPeriodicity ?? '')?.period;
  if (modified === undefined || period === undefined) return undefined;
  return addPeriod(lastDay(modified), period);
}

/** About how many days lie between two updates, at least one. Absent: the frequency has no period. */
export function daysBetweenUpdates(accrualPeriodicity: string | undefined): number | undefined {
  const period = vocabulary('frequency').find(accrualPeriodicity ?? '')?.period;
  if (period === undefined) return undefined;
  return daysFrom('2026-01-01', addPeriod('2026-01-01', period));
}

/** How many days a date comes after another; negative when it comes before. */
export function daysFrom(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/** The date so many days after another. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
}

function lastDay(lexical: string): string {
  if (lexical.length === 4) return `${lexical}-12-31`;
  if (lexical.length > 7) return lexical.slice(0, 10);
  const [year, month] = lexical.split('-').map(Number);
  return new Date(Date.UTC(year ?? 0, month ?? 1, 0)).toISOString().slice(0, 10);
}

/** Adds an ISO 8601 duration to a date. A period shorter than a day makes it due the next day; months keep to their end. */
function addPeriod(date: string, period: string): string {
  const found = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T.*)?$/.exec(period);
  if (!found) throw new Error(`frequency table has a period that is no duration: ${period}`);
  const [years, months, weeks, days] = found.slice(1).map((part) => Number(part ?? 0));
  const start = new Date(`${date}T00:00:00Z`);
  const monthsOn = (years ?? 0) * 12 + (months ?? 0);
  const daysOn = (weeks ?? 0) * 7 + (days ?? 0) || (monthsOn === 0 ? 1 : 0);
  const lastOfMonth = new Date(
    Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + monthsOn + 1, 0),
  );
  const day = Math.min(start.getUTCDate(), lastOfMonth.getUTCDate());
  const at = Date.UTC(lastOfMonth.getUTCFullYear(), lastOfMonth.getUTCMonth(), day + daysOn);
  return new Date(at).toISOString().slice(0, 10);
}
