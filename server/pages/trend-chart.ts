import type { TrendPoint } from '../../catalog/criteria/indicators.ts';
import type { CriterionUnit } from '../../catalog/model/criterion.ts';

/**
 * The values of periods, drawn as a line on the server. Lengths are in the picture's own units; it is stretched to its
 * place, so strokes do not scale, and a dot is a stroke without a length.
 */
export interface TrendChart {
  readonly width: number;
  readonly height: number;
  /** Lines between neighbours that both have a value. */
  readonly line: string;
  readonly dots: string;
  /** The last value, which is set apart. */
  readonly last: string;
  /** The height of the target, and of zero where there is less than that. */
  readonly target?: number;
  readonly zero?: number;
  /** What the upper and the lower edge stand for. */
  readonly top: number;
  readonly bottom: number;
}

const step = 20;
const height = 80;
const margin = 8;

/** Absent: no period has a value. */
export function trendChart(
  trend: readonly Pick<TrendPoint, 'period' | 'value'>[],
  unit: CriterionUnit,
  target: number | undefined,
): TrendChart | undefined {
  const values = trend.flatMap(({ value }) => value ?? []);
  if (values.length === 0) return undefined;
  const [bottom, top] = edges([...values, ...(target === undefined ? [] : [target])], unit);
  const y = (value: number) =>
    Math.round(
      (height - margin - ((value - bottom) / (top - bottom)) * (height - 2 * margin)) * 10,
    ) / 10;
  const points = trend.map(({ value }, index) =>
    value === undefined ? undefined : `${index * step + step / 2} ${y(value)}`,
  );
  const pieces = points.flatMap((point, index) => {
    const before = points[index - 1];
    return point && before ? [`M${before}L${point}`] : [];
  });
  const dots = points.flatMap((point) => (point ? [`M${point}h0`] : []));
  return {
    width: trend.length * step,
    height,
    line: pieces.join(''),
    dots: dots.slice(0, -1).join(''),
    last: dots.at(-1) ?? '',
    ...(target !== undefined && { target: y(target) }),
    ...(bottom < 0 && { zero: y(0) }),
    top,
    bottom,
  };
}

/** Shares and points fill a whole; changes lie around nought; numbers begin there. */
function edges(values: readonly number[], unit: CriterionUnit): readonly [number, number] {
  if (unit === 'percent' || unit === 'points') return [0, Math.max(100, ...values)];
  const most = Math.max(10, ...values.map(Math.abs));
  return unit === 'change' ? [-most, most] : [0, most];
}
