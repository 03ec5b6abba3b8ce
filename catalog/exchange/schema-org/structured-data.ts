import { pickLanguage } from '../../kernel/lang-text.ts';
import type { AgencyRecord } from '../../model/agency.ts';
import type { DatasetRecord, DistributionRecord, PeriodOfTime } from '../../model/dataset.ts';
import {
  formatLabel,
  keywordsOf,
  languageTagsOf,
  licencesOf,
  mediaTypeOfFile,
  placeName,
  toURI,
} from '../distribution-facts.ts';

export interface StructuredDataContext {
  readonly baseURL: string;
  /** Of the page that it stands in. */
  readonly lang: 'vi' | 'en';
  readonly catalogTitle: string;
  readonly changedAt: string;
  /** Where a file is had, when that is not the record's own address: our download counts. */
  readonly contentURL?: ((file: DistributionRecord) => string | undefined) | undefined;
}

// Google takes descriptions of 50 to 5,000 characters.
const shortestDescription = 50;
const longestDescription = 5000;

/**
 * A dataset as schema.org says it, for search engines. It is an object: whoever puts it into a page must write it so
 * that no `</script>` in a title ends the element.
 *
 * @see https://developers.google.com/search/docs/appearance/structured-data/dataset
 */
export function structuredData(
  record: DatasetRecord,
  agency: AgencyRecord | undefined,
  context: StructuredDataContext,
): Readonly<Record<string, unknown>> {
  const { baseURL, lang } = context;
  const iri = `${baseURL}/dataset/${record.id}`;
  const show = (text: DatasetRecord['title'] | undefined) => pickLanguage(text, lang).text;
  const licences = licencesOf(record).map(({ url }) => url);
  const publisher = {
    '@type': 'GovernmentOrganization',
    '@id': `${baseURL}/agency/${record.publisher}`,
    name: show(agency?.name) || record.publisher,
    ...(agency?.homepage !== undefined && { url: agency.homepage }),
  };
  return {
    '@context': 'https://schema.org/',
    '@type': 'Dataset',
    '@id': iri,
    url: lang === 'en' ? `${baseURL}/en/dataset/${record.id}` : iri,
    name: show(record.title),
    description: longEnough([
      show(record.description),
      show(record.title),
      publisher.name,
      context.catalogTitle,
    ]),
    identifier: record.identifier ?? record.id,
    keywords: some(keywordsOf(record, lang)),
    license: single(licences),
    creator: publisher,
    publisher,
    datePublished: record.issued,
    dateModified: record.modified ?? context.changedAt,
    inLanguage: some(languageTagsOf(record.language)),
    isAccessibleForFree: true,
    version: record.version,
    spatialCoverage: some(
      (record.spatial ?? []).flatMap((place) => {
        const name = placeName(place, lang);
        return name === undefined ? [] : { '@type': 'Place', name };
      }),
    ),
    temporalCoverage: single((record.temporal ?? []).flatMap((period) => interval(period))),
    includedInDataCatalog: {
      '@type': 'DataCatalog',
      '@id': `${baseURL}/catalog`,
      url: `${baseURL}/`,
      name: context.catalogTitle,
    },
    distribution: some((record.distribution ?? []).map((file) => download(file, context))),
  };
}

/** The first text, and as many of the others as it takes for a description. */
function longEnough(texts: readonly string[]): string {
  let description = '';
  for (const text of texts) {
    if (description.length >= shortestDescription) break;
    description = [description, text].filter((part) => part !== '').join(' – ');
  }
  return description.slice(0, longestDescription);
}

function download(file: DistributionRecord, { lang, contentURL }: StructuredDataContext): object {
  const own = file.downloadURL ?? file.accessURL;
  return {
    '@type': 'DataDownload',
    name: pickLanguage(file.title, lang).text || undefined,
    contentUrl: contentURL?.(file) ?? toURI(own) ?? own,
    encodingFormat: mediaTypeOfFile(file) ?? formatLabel(file.format),
    ...(file.byteSize !== undefined && { contentSize: `${file.byteSize} B` }),
    ...(file.checksum?.algorithm === 'sha256' && { sha256: file.checksum.checksumValue }),
  };
}

/** An ISO 8601 interval; `..` stands for an end that is open. */
function interval({ startDate, endDate }: PeriodOfTime): readonly string[] {
  if (startDate === undefined && endDate === undefined) return [];
  return [`${startDate ?? '..'}/${endDate ?? '..'}`];
}

function some<Item>(items: readonly Item[]): readonly Item[] | undefined {
  return items.length === 0 ? undefined : items;
}

function single(items: readonly string[]): string | readonly string[] | undefined {
  return items.length === 1 ? items[0] : some(items);
}
