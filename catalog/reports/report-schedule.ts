import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CatalogError } from '../kernel/errors.ts';
import { projectRoot } from '../kernel/project-root.ts';

export type ReportKind = 'yearly' | 'interim' | 'final';

/** A report that is owed. */
export interface ScheduledReport {
  /** `2026`, `interim-2027`, `final-2030`. */
  readonly id: string;
  readonly kind: ReportKind;
  /** The year that its figures stand for. */
  readonly year: string;
  /** The years that it tells of, the first first. */
  readonly years: readonly string[];
  /** The last day on which it is on time. */
  readonly due: string;
}

interface Schedule {
  readonly firstYear: string;
  /** Month and day: `12-15`. */
  readonly yearly: string;
  readonly once: readonly Omit<ScheduledReport, 'years'>[];
}

const { firstYear, yearly, once } = JSON.parse(
  readFileSync(join(projectRoot, 'schemas', 'report-schedule.json'), 'utf8'),
) as Schedule;

const special = once.map((report) => ({ ...report, years: yearsFrom(firstYear, report.year) }));
const lastYear = Math.max(...once.map(({ year }) => Number(year)));

/** Every report up to one year ahead of a day, by its last day. */
export function reportsUpTo(today: string): readonly ScheduledReport[] {
  const until = String(Number(today.slice(0, 4)) + 1);
  const yearlies = yearsFrom(firstYear, until).map(yearlyReport);
  return [...yearlies, ...special.filter(({ year }) => year <= until)].sort((a, b) =>
    a.due < b.due ? -1 : 1,
  );
}

/** @throws {CatalogError} `not-found` / `report-not-found` */
export function scheduledReport(id: string): ScheduledReport {
  const found = special.find((report) => report.id === id);
  if (found) return found;
  if (/^20\d{2}$/.test(id) && id >= firstYear && Number(id) <= lastYear) return yearlyReport(id);
  const shown = id.slice(0, 80);
  const known = `${firstYear}–${lastYear}, ${special.map((report) => report.id).join(', ')}`;
  throw new CatalogError('not-found', 'report-not-found', {
    vi: `Không có báo cáo "${shown}"; các báo cáo: ${known}.`,
    en: `There is no report "${shown}"; there are: ${known}.`,
  });
}

function yearlyReport(year: string): ScheduledReport {
  return { id: year, kind: 'yearly', year, years: [year], due: `${year}-${yearly}` };
}

function yearsFrom(first: string, last: string): readonly string[] {
  const count = Math.max(0, Number(last) - Number(first) + 1);
  return Array.from({ length: count }, (_, index) => String(Number(first) + index));
}
