import { ckanUuid } from '../../model/ckan-identity.ts';
import type { DistributionRecord } from '../../model/dataset.ts';
import { vocabulary } from '../../model/vocabularies.ts';
import { resourceKeys as keys } from '../ckan/extra-keys.ts';
import { mediaTypeOfFile } from '../distribution-facts.ts';
import { iriOf, toCkanMoment, toFormat, toText } from './ckan-values.ts';

/** What a resource takes from its package. */
export interface ResourceContext {
  readonly baseURL: string;
  readonly packageId: string;
  /** Counts from 0. */
  readonly position: number;
  /** When the package was first published, and when it changed last: instants. */
  readonly createdAt: string;
  readonly changedAt: string;
}

/** Whether the file lies with us, and is not a link to elsewhere. */
export function isUpload({ downloadURL }: DistributionRecord, baseURL: string): boolean {
  return downloadURL?.startsWith(`${baseURL}/download/`) === true;
}

/** Whether `datastore_search` answers for a file: we hold it, and it is CSV. */
export function isTable(distribution: DistributionRecord, baseURL: string): boolean {
  const isCsv = distribution.format === 'CSV' || distribution.mediaType === 'text/csv';
  return isCsv && isUpload(distribution, baseURL);
}

/**
 * A distribution as CKAN's resource: every core key, null where nothing is known, then what ckanext-dcat adds.
 *
 * @see https://docs.ckan.org/en/2.11/api/ resource_show
 */
export function toResource(distribution: DistributionRecord, context: ResourceContext) {
  const { accessURL, downloadURL, format, byteSize, checksum, issued, modified } = distribution;
  const mediaType = mediaTypeOfFile(distribution);
  return {
    id: ckanUuid('resource', distribution.id),
    package_id: context.packageId,
    position: context.position,
    name: toText(distribution.title) || toFormat(format) || distribution.id,
    description: toText(distribution.description),
    url: downloadURL ?? accessURL,
    url_type: isUpload(distribution, context.baseURL) ? 'upload' : null,
    resource_type: resourceType(distribution, context.baseURL),
    format: toFormat(format),
    mimetype: mediaType?.includes('://') ? null : (mediaType ?? null),
    mimetype_inner: null,
    size: byteSize ?? null,
    hash: checksum?.checksumValue ?? '',
    created: toCkanMoment(issued ?? context.createdAt),
    last_modified: modified === undefined ? null : toCkanMoment(modified),
    metadata_modified: toCkanMoment(context.changedAt),
    cache_url: null,
    cache_last_updated: null,
    datastore_active: isTable(distribution, context.baseURL),
    state: 'active',
    ...dcatFields(distribution),
  };
}

export type ResourceDict = ReturnType<typeof toResource>;

function resourceType(distribution: DistributionRecord, baseURL: string): string | null {
  if (isUpload(distribution, baseURL)) return 'file.upload';
  if (distribution.downloadURL !== undefined) return 'file';
  const isService = distribution.format?.endsWith('_SRVC') || distribution.format === 'REST';
  return isService || distribution.accessService ? 'api' : null;
}

/** What ckanext-dcat keeps in a resource beyond CKAN's own fields; lists as JSON. Only what is known. */
function dcatFields(distribution: DistributionRecord): Readonly<Record<string, string>> {
  const list = (values: readonly string[] | undefined) => values && JSON.stringify(values);
  const { license, checksum, language, availability, status } = distribution;
  const fields: Readonly<Record<string, string | undefined>> = {
    access_url: distribution.accessURL,
    download_url: distribution.downloadURL,
    license: license && (vocabulary('licence').find(license)?.url ?? license),
    hash_algorithm: checksum && iriOf('checksum-algorithm', checksum.algorithm),
    issued: distribution.issued,
    modified: distribution.modified,
    [keys.rights[0]]: toText(distribution.rights?.label) || undefined,
    [keys.language[0]]: list(language?.map((code) => iriOf('language', code))),
    [keys.availability[0]]: availability && iriOf('planned-availability', availability),
    [keys.status[0]]: status && iriOf('distribution-status', status),
    [keys.conformsTo[0]]: list(distribution.conformsTo),
    [keys.page[0]]: list(distribution.page),
    [keys.compressFormat[0]]: distribution.compressFormat,
    [keys.packageFormat[0]]: distribution.packageFormat,
    [keys.applicableLegislation[0]]: list(distribution.applicableLegislation),
    [keys.temporalResolution[0]]: distribution.temporalResolution,
    [keys.spatialResolutionInMeters[0]]: distribution.spatialResolutionInMeters?.toString(),
  };
  return Object.fromEntries(
    Object.entries(fields).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}
