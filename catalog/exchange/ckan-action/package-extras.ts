import type { Agency } from '../../inventory/agency-repository.ts';
import {
  type ContactPoint,
  type DatasetRecord,
  outlineOf,
  type PeriodOfTime,
} from '../../model/dataset.ts';
import { datasetKeys as keys } from '../ckan/extra-keys.ts';
import { wktToGeoJson } from '../ckan/geometry.ts';
import { placeName } from '../distribution-facts.ts';
import { iriOf, toMail, toText } from './ckan-values.ts';

export interface Extra {
  readonly key: string;
  readonly value: string;
}

type Facts = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * What a record says and CKAN has no field for, as ckanext-dcat keeps it: IRIs of the tables, dates as written, lists
 * as JSON in a text. Only what is known, by key.
 *
 * @see https://docs.ckan.org/projects/ckanext-dcat/en/latest/mapping/
 */
export function packageExtras(
  record: DatasetRecord,
  publisher: Agency | undefined,
  baseURL: string,
): readonly Extra[] {
  const facts: Facts = {
    uri: record.iri ?? `${baseURL}/dataset/${record.id}`,
    ...ownFacts(record),
    ...publisherFacts(publisher, baseURL),
    ...contactFacts(record.contactPoint),
    ...temporalFacts(record.temporal),
    ...spatialFacts(record.spatial),
    ...translations(record),
  };
  return Object.entries(facts)
    .flatMap(([key, value]) => {
      if (value === undefined || value === '' || value.length === 0) return [];
      return { key, value: typeof value === 'string' ? value : JSON.stringify(value) };
    })
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

function ownFacts(record: DatasetRecord): Facts {
  const iris = (table: string, codes: readonly string[] | undefined) =>
    codes?.map((code) => iriOf(table, code));
  const iri = (table: string, code: string | undefined) => code && iriOf(table, code);
  return {
    [keys.identifier[0]]: record.identifier ?? record.id,
    [keys.issued[0]]: record.issued,
    [keys.modified[0]]: record.modified,
    [keys.language[0]]: iris('language', record.language),
    [keys.theme[0]]: iris('data-theme', record.theme),
    [keys.type[0]]: iris('dataset-type', record.type),
    [keys.accessRights[0]]: iri('access-right', record.accessRights),
    [keys.accrualPeriodicity[0]]: iri('frequency', record.accrualPeriodicity),
    [keys.temporalResolution[0]]: record.temporalResolution,
    [keys.spatialResolutionInMeters[0]]: record.spatialResolutionInMeters?.toString(),
    [keys.page[0]]: record.page,
    [keys.conformsTo[0]]: record.conformsTo,
    [keys.provenance[0]]: toText(record.provenance?.label),
    [keys.versionNotes[0]]: toText(record.versionNotes),
    [keys.source[0]]: record.source,
    [keys.relation[0]]: record.relation,
    [keys.isReferencedBy[0]]: record.isReferencedBy,
    [keys.hasVersion[0]]: record.hasVersion,
    [keys.applicableLegislation[0]]: record.applicableLegislation,
    [keys.hvdCategory[0]]: iris('hvd-category', record.hvdCategory),
  };
}

function publisherFacts(publisher: Agency | undefined, baseURL: string): Facts {
  if (!publisher) return {};
  const { record } = publisher;
  return {
    publisher_uri: record.iri ?? `${baseURL}/agency/${record.id}`,
    publisher_name: toText(record.name),
    publisher_email: toMail(record.mbox) ?? undefined,
    publisher_url: record.homepage,
    publisher_type: record.publisherType && iriOf('publisher-type', record.publisherType),
  };
}

function contactFacts(contacts: DatasetRecord['contactPoint']): Facts {
  const list: readonly ContactPoint[] = contacts === undefined ? [] : [contacts].flat();
  const [first] = list;
  if (!first) return {};
  const named = list.map(({ fn, hasEmail }) => ({ name: fn, email: toMail(hasEmail) ?? '' }));
  return {
    contact_uri: first.id,
    contact_name: first.fn,
    contact_email: toMail(first.hasEmail) ?? undefined,
    contact: list.length > 1 ? JSON.stringify(named) : undefined,
  };
}

function temporalFacts(periods: readonly PeriodOfTime[] | undefined): Facts {
  const [first, ...others] = periods ?? [];
  const listed = others.map(({ startDate, endDate }) => ({ start: startDate, end: endDate }));
  return {
    temporal_start: first?.startDate,
    temporal_end: first?.endDate,
    temporal_coverage: listed.length > 0 ? JSON.stringify(listed) : undefined,
  };
}

/** The first place by IRI, the first by name, the first outline as GeoJSON. */
function spatialFacts(places: DatasetRecord['spatial']): Facts {
  const iris = (places ?? []).flatMap((place) =>
    typeof place === 'string' ? place : (place.id ?? []),
  );
  const outline = (places ?? [])
    .flatMap((place) =>
      typeof place === 'string' ? [] : [outlineOf(place), place.bbox, place.centroid],
    )
    .flatMap((wkt) => (wkt === undefined ? [] : (wktToGeoJson(wkt) ?? [])))[0];
  const name = (places ?? [])
    .flatMap((place) => placeName(place) ?? [])
    .find((text) => !text.includes('://') && !/^[A-Z]+ ?\(/.test(text));
  return {
    spatial_uri: iris[0],
    spatial_text: name,
    spatial: outline && JSON.stringify(outline),
  };
}

/** All languages, where a text has several: as ckanext-fluent writes them. */
function translations({ title, description, keyword }: DatasetRecord): Facts {
  const texts = {
    title_translated: title,
    notes_translated: description,
    tags_translated: keyword,
  };
  return Object.fromEntries(
    Object.entries(texts).flatMap(([key, value]) =>
      value !== undefined && Object.keys(value).length > 1 ? [[key, JSON.stringify(value)]] : [],
    ),
  );
}
