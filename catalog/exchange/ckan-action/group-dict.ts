import type { Agency } from '../../inventory/agency-repository.ts';
import { isUuid } from '../../kernel/uuid.ts';
import { ckanName, ckanUuid } from '../../model/ckan-identity.ts';
import { type Concept, vocabulary } from '../../model/vocabularies.ts';
import { toCkanMoment, toText } from './ckan-values.ts';

const themes = vocabulary('data-theme').concepts;

/** An agency as packages carry their organisation. */
export function toOrganization({ record, changedAt }: Agency) {
  return {
    id: ckanUuid('organization', record.id),
    name: ckanName('organization', record.id),
    title: toText(record.name),
    type: 'organization',
    description: '',
    image_url: '',
    created: toCkanMoment(changedAt),
    is_organization: true,
    approval_status: 'approved',
    state: 'active',
  } as const;
}

/** An agency as `organization_list` and `organization_show` have it. */
export function toOrganizationDict(agency: Agency, packageCount: number) {
  const organization = toOrganization(agency);
  return {
    ...organization,
    display_name: organization.title,
    image_display_url: '',
    package_count: packageCount,
    num_followers: 0,
    extras: organizationExtras(agency),
    users: [],
    groups: [],
    tags: [],
  };
}

function organizationExtras({ record }: Agency) {
  const { homepage, mbox } = record;
  return Object.entries({ homepage, email: mbox?.replace(/^mailto:/i, '') }).flatMap(
    ([key, value]) => (value === undefined ? [] : [{ key, value, state: 'active' }]),
  );
}

/** Whether a client that says `reference` means this agency: by its id, CKAN name or UUID. */
export function isOrganization({ record: { id } }: Agency, reference: string): boolean {
  return (
    id === reference ||
    ckanName('organization', id) === reference ||
    (isUuid(reference) && ckanUuid('organization', id) === reference.toLowerCase())
  );
}

function groupName({ code }: Concept): string {
  return code.toLowerCase();
}

/** A theme as packages carry their groups. A theme that is not in the table is no group. */
export function toGroup(code: string) {
  const theme = themes.find((concept) => concept.code === code);
  return theme && groupOf(theme);
}

function groupOf(theme: Concept) {
  return {
    id: ckanUuid('group', theme.code),
    name: groupName(theme),
    title: theme.label.vi,
    display_name: theme.label.vi,
    description: theme.label.en,
    image_display_url: '',
  };
}

/** A theme as `group_list` and `group_show` have it. */
export function toGroupDict(theme: Concept, packageCount: number) {
  return {
    ...groupOf(theme),
    type: 'group',
    image_url: '',
    created: '2022-07-15T00:00:00.000000',
    is_organization: false,
    approval_status: 'approved',
    state: 'active',
    package_count: packageCount,
    num_followers: 0,
    extras: [{ key: 'uri', value: theme.iri, state: 'active' }],
    users: [],
    groups: [],
    tags: [],
  };
}

/** The theme that a client means by a group's name or UUID, or by our code. */
export function findGroup(reference: string): Concept | undefined {
  const wanted = reference.toLowerCase();
  return themes.find(
    (theme) => groupName(theme) === wanted || ckanUuid('group', theme.code) === wanted,
  );
}

/** A keyword as CKAN's tag. */
export function toTag(name: string) {
  return {
    id: ckanUuid('tag', name),
    name,
    display_name: name,
    state: 'active',
    vocabulary_id: null,
  } as const;
}
