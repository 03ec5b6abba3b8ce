/** Downloads of the last twelve months, drawn as columns on the server. Lengths are in the picture's own units. */
export interface Sparkline {
  readonly width: number;
  readonly height: number;
  /** The greatest count of a month. */
  readonly most: number;
  readonly first: string;
  readonly last: string;
  readonly columns: readonly {
    readonly period: string;
    readonly count: number;
    readonly x: number;
    readonly y: number;
    readonly height: number;
  }[];
}

const months = 12;
const step = 20;
const height = 60;

/** Makes the columns of the twelve months up to today, months without a download included. */
export function sparkline(
  byMonth: readonly { readonly period: string; readonly count: number }[],
  today: string,
): Sparkline {
  const counts = new Map(byMonth.map(({ period, count }) => [period, count]));
  const [year = 0, month = 1] = today.split('-').map(Number);
  const periods = Array.from({ length: months }, (_, index) =>
    new Date(Date.UTC(year, month - months + index, 1)).toISOString().slice(0, 7),
  );
  const most = Math.max(1, ...periods.map((period) => counts.get(period) ?? 0));
  return {
    width: months * step,
    height,
    most,
    first: periods[0] ?? '',
    last: periods.at(-1) ?? '',
    columns: periods.map((period, index) => {
      const count = counts.get(period) ?? 0;
      const tall = count === 0 ? 1 : Math.max(3, Math.round((count / most) * height));
      return { period, count, x: index * step, y: height - tall, height: tall };
    }),
  };
}
