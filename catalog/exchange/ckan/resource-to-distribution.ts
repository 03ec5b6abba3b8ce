import { isDuration, isIri } from '../../kernel/formats.ts';
import type { Checksum, DistributionRecord } from '../../model/dataset.ts';
import { vocabulary } from '../../model/vocabularies.ts';
import { findFileType, findLicence } from '../spellings.ts';
import {
  cleanText,
  type Note,
  present,
  some,
  toId,
  toIris,
  toLangText,
  toLink,
  toLinks,
  toTemporal,
} from './clean-values.ts';
import { resourceKeys as keys } from './extra-keys.ts';
import { type Fields, packageFields } from './package-fields.ts';

/** What a resource takes from its package. */
export interface ResourceSetting {
  readonly datasetId: string;
  /** Counts from 1. */
  readonly position: number;
  readonly lang: string;
  /** The package's licence, where the resource has none. */
  readonly license: string | undefined;
  readonly note: Note;
}

/** Turns a CKAN resource into a distribution. Absent: it has no address, which is noted. */
export function resourceToDistribution(
  resource: Fields,
  { datasetId, position, lang, license, note }: ResourceSetting,
): DistributionRecord | undefined {
  const fields = packageFields(resource);
  const at = `resources/${position - 1}`;
  const url = toLink(fields.text('url'), `${at}/url`, note);
  const accessURL = toLink(fields.text('access_url'), `${at}/access_url`, note) ?? url;
  if (accessURL === undefined) {
    note(at, fields.text('name', 'id', 'url') ?? '', withoutAddress);
    return undefined;
  }
  const format = readFormat(fields.text('format'), fields.text('mimetype'), url);
  const named = fields.text('license', 'license_url', 'license_id');
  return present<DistributionRecord>({
    id: toId(fields.text('id') ?? '') || `${datasetId.slice(0, 120)}-${position}`,
    title: toLangText(fields.text('name', 'title'), lang),
    description: toLangText(fields.text('description'), lang),
    accessURL,
    downloadURL:
      toLink(fields.text('download_url'), `${at}/download_url`, note) ??
      (isFile(fields.text('resource_type'), fields.text('url_type'), url) ? url : undefined),
    format,
    mediaType: readMediaType(fields.text('mimetype'), format),
    license: (named === undefined ? undefined : findLicence(named)) ?? license,
    rights: readRights(fields.text(...keys.rights), lang),
    byteSize: readSize(fields.text('size')),
    checksum: readChecksum(fields.text('hash'), fields.text('hash_algorithm')),
    issued: toTemporal(fields.text('issued', 'created'), `${at}/issued`, note),
    modified: toTemporal(fields.text('modified', 'last_modified'), `${at}/modified`, note),
    language: readCodes('language', fields.texts(...keys.language)),
    availability: readCodes('planned-availability', fields.texts(...keys.availability))?.[0],
    status: readCodes('distribution-status', fields.texts(...keys.status))?.[0],
    conformsTo: toIris(fields.texts(...keys.conformsTo), `${at}/conforms_to`, note),
    page: toLinks(fields.texts(...keys.page), `${at}/documentation`, note),
    compressFormat: readMediaType(fields.text(...keys.compressFormat), undefined),
    packageFormat: readMediaType(fields.text(...keys.packageFormat), undefined),
    applicableLegislation: toIris(
      fields.texts(...keys.applicableLegislation),
      `${at}/applicable_legislation`,
      note,
    ),
    temporalResolution: fields.texts(...keys.temporalResolution).find(isDuration),
    spatialResolutionInMeters: readMeters(fields.text(...keys.spatialResolutionInMeters)),
  });
}

const withoutAddress = {
  vi: 'không có địa chỉ dùng được, đã bỏ.',
  en: 'has no usable address and was left out.',
};

function readFormat(
  format: string | undefined,
  mimetype: string | undefined,
  url: string | undefined,
): string | undefined {
  return (
    (format === undefined ? undefined : findFileType(format)) ??
    (mimetype === undefined ? undefined : findFileType(mimetype)) ??
    findFileType(extensionOf(url) ?? '')
  );
}

function extensionOf(url: string | undefined): string | undefined {
  return url === undefined ? undefined : /\/[^/?#]+\.([A-Za-z0-9]{1,8})(?:[?#]|$)/.exec(url)?.[1];
}

/** An address is a file's own when CKAN says so, or when it ends like one. */
function isFile(
  resourceType: string | undefined,
  urlType: string | undefined,
  url: string | undefined,
): boolean {
  if (urlType === 'upload' || resourceType === 'file' || resourceType === 'file.upload')
    return true;
  const type = findFileType(extensionOf(url) ?? '');
  return type !== undefined && !type.startsWith('HTML');
}

function readMediaType(text: string | undefined, format: string | undefined): string | undefined {
  const type = text?.replace(/^https?:\/\/www\.iana\.org\/assignments\/media-types\//, '');
  if (type !== undefined && /^[a-z0-9.+-]+\/[A-Za-z0-9.+_-]+$/.test(type)) return type;
  if (type !== undefined && /^https?:/.test(type) && isIri(type)) return type;
  return vocabulary('file-type').find(format ?? '')?.mediaType;
}

function readRights(text: string | undefined, lang: string): DistributionRecord['rights'] {
  const label = toLangText(text, lang);
  return label && { label };
}

/** Bytes as a number; DKAN writes `42 octets`. */
function readSize(text: string | undefined): number | undefined {
  const digits = /^(\d+)(?:\.0+)?(?:\s*(?:octets|bytes|byte|b))?$/i.exec(text ?? '')?.[1];
  const size = Number(digits ?? Number.NaN);
  return Number.isSafeInteger(size) ? size : undefined;
}

const algorithmOfLength: Readonly<Record<number, string>> = {
  32: 'md5',
  40: 'sha1',
  56: 'sha224',
  64: 'sha256',
  96: 'sha384',
  128: 'sha512',
};

function readChecksum(
  hash: string | undefined,
  algorithm: string | undefined,
): Checksum | undefined {
  const checksumValue = hash?.replace(/^[a-z0-9-]+:/i, '').toLowerCase();
  if (checksumValue === undefined || !/^(?:[0-9a-f]{2})+$/.test(checksumValue)) return undefined;
  const algorithms = vocabulary('checksum-algorithm');
  const stated =
    algorithms.codeOf(algorithm ?? '') ??
    algorithms.find(toId(algorithm ?? '').replace(/-/g, ''))?.code;
  const meant = stated ?? algorithmOfLength[checksumValue.length];
  return meant === undefined ? undefined : { algorithm: meant, checksumValue };
}

/** Codes of a table from codes or IRIs; an IRI that the table lacks stays one. Absent: none. */
export function readCodes(name: string, texts: readonly string[]): readonly string[] | undefined {
  const table = vocabulary(name);
  return some(
    texts.flatMap(
      (text) => table.codeOf(text) ?? table.find(text)?.code ?? (isIri(text) ? text : []),
    ),
  );
}

/** A positive number of metres. */
export function readMeters(text: string | undefined): number | undefined {
  const meters = Number(cleanText(text ?? '', 20) || Number.NaN);
  return meters > 0 && Number.isFinite(meters) ? meters : undefined;
}
