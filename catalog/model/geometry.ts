/** Longitude and latitude in degrees. */
export type Point = readonly [number, number];

const mostPoints = 2000;
const latitudeFirst = /^<https?:\/\/www\.opengis\.net\/def\/crs\/EPSG\/0\/4326>/;

/**
 * The lines, rings and points that a geometry is made of, a point being a line of one; for drawing, not for measuring.
 *
 * @param geometry WKT, with or without the IRI of a reference system before it (GeoSPARQL 1.1 §8.5.1), or GeoJSON
 * @returns none for what is neither, is not on the globe, or has more than two thousand points
 */
export function linesOf(geometry: string): readonly (readonly Point[])[] {
  const text = geometry.trim();
  const lines = text.startsWith('{') ? linesOfGeoJson(text) : linesOfWkt(text);
  const points = lines.flat();
  const isDrawn = points.length <= mostPoints && points.every(isOnGlobe);
  return isDrawn ? lines.filter((line) => line.length > 0) : [];
}

function linesOfWkt(text: string): readonly (readonly Point[])[] {
  const isSwapped = latitudeFirst.test(text);
  const groups = text.match(/\([^()]+\)/g) ?? [];
  return groups.map((group) =>
    group
      .slice(1, -1)
      .split(',')
      .map((pair) => {
        const [first = Number.NaN, second = Number.NaN] = pair.trim().split(/\s+/).map(Number);
        return isSwapped ? [second, first] : [first, second];
      }),
  );
}

function linesOfGeoJson(text: string): readonly (readonly Point[])[] {
  const lines: Point[][] = [];
  const walk = (value: unknown): void => {
    if (!Array.isArray(value)) return;
    if (isPosition(value)) lines.push([[value[0], value[1]]]);
    else if (value.length > 0 && value.every(isPosition)) {
      lines.push(value.map(([longitude, latitude]) => [longitude, latitude]));
    } else for (const part of value) walk(part);
  };
  const find = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('coordinates' in value) walk(value.coordinates);
    if ('geometry' in value) find(value.geometry);
    for (const key of ['geometries', 'features'] as const) {
      const parts = (value as Readonly<Record<string, unknown>>)[key];
      if (Array.isArray(parts)) for (const part of parts) find(part);
    }
  };
  try {
    find(JSON.parse(text));
  } catch {
    return [];
  }
  return lines;
}

function isPosition(value: unknown): value is readonly [number, number] {
  return Array.isArray(value) && typeof value[0] === 'number' && typeof value[1] === 'number';
}

function isOnGlobe([longitude, latitude]: Point): boolean {
  return Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90;
}
