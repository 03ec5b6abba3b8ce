import type { DatasetRecord, DistributionRecord } from '../../model/dataset.ts';
import { extensionOf, licencesOf, mediaTypeOfFile, toURI } from '../distribution-facts.ts';
import type { structuredData } from '../schema-org/structured-data.ts';

/** Formats whose files are tables. */
const tabular = ['CSV', 'TSV', 'XLSX', 'XLS', 'ODS', 'PARQUET'];

const croissantTerms = [
  'citeAs column equivalentProperty extract field fileObject fileProperty fileSet format includes',
  'isLiveDataset jsonPath key md5 parentField path recordSet references regex repeated replace',
  'samplingRate separator source subField transform',
].flatMap((line) => line.split(' '));

/** The context that Croissant 1.0 recommends, in Vietnamese; its tools warn of any other. */
const context = {
  '@language': 'vi',
  '@vocab': 'https://schema.org/',
  ...Object.fromEntries(croissantTerms.map((term) => [term, `cr:${term}`])),
  conformsTo: 'dct:conformsTo',
  cr: 'http://mlcommons.org/croissant/',
  data: { '@id': 'cr:data', '@type': '@json' },
  dataType: { '@id': 'cr:dataType', '@type': '@vocab' },
  dct: 'http://purl.org/dc/terms/',
  examples: { '@id': 'cr:examples', '@type': '@json' },
  rai: 'http://mlcommons.org/croissant/RAI/',
  sc: 'https://schema.org/',
};

/**
 * A tabular dataset for machine-learning tools: schema.org with its files as `cr:FileObject`. Croissant 1.0.
 *
 * A file without a checksum may change under its address; Croissant calls such a dataset live.
 *
 * @param description what schema.org says of the dataset
 * Absent: it has no file that is a table.
 */
export function toCroissant(
  record: DatasetRecord,
  description: ReturnType<typeof structuredData>,
): Readonly<Record<string, unknown>> | undefined {
  const tables = (record.distribution ?? []).filter(
    ({ format, downloadURL }) => downloadURL !== undefined && tabular.includes(format ?? ''),
  );
  if (tables.length === 0) return undefined;
  const { '@id': id, version, ...facts } = description;
  const agency = { ...(facts['publisher'] as object), '@type': 'Organization' };
  return {
    ...facts,
    '@context': context,
    '@type': 'sc:Dataset',
    '@id': id,
    conformsTo: 'http://mlcommons.org/croissant/1.0',
    // Its tools know no kinds of organizations.
    creator: agency,
    publisher: agency,
    license: licencesOf(record).map(({ url }) => url),
    datePublished: facts['datePublished'] ?? facts['dateModified'],
    // Croissant takes semantic versions only.
    version: typeof version === 'string' && /^\d+\.\d+\.\d+$/.test(version) ? version : undefined,
    isLiveDataset: tables.some(({ checksum }) => checksum?.algorithm !== 'sha256'),
    distribution: tables.map(fileObject),
  };
}

function fileObject(file: DistributionRecord): object {
  const url = file.downloadURL ?? file.accessURL;
  return {
    '@type': 'cr:FileObject',
    '@id': file.id,
    name: `${file.id}.${extensionOf(file.format)}`,
    description: file.title?.['vi'],
    contentUrl: toURI(url) ?? url,
    encodingFormat: mediaTypeOfFile(file) ?? 'application/octet-stream',
    ...(file.byteSize !== undefined && { contentSize: `${file.byteSize} B` }),
    ...(file.checksum?.algorithm === 'sha256' && { sha256: file.checksum.checksumValue }),
  };
}
