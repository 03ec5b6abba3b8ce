import { linesOf } from '../../catalog/model/geometry.ts';
import { vocabulary } from '../../catalog/model/vocabularies.ts';
import type { Placed } from '../../catalog/preview/table-reader.ts';
import { type LocatorView, locatorView } from './locator-view.ts';
import type { PageContext } from './page-context.ts';
import { scriptJson } from './script-json.ts';

/** Where the rows of a table lie: a picture drawn here, and the same for a script that can be moved about. */
export interface PreviewMap {
  readonly locator?: LocatorView;
  /** Points, other shapes as GeoJSON, and the frame of the city, safe to stand in a script element. */
  readonly data: string;
  readonly extent: string;
}

/** A picture of this size shows no more; the script gets as much as is quick to send, and groups it. */
const drawn = { places: 2000, points: 20_000 };
const mostSent = 1_500_000;
const capital = vocabulary('place').find('VNM_HAN');

export function previewMap(
  { places, total }: { readonly places: readonly Placed[]; readonly total: number },
  context: PageContext,
): PreviewMap {
  const sent = withinBytes(places.map(located).filter(({ lines }) => lines.length > 0));
  const locator = locatorView(
    withinPoints(sent.slice(0, drawn.places)).map(({ geometry }) => ({ geometry })),
    context.lang,
  );
  return {
    ...(locator && { locator }),
    data: scriptJson({ city: capital?.bbox, ...forScript(sent), words: wordsOf(context) }),
    extent: context.t(sent.length < total ? 'preview.map.cut' : 'preview.map.extent', {
      shown: context.number(sent.length),
      total: context.number(total),
    }),
  };
}

/** A place with the lines it is made of, read once: there are many. */
interface Located extends Placed {
  readonly lines: ReturnType<typeof linesOf>;
  readonly isPoint: boolean;
}

const point = /^\{\s*"type"\s*:\s*"Point"\s*,\s*"coordinates"\s*:\s*\[([-\d.]+),\s*([-\d.]+)\]\}$/;

/** The usual point is read by one expression: of the whole page, taking JSON apart would cost most. */
function located(place: Placed): Located {
  const found = point.exec(place.geometry);
  const [longitude, latitude] = [Number(found?.[1]), Number(found?.[2])];
  return Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90
    ? { ...place, lines: [[[longitude, latitude]]], isPoint: true }
    : { ...place, lines: linesOf(place.geometry), isPoint: false };
}

/** A point is four values, not a feature: most files hold nothing but points, and twenty thousand are sent. */
function forScript(places: readonly Located[]) {
  const points: (readonly [number, number, number, string])[] = [];
  const features: unknown[] = [];
  for (const { number, label, geometry, lines, isPoint } of places) {
    const [longitude, latitude] = (isPoint && lines[0]?.[0]) || [];
    if (longitude !== undefined && latitude !== undefined) {
      points.push([rounded(longitude), rounded(latitude), number, label]);
    } else {
      const shape = JSON.parse(geometry) as unknown;
      features.push({ type: 'Feature', geometry: shape, properties: { number, label } });
    }
  }
  return { points, shapes: { type: 'FeatureCollection', features } };
}

/** A hand's breadth; more digits are nothing that a map shows. */
function rounded(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6;
}

/** What the script says; it fills in numbers and labels itself. */
function wordsOf({ t }: PageContext) {
  return {
    row: t('preview.map.row', { number: '{number}', label: '{label}' }),
    cluster: t('preview.map.cluster', { count: '{count}' }),
    more: t('preview.map.more', { count: '{count}' }),
    zoomIn: t('preview.map.zoomIn'),
    zoomOut: t('preview.map.zoomOut'),
    close: t('preview.map.close'),
  };
}

function withinBytes(places: readonly Located[]): readonly Located[] {
  let bytes = 0;
  const end = places.findIndex(({ geometry, label, isPoint }) => {
    bytes += (isPoint ? 40 : geometry.length + 100) + Buffer.byteLength(label);
    return bytes > mostSent;
  });
  return end < 0 ? places : places.slice(0, end);
}

function withinPoints(places: readonly Located[]): readonly Located[] {
  let points = 0;
  const end = places.findIndex(({ lines }) => {
    points += lines.flat().length;
    return points > drawn.points;
  });
  return end < 0 ? places : places.slice(0, end);
}
