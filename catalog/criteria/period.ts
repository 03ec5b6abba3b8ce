import { CatalogError } from '../kernel/errors.ts';

export type PeriodKind = 'month' | 'quarter' | 'year';

export const periodKinds: readonly PeriodKind[] = ['month', 'quarter', 'year'];

/** A month, a quarter or a year of the calendar, in Hà Nội. */
export interface Period {
  /** `2026-11`, `2026-Q4` or `2026`. */
  readonly id: string;
  readonly kind: PeriodKind;
  readonly year: string;
  /** First and last day. */
  readonly from: string;
  readonly to: string;
}

const written = /^(20\d{2})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?$/;

/** Reads `2026-11`, `2026-Q4` or `2026`. Absent: it is none. */
export function findPeriod(id: string): Period | undefined {
  const found = written.exec(id);
  if (!found) return undefined;
  const [, year = '', quarter, month] = found;
  if (month !== undefined) return make(id, 'month', year, Number(month), 1);
  if (quarter !== undefined) return make(id, 'quarter', year, Number(quarter) * 3 - 2, 3);
  return make(id, 'year', year, 1, 12);
}

/** @throws {CatalogError} `malformed` / `period-malformed` */
export function readPeriod(id: string): Period {
  const period = findPeriod(id);
  if (period) return period;
  const shown = id.slice(0, 80);
  throw new CatalogError('malformed', 'period-malformed', {
    vi: `Kỳ phải viết như 2026-11, 2026-Q4 hoặc 2026, không phải "${shown}".`,
    en: `A period is written 2026-11, 2026-Q4 or 2026, not "${shown}".`,
  });
}

function make(id: string, kind: PeriodKind, year: string, month: number, months: number): Period {
  const day = (at: Date) => at.toISOString().slice(0, 10);
  const from = day(new Date(Date.UTC(Number(year), month - 1, 1)));
  const to = day(new Date(Date.UTC(Number(year), month - 1 + months, 0)));
  return { id, kind, year, from, to };
}

/** The period of a kind that a day lies in. */
export function periodOf(day: string, kind: PeriodKind): Period {
  const year = day.slice(0, 4);
  const month = day.slice(0, 7);
  if (kind === 'month') return readPeriod(month);
  if (kind === 'year') return readPeriod(year);
  return readPeriod(`${year}-Q${Math.ceil(Number(month.slice(5)) / 3)}`);
}

/** The period of the same kind just before. */
export function periodBefore({ from, kind }: Period): Period {
  const day = new Date(Date.parse(from) - 86_400_000).toISOString().slice(0, 10);
  return periodOf(day, kind);
}

/** A period and those before it, oldest first. */
export function periodsUpTo(last: Period, count: number): readonly Period[] {
  const periods = [last];
  while (periods.length < count) periods.unshift(periodBefore(periods[0] ?? last));
  return periods;
}

/** Every month, quarter and year that lies within the days from one to the other whole, oldest first. */
export function periodsWithin(from: string, to: string): readonly Period[] {
  const found: Period[] = [];
  for (const kind of periodKinds) {
    for (let period = periodOf(to, kind); period.from >= from; period = periodBefore(period)) {
      if (period.to <= to) found.unshift(period);
    }
  }
  return found.sort((a, b) => a.to.localeCompare(b.to) || b.from.localeCompare(a.from));
}
