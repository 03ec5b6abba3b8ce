import { UnreadableFile } from '../preview-facts.ts';

/** Turns JSON values into rows; columns are added as they are met. */
export interface JsonTable {
  /** Gives false for what is no JSON. */
  rowOf(json: string): string[] | false;
  readonly names: readonly string[];
  /** The column with the shapes of GeoJSON. -1: there is none. */
  geometryColumn(): number;
}

/** How exact a coordinate is kept: 5 decimals are a metre. */
const exactness = 100_000;

export function createJsonTable(): JsonTable {
  const names: string[] = [];
  const columns = new Map<string, number>();
  let geometry = -1;

  function put(row: string[], name: string, value: unknown): void {
    let column = columns.get(name);
    if (column === undefined) {
      column = names.length;
      columns.set(name, column);
      names.push(name);
    }
    while (row.length <= column) row.push('');
    row[column] = textOf(value);
  }

  return {
    names,
    geometryColumn: () => geometry,
    rowOf(json) {
      const value = parse(json);
      if (value === undefined) return false;
      const row: string[] = [];
      if (isFeature(value)) {
        for (const [name, each] of Object.entries(value.properties ?? {})) put(row, name, each);
        put(row, 'geometry', value.geometry ? rounded(value.geometry) : null);
        geometry = columns.get('geometry') ?? -1;
      } else if (isObject(value)) {
        for (const [name, each] of Object.entries(value)) put(row, name, each);
      } else if (Array.isArray(value)) {
        for (const [index, each] of value.entries()) put(row, String(index + 1), each);
      } else {
        put(row, 'value', value);
      }
      return row;
    },
  };
}

interface Feature {
  readonly properties?: object | null;
  readonly geometry?: object | null;
}

function isFeature(value: unknown): value is Feature {
  return isObject(value) && value['type'] === 'Feature' && 'geometry' in value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Absent: it is no JSON. */
function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function rounded(value: object): unknown {
  const round = (each: unknown): unknown => {
    if (typeof each === 'number') return Math.round(each * exactness) / exactness;
    if (Array.isArray(each)) return each.map(round);
    if (!isObject(each)) return each;
    return Object.fromEntries(Object.entries(each).map(([name, inner]) => [name, round(inner)]));
  };
  return round(value);
}

/** Rows of one JSON value after another; what cannot be read is counted, and all too much of it is an error. */
export function readJsonRows(
  values: readonly string[],
  table: JsonTable,
  broken: { count: number },
): string[][] {
  const rows: string[][] = [];
  for (const value of values) {
    const row = table.rowOf(value);
    if (row === false) broken.count += 1;
    else rows.push(row);
  }
  if (broken.count > 20 && rows.length === 0) throw new UnreadableFile('broken');
  return rows;
}
