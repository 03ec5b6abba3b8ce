import { pickLanguage } from '../../kernel/lang-text.ts';
import type { AgencyRecord } from '../../model/agency.ts';
import type { ContactPoint, DatasetRecord, DistributionRecord } from '../../model/dataset.ts';
import {
  beginOf,
  extensionOf,
  keywordsOf,
  licencesOf,
  mediaTypeOfFile,
  toURI,
} from '../distribution-facts.ts';

/**
 * A dataset as a Frictionless Data Package, in Vietnamese. Data Package v1.
 *
 * Absent: it has no files, and a package without resources is none.
 *
 * @see https://specs.frictionlessdata.io/data-package/
 */
export function toDataPackage(
  record: DatasetRecord,
  agency: AgencyRecord | undefined,
  context: { readonly baseURL: string; readonly changedAt: string },
): object | undefined {
  const distributions = record.distribution ?? [];
  if (distributions.length === 0) return undefined;
  const iri = `${context.baseURL}/dataset/${record.id}`;
  const keywords = keywordsOf(record);
  const licenses = licencesOf(record).map(({ spdx, url, label }) => ({
    ...(spdx !== undefined && { name: spdx }),
    path: url,
    title: label,
  }));
  return {
    profile: 'data-package',
    name: record.id,
    id: iri,
    title: pickLanguage(record.title, 'vi').text,
    description: pickLanguage(record.description, 'vi').text || undefined,
    homepage: iri,
    version: record.version,
    created: beginOf(record.issued ?? context.changedAt),
    keywords: keywords.length > 0 ? keywords : undefined,
    licenses: licenses.length > 0 ? licenses : undefined,
    sources: sources(record),
    contributors: contributors(record, agency, context.baseURL),
    resources: distributions.map(resource),
  };
}

function sources(record: DatasetRecord): readonly object[] | undefined {
  const found = (record.source ?? []).flatMap((iri) => {
    const path = toURI(iri);
    return path === undefined ? [] : { title: iri, path };
  });
  return found.length > 0 ? found : undefined;
}

function contributors(
  record: DatasetRecord,
  agency: AgencyRecord | undefined,
  baseURL: string,
): readonly object[] {
  const points: readonly ContactPoint[] = [record.contactPoint ?? []].flat();
  return [
    {
      title: pickLanguage(agency?.name, 'vi').text || record.publisher,
      path: `${baseURL}/agency/${record.publisher}`,
      role: 'publisher',
    },
    ...points.map(({ fn, hasEmail }) => ({ title: fn, email: hasEmail, role: 'contributor' })),
  ];
}

function resource(file: DistributionRecord): object {
  const path = file.downloadURL ?? file.accessURL;
  const { checksum } = file;
  return {
    profile: 'data-resource',
    name: file.id,
    path: toURI(path) ?? path,
    title: pickLanguage(file.title, 'vi').text || undefined,
    description: pickLanguage(file.description, 'vi').text || undefined,
    format: extensionOf(file.format),
    mediatype: mediaTypeOfFile(file),
    bytes: file.byteSize,
    // Without the name of an algorithm the hash is read as MD5.
    hash: checksum && `${checksum.algorithm}:${checksum.checksumValue}`,
  };
}
