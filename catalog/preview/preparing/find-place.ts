import { fold } from '../../kernel/fold.ts';
import type { ColumnFacts, PlaceColumns } from '../preview-facts.ts';

interface Axis {
  readonly names: RegExp;
  /** x and y may be anything; they are degrees only if they lie in Việt Nam. */
  readonly bareNames: RegExp;
  readonly globe: readonly [number, number];
  readonly country: readonly [number, number];
}

const latitude: Axis = {
  names: /^(vi ?do|lat|latitude|toa do vi do)$/,
  bareNames: /^(y|toa do y|toado ?y)$/,
  globe: [-90, 90],
  country: [7, 24],
};
const longitude: Axis = {
  names: /^(kinh ?do|lon|lng|long|longitude|toa do kinh do)$/,
  bareNames: /^(x|toa do x|toado ?x)$/,
  globe: [-180, 180],
  country: [102, 118],
};

/** Finds the columns that say where the rows lie: shapes, or degrees by their name and by what they hold. */
export function findPlace(columns: readonly ColumnFacts[]): PlaceColumns | undefined {
  const geometry = columns.findIndex(({ type }) => type === 'geometry');
  if (geometry >= 0) return { geometry };
  const north = columns.findIndex((column) => isAxis(column, latitude));
  const east = columns.findIndex((column) => isAxis(column, longitude));
  return north >= 0 && east >= 0 ? { latitude: north, longitude: east } : undefined;
}

function isAxis({ name, type, min, max }: ColumnFacts, axis: Axis): boolean {
  if (type !== 'decimal' && type !== 'integer') return false;
  const called = fold(name.replace(/[_()°\-.]+/g, ' '));
  const [low, high] = axis.names.test(called)
    ? axis.globe
    : axis.bareNames.test(called)
      ? axis.country
      : [1, 0];
  return Number(min) >= low && Number(max) <= high;
}
