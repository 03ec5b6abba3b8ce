/** How a figure changed from day to day, drawn as a line of steps on the server. Lengths are in the picture's units. */
export interface LineChart {
  readonly width: number;
  readonly height: number;
  /** For a polyline. */
  readonly points: string;
  readonly first: string;
  readonly last: string;
}

const width = 240;
const height = 60;
const dayMs = 86_400_000;

/**
 * Draws figures from the first day to `today`; a figure holds until the next one.
 *
 * @param most what the top of the picture stands for
 * @returns absent: there is nothing to compare yet
 */
export function lineChart(
  days: readonly { readonly day: string; readonly value: number }[],
  most: number,
  today: string,
): LineChart | undefined {
  const [start] = days;
  if (!start || days.length < 2) return undefined;
  const from = Date.parse(start.day);
  const last = days.at(-1)?.day ?? start.day;
  const span = Math.max(dayMs, Date.parse(today > last ? today : last) - from);
  const x = (day: string) => round(((Date.parse(day) - from) / span) * width);
  const y = (value: number) => round(height - 2 - (value / most) * (height - 4));
  const points = days.flatMap(({ day, value }, index) => {
    const before = days[index - 1];
    const at = `${x(day)},${y(value)}`;
    return before ? [`${x(day)},${y(before.value)}`, at] : [at];
  });
  const end = days.at(-1);
  if (end) points.push(`${width},${y(end.value)}`);
  return { width, height, points: points.join(' '), first: start.day, last: today };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
