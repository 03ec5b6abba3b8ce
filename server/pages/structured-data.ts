import type { DatasetRecord, PeriodOfTime } from '../../catalog/model/dataset.ts';
import { vocabulary } from '../../catalog/model/vocabularies.ts';
import type { FileView } from './file-view.ts';
import type { PageContext } from './page-context.ts';
import { scriptJson } from './script-json.ts';

export interface StructuredDataInput {
  readonly record: DatasetRecord;
  readonly publisher: string;
  readonly modified: string;
  readonly files: readonly FileView[];
}

/**
 * Says to search engines what the page says to people, ready to stand in a script element.
 *
 * @see https://developers.google.com/search/docs/appearance/structured-data/dataset
 */
export function datasetStructuredData(input: StructuredDataInput, context: PageContext): string {
  const { record } = input;
  const iri = `${context.baseURL}/dataset/${record.id}`;
  return scriptJson({
    '@context': 'https://schema.org/',
    '@type': 'Dataset',
    '@id': iri,
    url: context.baseURL + context.url(`/dataset/${record.id}`),
    name: context.show(record.title).text,
    description: context.show(record.description ?? record.title).text.slice(0, 5000),
    identifier: record.identifier ?? iri,
    keywords: record.keyword?.[context.lang] ?? Object.values(record.keyword ?? {}).flat(),
    ...(record.issued !== undefined && { datePublished: record.issued }),
    dateModified: input.modified,
    isAccessibleForFree: true,
    inLanguage: (record.language ?? []).map((code) => bcp47(code)),
    license: licensesOf(record),
    publisher: {
      '@type': 'GovernmentOrganization',
      '@id': `${context.baseURL}/agency/${record.publisher}`,
      name: input.publisher,
    },
    includedInDataCatalog: {
      '@type': 'DataCatalog',
      '@id': `${context.baseURL}/catalog`,
      name: context.t('site.name'),
    },
    temporalCoverage: (record.temporal ?? []).map(interval),
    spatialCoverage: placesOf(record, context),
    distribution: input.files.map((file) => ({
      '@type': 'DataDownload',
      name: file.title.text,
      contentUrl: context.baseURL + file.href,
      ...(file.format !== undefined && { encodingFormat: file.format }),
    })),
  });
}

const bcp47 = (code: string): string => vocabulary('language').find(code)?.bcp47 ?? code;

function licensesOf(record: DatasetRecord): readonly string[] {
  const codes = new Set((record.distribution ?? []).flatMap(({ license }) => license ?? []));
  return [...codes].map((code) => vocabulary('licence').find(code)?.url ?? code);
}

/** An ISO 8601 interval; `..` stands for an end that is open. */
function interval({ startDate, endDate }: PeriodOfTime): string {
  return `${startDate ?? '..'}/${endDate ?? '..'}`;
}

function placesOf(record: DatasetRecord, context: PageContext) {
  return (record.spatial ?? []).flatMap((place) => {
    if (typeof place !== 'string') {
      const name = context.show(place.prefLabel).text;
      return name === '' ? [] : [{ '@type': 'Place', name }];
    }
    const code = vocabulary('place').codeOf(place);
    const name = code === undefined ? place : vocabulary('place').labelOf(code, context.lang);
    return [{ '@type': 'Place', name, ...(code !== undefined && { sameAs: place }) }];
  });
}
