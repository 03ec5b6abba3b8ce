import type { Agency } from '../../inventory/agency-repository.ts';
import type { DatasetRecord } from '../../model/dataset.ts';
import { toCkanMoment, toMail, toText } from './ckan-values.ts';
import { toGroup, toOrganization, toTag } from './group-dict.ts';
import { licenseFields } from './license-dict.ts';
import { packageExtras } from './package-extras.ts';
import { type ResourceDict, toResource } from './resource-dict.ts';

/** A published dataset with what CKAN's clients call it. */
export interface NamedRecord {
  readonly record: DatasetRecord;
  readonly uuid: string;
  readonly name: string;
  /** When it was first published, and when what is public of it changed last: instants. */
  readonly createdAt: string;
  readonly changedAt: string;
}

export interface PackageContext {
  readonly baseURL: string;
  readonly agencies: ReadonlyMap<string, Agency>;
}

/** The keywords of every language, each once: what search by `tags` looks at. */
function tagsOf({ keyword }: DatasetRecord): readonly string[] {
  return [...new Set(Object.values(keyword ?? {}).flat())].sort();
}

/**
 * A published record as CKAN's package, in Vietnamese: every core key, null where nothing is known.
 *
 * @see https://docs.ckan.org/en/2.11/api/ package_show
 */
export function toPackage(named: NamedRecord, context: PackageContext) {
  const { record, uuid, name, createdAt, changedAt } = named;
  const agency = context.agencies.get(record.publisher);
  const organization = agency ? toOrganization(agency) : null;
  const contact = [record.contactPoint ?? []].flat()[0];
  const { distribution = [] } = record;
  const tags = tagsOf(record).map(toTag);
  return {
    id: uuid,
    name,
    title: toText(record.title),
    notes: toText(record.description),
    type: 'dataset',
    state: 'active',
    private: false,
    ...licenseFields(distribution.find(({ license }) => license !== undefined)?.license),
    author: organization?.title ?? null,
    author_email: toMail(agency?.record.mbox),
    maintainer: contact?.fn ?? null,
    maintainer_email: toMail(contact?.hasEmail),
    owner_org: organization?.id ?? null,
    organization,
    groups: (record.theme ?? []).flatMap((code) => toGroup(code) ?? []),
    tags,
    num_tags: tags.length,
    extras: packageExtras(record, agency, context.baseURL),
    resources: toResources(named, context.baseURL),
    num_resources: distribution.length,
    metadata_created: toCkanMoment(createdAt),
    metadata_modified: toCkanMoment(changedAt),
    creator_user_id: null,
    url: record.landingPage?.[0] ?? null,
    version: record.version ?? null,
    relationships_as_subject: [],
    relationships_as_object: [],
  };
}

/** The distributions of a record as CKAN's resources, in its order. */
export function toResources(
  { record, uuid, createdAt, changedAt }: NamedRecord,
  baseURL: string,
): readonly ResourceDict[] {
  return (record.distribution ?? []).map((file, position) =>
    toResource(file, { baseURL, packageId: uuid, position, createdAt, changedAt }),
  );
}

export type PackageDict = ReturnType<typeof toPackage>;
