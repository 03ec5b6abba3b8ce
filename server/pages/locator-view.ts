import type { Location } from '../../catalog/model/dataset.ts';
import { linesOf, type Point } from '../../catalog/model/geometry.ts';
import { type Concept, vocabulary } from '../../catalog/model/vocabularies.ts';

/** Where a dataset is about, drawn on the server over a grid of degrees. Lengths are in the picture's own units. */
export interface LocatorView {
  readonly width: number;
  readonly height: number;
  /** Lines of equal longitude and latitude, each with its degrees. */
  readonly meridians: readonly { readonly x: number; readonly label: string }[];
  readonly parallels: readonly { readonly y: number; readonly label: string }[];
  /** The frame of the city, to see a smaller place in it. */
  readonly city?: Box & { readonly label: string };
  /** Attribute `d` of a path. */
  readonly paths: readonly string[];
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

type Bounds = readonly [west: number, south: number, east: number, north: number];

const width = 320;
const mostHeight = 260;
const leastHeight = 160;
/** A label nearer to the edge would be cut. */
const labelRoom = 16;
const leastDegrees = 0.02;
const capital = vocabulary('place').find('VNM_HAN');

/** @returns absent: no place has coordinates */
export function locatorView(
  places: readonly (string | Location)[],
  lang: string,
): LocatorView | undefined {
  const lines = places.flatMap(linesOfPlace);
  if (lines.length === 0) return undefined;
  const own = boundsOf(lines.flat());
  const city = capital?.bbox;
  const near = city && isWithin(own, city) ? boundsOf([...lines.flat(), ...corners(city)]) : own;
  const project = projection(withMargin(near), lang);
  const box = city && project.boxOf(city);
  return {
    width,
    height: project.height,
    ...project.grid,
    ...(box && isWithin(own, city) && { city: { ...box, label: labelOf(capital, lang) } }),
    paths: lines.flatMap((line) => (line.length > 1 ? [project.pathOf(line)] : [])),
    points: lines.flatMap((line) =>
      line.length === 1 ? line.map((point) => project.pointOf(point)) : [],
    ),
  };
}

function labelOf(place: Concept | undefined, lang: string): string {
  return place ? vocabulary('place').labelOf(place.code, lang) : '';
}

function linesOfPlace(place: string | Location): readonly (readonly Point[])[] {
  if (typeof place === 'string') {
    const code = vocabulary('place').codeOf(place) ?? place;
    const bbox = vocabulary('place').find(code)?.bbox;
    return bbox ? [ringOf(bbox)] : [];
  }
  const { geometry, bbox, centroid } = place;
  const shape =
    typeof geometry === 'string' ? geometry : (geometry?.asWKT ?? geometry?.asGeoJSON ?? '');
  const drawn = [shape, bbox ?? ''].map(linesOf).find((lines) => lines.length > 0);
  return drawn ?? linesOf(centroid ?? '');
}

function corners([west, south, east, north]: Bounds): readonly Point[] {
  return [
    [west, south],
    [east, north],
  ];
}

function ringOf([west, south, east, north]: Bounds): readonly Point[] {
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
}

function boundsOf(points: readonly Point[]): Bounds {
  const longitudes = points.map(([longitude]) => longitude);
  const latitudes = points.map(([, latitude]) => latitude);
  return [
    Math.min(...longitudes),
    Math.min(...latitudes),
    Math.max(...longitudes),
    Math.max(...latitudes),
  ];
}

function isWithin(inner: Bounds, outer: Bounds): boolean {
  return (
    inner[0] >= outer[0] && inner[1] >= outer[1] && inner[2] <= outer[2] && inner[3] <= outer[3]
  );
}

function withMargin([west, south, east, north]: Bounds): Bounds {
  const wide = Math.max(east - west, leastDegrees) * 0.18;
  const tall = Math.max(north - south, leastDegrees) * 0.18;
  return [west - wide, south - tall, east + wide, north + tall];
}

/** Plate carrée about the middle parallel: near enough for a picture of this size. */
function projection([west, south, east, north]: Bounds, lang: string) {
  const stretch = Math.cos((((south + north) / 2) * Math.PI) / 180) || 1;
  const ratio = (north - south) / ((east - west) * stretch);
  const height = Math.round(Math.min(mostHeight, Math.max(leastHeight, width * ratio)));
  const scale = Math.min(width / ((east - west) * stretch), height / (north - south));
  const middle = [(west + east) / 2, (south + north) / 2] as const;
  const x = (longitude: number) => round(width / 2 + (longitude - middle[0]) * stretch * scale);
  const y = (latitude: number) => round(height / 2 - (latitude - middle[1]) * scale);
  const edges = {
    wide: width / 2 / (stretch * scale),
    tall: height / 2 / scale,
  };
  const step = stepFor(2 * edges.wide);
  return {
    height,
    grid: {
      meridians: evenly(middle[0] - edges.wide, middle[0] + edges.wide, step)
        .map((degrees) => ({ x: x(degrees), label: inDegrees(degrees, lang) }))
        .filter((meridian) => meridian.x < width - 2 * labelRoom),
      parallels: evenly(middle[1] - edges.tall, middle[1] + edges.tall, step)
        .map((degrees) => ({ y: y(degrees), label: inDegrees(degrees, lang) }))
        .filter((parallel) => parallel.y > labelRoom && parallel.y < height - labelRoom),
    },
    pointOf: ([longitude, latitude]: Point) => ({ x: x(longitude), y: y(latitude) }),
    pathOf: (line: readonly Point[]) =>
      `M${line.map(([longitude, latitude]) => `${x(longitude)} ${y(latitude)}`).join('L')}`,
    boxOf: ([left, bottom, right, top]: Bounds): Box => ({
      x: x(left),
      y: y(top),
      width: round(x(right) - x(left)),
      height: round(y(bottom) - y(top)),
    }),
  };
}

function inDegrees(degrees: number, lang: string): string {
  return `${lang === 'vi' ? String(degrees).replace('.', ',') : degrees}°`;
}

function stepFor(degrees: number): number {
  const steps = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 45];
  return steps.find((step) => degrees / step <= 5) ?? 90;
}

function evenly(from: number, to: number, step: number): readonly number[] {
  const first = Math.ceil(from / step);
  const count = Math.max(0, Math.floor(to / step) - first + 1);
  return Array.from({ length: count }, (_, at) => Number(((first + at) * step).toFixed(3)));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
