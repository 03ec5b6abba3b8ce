import { linesOf } from '../../catalog/model/geometry.ts';
import { vocabulary } from '../../catalog/model/vocabularies.ts';
import type { Placed } from '../../catalog/preview/table-reader.ts';
import { type LocatorView, locatorView } from './locator-view.ts';
import type { PageContext } from './page-context.ts';
import { scriptJson } from './script-json.ts';

/** Where the rows of a table lie: a picture drawn here, and the same for a script that can be moved about. */
export interface PreviewMap {
  readonly locator?: LocatorView;
  /** GeoJSON and the frame of the city, safe to stand in a script element. */
  readonly data: string;
  readonly extent: string;
}

/** A picture of this size shows no more; the script gets as much as is quick to send. */
const drawn = { places: 2000, points: 20_000 };
const mostSent = 1_500_000;
const capital = vocabulary('place').find('VNM_HAN');

export function previewMap(
  { places, total }: { readonly places: readonly Placed[]; readonly total: number },
  context: PageContext,
): PreviewMap {
  const sent = withinBytes(places.filter(({ geometry }) => linesOf(geometry).length > 0));
  const locator = locatorView(
    withinPoints(sent.slice(0, drawn.places)).map(({ geometry }) => ({ geometry })),
    context.lang,
  );
  const features = sent.map(({ number, label, geometry }) => ({
    type: 'Feature',
    geometry: JSON.parse(geometry) as unknown,
    properties: { label: context.t('preview.map.row', { number: context.number(number), label }) },
  }));
  return {
    ...(locator && { locator }),
    data: scriptJson({ city: capital?.bbox, collection: { type: 'FeatureCollection', features } }),
    extent: context.t(sent.length < total ? 'preview.map.cut' : 'preview.map.extent', {
      shown: context.number(sent.length),
      total: context.number(total),
    }),
  };
}

function withinBytes(places: readonly Placed[]): readonly Placed[] {
  let bytes = 0;
  const end = places.findIndex(({ geometry, label }) => {
    bytes += geometry.length + label.length + 100;
    return bytes > mostSent;
  });
  return end < 0 ? places : places.slice(0, end);
}

function withinPoints(places: readonly Placed[]): readonly Placed[] {
  let points = 0;
  const end = places.findIndex(({ geometry }) => {
    points += linesOf(geometry).flat().length;
    return points > drawn.points;
  });
  return end < 0 ? places : places.slice(0, end);
}
