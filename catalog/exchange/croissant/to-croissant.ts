import type { DatasetRecord, DistributionRecord } from '../../model/dataset.ts';
import { extensionOf, licencesOf, mediaTypeOfFile, toURI } from '../distribution-facts.ts';
import type { structuredData } from '../schema-org/structured-data.ts';

/** Formats whose files are tables. */
const tabular = ['CSV', 'TSV', 'XLSX', 'XLS', 'ODS', 'PARQUET'];

// The context that Croissant 1.0 recommends (appendix 1), without the terms of record sets, which we have none of.
const context = {
  '@language': 'vi',
  '@vocab': 'https://schema.org/',
  citeAs: 'cr:citeAs',
  conformsTo: 'dct:conformsTo',
  cr: 'http://mlcommons.org/croissant/',
  dct: 'http://purl.org/dc/terms/',
  isLiveDataset: 'cr:isLiveDataset',
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
  return {
    ...facts,
    '@context': context,
    '@type': 'sc:Dataset',
    '@id': id,
    conformsTo: 'http://mlcommons.org/croissant/1.0',
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
