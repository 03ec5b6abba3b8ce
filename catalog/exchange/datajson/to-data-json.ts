import { pickLanguage } from '../../kernel/lang-text.ts';
import type { AgencyRecord } from '../../model/agency.ts';
import type { ContactPoint, DatasetRecord, DistributionRecord } from '../../model/dataset.ts';
import { vocabulary } from '../../model/vocabularies.ts';
import {
  formatLabel,
  keywordsOf,
  languageTagsOf,
  licencesOf,
  mediaTypeOfFile,
  placeName,
  toURI,
} from '../distribution-facts.ts';

export interface DataJsonContext {
  readonly baseURL: string;
  readonly agencies: ReadonlyMap<string, AgencyRecord>;
}

const longestDescription = 10_000;
const longestRights = 255;
const themes = vocabulary('data-theme');
const frequencies = vocabulary('frequency');
const isMailto = /^mailto:[\w~!$&'()*+,;=:.-]+@[\w.-]+\.[\w.-]+$/;
const isMediaType = /^[-\w]+\/[-\w]+(\.[-\w]+)*([+][-\w]+)?$/;

/**
 * One dataset in DCAT-US 1.1, in Vietnamese. The identifier is the dataset's id, which no other has.
 *
 * `bureauCode` and `programCode` are the federal government's; a city has none and says none.
 */
export function toDataJson(
  record: DatasetRecord,
  changedAt: string,
  context: DataJsonContext,
): object {
  const title = text(record.title) ?? record.id;
  const { temporal, spatial, conformsTo, page, inSeries } = record;
  return {
    '@type': 'dcat:Dataset',
    identifier: record.id,
    title,
    description: (text(record.description) ?? title).slice(0, longestDescription),
    keyword: keywords(record, title),
    issued: record.issued,
    modified: record.modified ?? record.issued ?? changedAt,
    publisher: organization(record.publisher, context),
    contactPoint: contact(record, context),
    accessLevel: accessLevel(record.accessRights),
    rights: rights(record),
    license: firstURI(licencesOf(record).map(({ url }) => url)),
    language: someOf(languageTagsOf(record.language)),
    theme: someOf((record.theme ?? []).map((code) => themes.labelOf(code, 'vi'))),
    spatial: someOf((spatial ?? []).flatMap((place) => placeName(place) ?? []))?.join('; '),
    temporal: someOf(
      (temporal ?? []).flatMap(({ startDate, endDate }) =>
        startDate !== undefined && endDate !== undefined ? `${startDate}/${endDate}` : [],
      ),
    )?.[0],
    accrualPeriodicity: repeating(record.accrualPeriodicity),
    conformsTo: firstURI(conformsTo),
    references: someOf((page ?? []).flatMap((address) => toURI(address) ?? [])),
    isPartOf: inSeries?.[0],
    landingPage: firstURI(record.landingPage) ?? `${context.baseURL}/dataset/${record.id}`,
    distribution: someOf((record.distribution ?? []).map(distribution)),
  };
}

/** ISO 8601 as the schema wants it. Project Open Data writes what is continuous as every second. */
function repeating(code: string | undefined): string | undefined {
  if (code === 'IRREG') return 'irregular';
  if (code === 'CONT' || code === 'UPDATE_CONT') return 'R/PT1S';
  const period = frequencies.find(code ?? '')?.period;
  return period === undefined ? undefined : `R/${period}`;
}

function accessLevel(code: string | undefined): string {
  if (code === 'NON_PUBLIC' || code === 'CONFIDENTIAL') return 'non-public';
  return code === undefined || code === 'PUBLIC' ? 'public' : 'restricted public';
}

function rights(record: DatasetRecord): string | undefined {
  const said = (record.distribution ?? []).flatMap((file) => text(file.rights?.label) ?? []);
  return said[0]?.slice(0, longestRights);
}

function keywords(record: DatasetRecord, title: string): readonly string[] {
  const labels = (record.theme ?? []).map((code) => themes.labelOf(code, 'vi'));
  return someOf(keywordsOf(record)) ?? someOf(labels) ?? [title];
}

function organization(id: string, context: DataJsonContext): object {
  const agency = context.agencies.get(id);
  const parent = agency?.parent;
  return {
    '@type': 'org:Organization',
    name: text(agency?.name) ?? id,
    ...(typeof parent === 'string' &&
      context.agencies.has(parent) && {
        subOrganizationOf: {
          '@type': 'org:Organization',
          name: text(context.agencies.get(parent)?.name) ?? parent,
        },
      }),
  };
}

/** The schema demands an address; where nobody has given one, it takes a note in double brackets. */
function contact(record: DatasetRecord, context: DataJsonContext): object {
  const agency = context.agencies.get(record.publisher);
  const points: readonly ContactPoint[] = [record.contactPoint ?? []].flat();
  const addresses = [...points.map(({ hasEmail }) => hasEmail), agency?.mbox].flatMap((address) =>
    address === undefined ? [] : `mailto:${address.replace(/^mailto:/, '')}`,
  );
  return {
    '@type': 'vcard:Contact',
    fn: points[0]?.fn || (text(agency?.name) ?? record.publisher),
    hasEmail: addresses.find((address) => isMailto.test(address)) ?? '[[REDACTED-NONE GIVEN]]',
  };
}

function distribution(file: DistributionRecord): object {
  const downloadURL = file.downloadURL === undefined ? undefined : toURI(file.downloadURL);
  const mediaType = mediaTypeOfFile(file);
  const usable = mediaType !== undefined && isMediaType.test(mediaType) ? mediaType : undefined;
  return {
    '@type': 'dcat:Distribution',
    title: text(file.title),
    description: text(file.description)?.slice(0, longestDescription),
    accessURL: toURI(file.accessURL),
    downloadURL,
    mediaType: usable ?? (downloadURL === undefined ? undefined : 'application/octet-stream'),
    format: formatLabel(file.format),
    conformsTo: firstURI(file.conformsTo),
  };
}

/** The Vietnamese text, else what there is. Absent: none, or an empty one. */
function text(by: Readonly<Record<string, string>> | undefined): string | undefined {
  return pickLanguage(by, 'vi').text || undefined;
}

/** Each once. Absent: there is none. */
function someOf<Item>(items: readonly Item[]): readonly Item[] | undefined {
  return items.length === 0 ? undefined : [...new Set(items)];
}

function firstURI(iris: readonly string[] | undefined): string | undefined {
  for (const iri of iris ?? []) {
    const uri = toURI(iri);
    if (uri !== undefined) return uri;
  }
  return undefined;
}
