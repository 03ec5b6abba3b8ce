import type { PeriodOfTime } from '../../catalog/model/dataset.ts';

/** Periods as bars over years, drawn on the server. Lengths are in the picture's own units. */
export interface TemporalView {
  readonly width: number;
  readonly height: number;
  readonly bars: readonly {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    /** The period has no beginning, or no end: it fades out there. */
    readonly open?: 'start' | 'end' | 'both';
  }[];
  readonly ticks: readonly { readonly x: number; readonly year: number }[];
  /** Where today is, when that is within the picture. */
  readonly today?: number;
}

const width = 320;
const barHeight = 14;
const axisHeight = 20;
const mostBars = 8;
const mostTicks = 6;

/** @returns absent: there is no period with a date */
export function temporalView(
  periods: readonly PeriodOfTime[],
  today: string,
): TemporalView | undefined {
  const dated = periods
    .filter(({ startDate, endDate }) => startDate !== undefined || endDate !== undefined)
    .slice(0, mostBars);
  const now = yearOf(today, 'start');
  const years = dated.flatMap(({ startDate, endDate }) => [
    yearOf(startDate, 'start') ?? (yearOf(endDate, 'end') ?? 0) - 1,
    yearOf(endDate, 'end') ?? Math.max(now ?? 0, (yearOf(startDate, 'start') ?? 0) + 1),
  ]);
  if (years.length === 0 || !years.every(Number.isFinite)) return undefined;
  const from = Math.floor(Math.min(...years));
  const to = Math.max(from + 1, Math.ceil(Math.max(...years)));
  const x = (year: number) => Math.round(((year - from) / (to - from)) * width * 10) / 10;
  return {
    width,
    height: dated.length * barHeight + axisHeight,
    bars: dated.map(({ startDate, endDate }, index) => {
      const begin = x(years[index * 2] ?? from);
      const end = x(years[index * 2 + 1] ?? to);
      const open = openEnd(startDate, endDate);
      return {
        x: begin,
        y: index * barHeight + 3,
        width: Math.max(2, Math.round((end - begin) * 10) / 10),
        ...(open && { open }),
      };
    }),
    ticks: ticksOf(from, to).map((year) => ({ x: x(year), year })),
    ...(now !== undefined && now > from && now < to && { today: x(now) }),
  };
}

function openEnd(start: string | undefined, end: string | undefined) {
  if (start === undefined && end === undefined) return 'both';
  if (start === undefined) return 'start';
  return end === undefined ? 'end' : undefined;
}

/** A date of any precision as a year with its part; what ends with a day ends where the next begins. */
function yearOf(date: string | undefined, edge: 'start' | 'end'): number | undefined {
  const found = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?/.exec(date ?? '');
  if (!found) return undefined;
  const [year = 0, month, day] = found.slice(1).map((part) => part && Number(part));
  const more = edge === 'end' ? 1 : 0;
  if (!month) return Number(year) + more;
  const moment = day
    ? Date.UTC(Number(year), Number(month) - 1, Number(day) + more)
    : Date.UTC(Number(year), Number(month) - 1 + more, 1);
  const begin = new Date(moment).getUTCFullYear();
  const span = Date.UTC(begin + 1, 0, 1) - Date.UTC(begin, 0, 1);
  return begin + (moment - Date.UTC(begin, 0, 1)) / span;
}

/** Years at even steps, few enough to be read. */
function ticksOf(from: number, to: number): readonly number[] {
  const steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];
  const step = steps.find((size) => (to - from) / size <= mostTicks) ?? 5000;
  const first = Math.ceil(from / step) * step;
  return Array.from({ length: Math.floor((to - first) / step) + 1 }, (_, at) => first + at * step);
}
