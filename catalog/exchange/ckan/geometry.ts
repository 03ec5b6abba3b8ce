import { isIri } from '../../kernel/formats.ts';
import type { LangText } from '../../kernel/lang-text.ts';
import type { Location } from '../../model/dataset.ts';
import { type Note, present, toLangText } from './clean-values.ts';
import {
  type Fields,
  isFields,
  objectsIn,
  type PackageFields,
  parseOrUndefined,
} from './package-fields.ts';

/** Where a package says its data are: places by IRI, by name, by geometry. Absent: it does not say. */
export function readSpatial(
  fields: PackageFields,
  lang: string,
  note: Note,
): readonly (string | Location)[] | undefined {
  const places: (string | Location)[] = objectsIn(fields.all('spatial_coverage'))
    .map((place) => toLocation(place, lang))
    .filter((place) => place !== undefined);
  const written = fields.text('spatial');
  const shape = fields
    .all('spatial')
    .map(toWkt)
    .find((wkt) => wkt !== undefined);
  const box = shape === undefined ? readBox(fields) : undefined;
  const id = [fields.text('spatial_uri'), written].find(
    (text) => text !== undefined && isIri(text),
  );
  const named = fields.text('spatial_text', 'spatial-text', 'spatial_coverage');
  const own = place(id, shape, box, places.length > 0 ? undefined : toLangText(named, lang));
  if (own !== undefined) places.push(own);
  else if (written !== undefined && places.length === 0) {
    const label = /^[[{]/.test(written) ? undefined : toLangText(written, lang);
    if (label) places.push({ prefLabel: label });
    else note('spatial', written, unreadable);
  }
  return places.length === 0 ? undefined : places;
}

const unreadable = {
  vi: 'không phải GeoJSON đọc được, đã bỏ.',
  en: 'is no GeoJSON that can be read and was left out.',
};

function place(
  id: string | undefined,
  geometry: string | undefined,
  bbox: string | undefined,
  prefLabel: LangText | undefined,
): string | Location | undefined {
  if (geometry === undefined && bbox === undefined && prefLabel === undefined) return id;
  return present<Location>({ id, prefLabel, geometry, bbox });
}

function toLocation(source: Fields, lang: string): string | Location | undefined {
  const { uri, text } = source;
  const location = present<Location>({
    id: typeof uri === 'string' && isIri(uri) ? uri : undefined,
    prefLabel: typeof text === 'string' ? toLangText(text, lang) : undefined,
    geometry: toWkt(source['geom']),
    bbox: toWkt(source['bbox']),
    centroid: toWkt(source['centroid']),
  });
  return Object.keys(location).length === 0 ? undefined : location;
}

/** ISO 19115 extras: the four sides, in degrees. */
function readBox(fields: PackageFields): string | undefined {
  const [west, south, east, north] = [
    'bbox-west-long',
    'bbox-south-lat',
    'bbox-east-long',
    'bbox-north-lat',
  ].map((key) => Number(fields.text(key) ?? Number.NaN));
  if (![west, south, east, north].every(Number.isFinite)) return undefined;
  return `POLYGON((${west} ${south},${east} ${south},${east} ${north},${west} ${north},${west} ${south}))`;
}

const depths: Readonly<Record<string, number>> = {
  Point: 0,
  MultiPoint: 1,
  LineString: 1,
  MultiLineString: 2,
  Polygon: 2,
  MultiPolygon: 3,
};

/** Well-known text of a GeoJSON geometry, also one in a text. Absent: it is none, or has impossible coordinates. */
export function toWkt(value: unknown): string | undefined {
  const shape =
    typeof value === 'string' && value.trimStart().startsWith('{')
      ? parseOrUndefined(value)
      : value;
  if (!isFields(shape) || typeof shape['type'] !== 'string') return undefined;
  const depth = depths[shape['type']];
  if (depth === undefined) return undefined;
  const coordinates = toCoordinates(shape['coordinates'], depth);
  if (coordinates === undefined) return undefined;
  return `${shape['type'].toUpperCase()}${depth === 0 ? `(${coordinates})` : coordinates}`;
}

function toCoordinates(value: unknown, depth: number): string | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  if (depth === 0) {
    const [x, y]: readonly unknown[] = value;
    return typeof x === 'number' && typeof y === 'number' ? `${x} ${y}` : undefined;
  }
  const parts = value.map((part: unknown) => toCoordinates(part, depth - 1));
  return parts.includes(undefined) ? undefined : `(${parts.join(',')})`;
}

/** A GeoJSON geometry of well-known text in longitude and latitude. Absent: it is written otherwise. RFC 7946 §3.1. */
export function wktToGeoJson(
  wkt: string,
): { readonly type: string; readonly coordinates: unknown } | undefined {
  const [, name = '', body = ''] = /^\s*([A-Z]+)\s*(\(.*\))\s*$/is.exec(wkt) ?? [];
  const type = Object.keys(depths).find((known) => known.toUpperCase() === name.toUpperCase());
  if (type === undefined || !/^[\s\d().,eE+-]+$/.test(body)) return undefined;
  const nested = body
    .replace(/[^(),]+/g, (point) =>
      point.trim() === '' ? '' : `[${point.trim().split(/\s+/).join(',')}]`,
    )
    .replaceAll('(', '[')
    .replaceAll(')', ']');
  const parsed = parseOrUndefined(nested);
  // A point has no list around it, as the others have.
  const coordinates: unknown = type === 'Point' && Array.isArray(parsed) ? parsed[0] : parsed;
  return toCoordinates(coordinates, depths[type] ?? 0) === undefined
    ? undefined
    : { type, coordinates };
}
