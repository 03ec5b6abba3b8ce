import type { Agency } from '../../../inventory/agency-repository.ts';
import { fold } from '../../../kernel/fold.ts';
import { type Concept, vocabulary } from '../../../model/vocabularies.ts';
import { actionNotFound, invalidParameter } from '../action-errors.ts';
import {
  findGroup,
  isOrganization,
  toGroup,
  toGroupDict,
  toOrganization,
  toOrganizationDict,
} from '../group-dict.ts';
import type { PackageDict } from '../package-dict.ts';
import {
  countOf,
  flagOf,
  listOf,
  type Parameters,
  requiredText,
  textOf,
} from '../read-parameters.ts';
import type { Actions, CkanCatalog } from './catalog.ts';

/*
 * CKAN has two kinds of groups: organisations, which are our agencies, and groups of datasets, which are our themes.
 */

/** What the two kinds have in common in a list. */
interface Listed {
  readonly name: string;
  readonly title: string;
  readonly package_count: number;
}

const mostListed = 1000;
const mostPackages = 1000;

export const groupActions: Actions = {
  organization_list: {
    help: 'Names of the organizations, or with all_fields the organizations. Parameters: all_fields, limit, offset, sort, organizations.',
    run: async (parameters, catalog) => {
      const counts = await countsOf('publisher', catalog);
      const agencies = await catalog.agencies();
      const all = agencies.map((agency) =>
        toOrganizationDict(agency, counts.get(agency.record.id) ?? 0),
      );
      return listed(all, 'organizations', parameters);
    },
  },
  organization_show: {
    help: 'One organization. Parameters: id (UUID or name), include_datasets.',
    run: async (parameters, catalog) => {
      const agency = await findAgency(requiredText(parameters, 'id'), catalog);
      const counts = await countsOf('publisher', catalog);
      const shown = toOrganizationDict(agency, counts.get(agency.record.id) ?? 0);
      if (!flagOf(parameters, 'include_datasets')) return shown;
      return {
        ...shown,
        packages: await packagesOf('organization', shown.name, mostPackages, catalog),
      };
    },
  },
  organization_autocomplete: {
    help: 'Organizations for what somebody types. Parameters: q, limit (20).',
    run: async (parameters, catalog) => {
      const all = (await catalog.agencies()).map((agency) => toOrganization(agency));
      return completed(all, parameters);
    },
  },
  group_list: {
    help: 'Names of the groups (themes), or with all_fields the groups. Parameters: all_fields, limit, offset, sort, groups.',
    run: async (parameters, catalog) => {
      const counts = await countsOf('theme', catalog);
      const all = themes().map((theme) => toGroupDict(theme, counts.get(theme.code) ?? 0));
      return listed(all, 'groups', parameters);
    },
  },
  group_show: {
    help: 'One group (theme). Parameters: id (UUID or name), include_datasets.',
    run: async (parameters, catalog) => {
      const theme = findTheme(requiredText(parameters, 'id'));
      const counts = await countsOf('theme', catalog);
      const shown = toGroupDict(theme, counts.get(theme.code) ?? 0);
      if (!flagOf(parameters, 'include_datasets')) return shown;
      return { ...shown, packages: await packagesOf('groups', shown.name, mostPackages, catalog) };
    },
  },
  group_package_show: {
    help: 'Datasets of a group (theme). Parameters: id (UUID or name), limit.',
    run: async (parameters, catalog) => {
      const { name } = toGroupDict(findTheme(requiredText(parameters, 'id')), 0);
      const limit = countOf(parameters, 'limit', { otherwise: mostPackages, to: mostPackages });
      return packagesOf('groups', name, limit, catalog);
    },
  },
  group_autocomplete: {
    help: 'Groups for what somebody types. Parameters: q, limit (20).',
    run: async (parameters) =>
      completed(
        themes().flatMap(({ code }) => toGroup(code) ?? []),
        parameters,
      ),
  },
};

function themes(): readonly Concept[] {
  return [...vocabulary('data-theme').concepts].sort((a, b) => (a.code < b.code ? -1 : 1));
}

function findTheme(reference: string): Concept {
  const theme = findGroup(reference);
  if (theme) return theme;
  throw actionNotFound('group', reference);
}

async function findAgency(reference: string, catalog: CkanCatalog): Promise<Agency> {
  const agencies = await catalog.agencies();
  const agency = agencies.find((known) => isOrganization(known, reference));
  if (agency) return agency;
  throw actionNotFound('organization', reference);
}

/** How many datasets each agency, or each theme, has. */
async function countsOf(
  facet: 'publisher' | 'theme',
  { packages }: CkanCatalog,
): Promise<ReadonlyMap<string, number>> {
  const everything = await packages.select({ q: '*:*', fq: [], sort: 'name asc' });
  const counts = (await everything.facets()).get(facet) ?? [];
  return new Map(counts.map(({ value, count }) => [value, count]));
}

async function packagesOf(
  field: 'organization' | 'groups',
  name: string,
  limit: number,
  { packages, toPackages }: CkanCatalog,
): Promise<readonly PackageDict[]> {
  const query = { q: '*:*', fq: [`${field}:"${name}"`], sort: 'name asc' };
  const { positions } = await packages.select(query);
  return toPackages(await packages.recordsAt(positions.slice(0, limit)));
}

function listed<Item extends Listed>(
  all: readonly Item[],
  filter: string,
  parameters: Parameters,
): readonly (Item | string)[] {
  const wanted = new Set(listOf(parameters, filter));
  const limit = countOf(parameters, 'limit', { otherwise: mostListed, to: mostListed });
  const offset = countOf(parameters, 'offset', { otherwise: 0, to: mostListed * 1000 });
  const chosen = all
    .filter(({ name }) => wanted.size === 0 || wanted.has(name))
    .sort(byOrder(textOf(parameters, 'sort') ?? textOf(parameters, 'order_by') ?? 'title asc'))
    .slice(offset, offset + limit);
  return flagOf(parameters, 'all_fields') ? chosen : chosen.map(({ name }) => name);
}

/** `name`, `title`, `package_count` or its old name `packages`, with a direction or without. */
function byOrder(sort: string): (a: Listed, b: Listed) => number {
  const [, field = '', direction] =
    /^\s*(name|title|package_count|packages)(?:\s+(asc|desc))?\s*$/.exec(sort) ?? [];
  if (field === '') {
    throw invalidParameter('sort', {
      vi: `Không sắp xếp được theo "${sort.slice(0, 80)}"; dùng name, title hoặc package_count, kèm asc hoặc desc`,
      en: `Cannot sort by "${sort.slice(0, 80)}"; use name, title or package_count with asc or desc`,
    });
  }
  const sign = direction === 'desc' ? -1 : 1;
  if (field === 'name') return (a, b) => sign * (a.name < b.name ? -1 : 1);
  if (field === 'title') return (a, b) => sign * vietnamese.compare(a.title, b.title);
  return (a, b) => sign * (a.package_count - b.package_count) || (a.name < b.name ? -1 : 1);
}

const vietnamese = new Intl.Collator('vi');

function completed(
  all: readonly { readonly id: string; readonly name: string; readonly title: string }[],
  parameters: Parameters,
) {
  const text = fold(requiredText(parameters, 'q'));
  const limit = countOf(parameters, 'limit', { otherwise: 20, to: 100 });
  return all
    .filter(({ name, title }) => name.startsWith(text) || fold(title).includes(text))
    .slice(0, limit)
    .map(({ id, name, title }) => ({ id, name, title }));
}
