import { actionNotFound } from '../action-errors.ts';
import { ckanIdentityRepository } from '../ckan-identity-repository.ts';
import type { PackageDict } from '../package-dict.ts';

import { countOf, requiredText } from '../read-parameters.ts';
import { runPackageSearch } from '../run-package-search.ts';
import type { Actions, CkanCatalog } from './catalog.ts';

const mostNames = 100_000;
const mostPackages = 1000;

export const packageActions: Actions = {
  package_list: {
    help: 'Names of all datasets, sorted. Parameters: limit, offset.',
    run: async (parameters, { packages }) => {
      const limit = countOf(parameters, 'limit', { otherwise: mostNames, to: mostNames });
      const offset = countOf(parameters, 'offset', { otherwise: 0, to: 2_000_000_000 });
      return packages.names(offset, limit);
    },
  },
  package_show: {
    help: 'One dataset with its resources. Parameters: id (UUID or name).',
    run: (parameters, catalog) => showPackage(requiredText(parameters, 'id'), catalog),
  },
  package_search: {
    help: 'Datasets that match. Parameters: q, fq, fq_list, sort, rows (at most 1000), start, facet, facet.field, facet.limit, facet.mincount.',
    run: runPackageSearch,
  },
  current_package_list_with_resources: {
    help: 'Datasets with their resources, the last changed first. Parameters: limit, offset (or page).',
    run: async (parameters, catalog) => {
      const limit = countOf(parameters, 'limit', { otherwise: mostPackages, to: mostPackages });
      const page = countOf(parameters, 'page', { otherwise: 1, to: 1_000_000 });
      const offset = countOf(parameters, 'offset', {
        otherwise: Math.max(0, page - 1) * limit,
        to: 2_000_000_000,
      });
      return newest(offset, limit, catalog);
    },
  },
  package_autocomplete: {
    help: 'Names and titles for what somebody types. Parameters: q, limit (10).',
    run: async (parameters, { packages }) => {
      const text = requiredText(parameters, 'q').slice(0, 200);
      const limit = countOf(parameters, 'limit', { otherwise: 10, to: 100 });
      const found = await packages.complete(text, limit);
      return found.map(({ name, title }) => {
        const isName = name.startsWith(text.toLowerCase());
        const displayed = isName ? name : title;
        return { name, title, match_field: isName ? 'name' : 'title', match_displayed: displayed };
      });
    },
  },
  recently_changed_packages_activity_list: {
    help: 'What was published or changed last. Parameters: offset, limit (31).',
    run: async (parameters, catalog) => {
      const limit = countOf(parameters, 'limit', { otherwise: 31, to: 100 });
      const offset = countOf(parameters, 'offset', { otherwise: 0, to: 2_000_000_000 });
      return (await newest(offset, limit, catalog)).map(toActivity);
    },
  },
};

async function newest(
  offset: number,
  limit: number,
  { packages, toPackages }: CkanCatalog,
): Promise<readonly PackageDict[]> {
  const query = { q: '*:*', fq: [], sort: 'metadata_modified desc' };
  const { positions } = await packages.select(query);
  return toPackages(await packages.recordsAt(positions.slice(offset, offset + limit)));
}

/** A package by its UUID, its CKAN name or our id. */
export async function showPackage(reference: string, catalog: CkanCatalog): Promise<PackageDict> {
  const repository = ckanIdentityRepository(catalog.database.read);
  const id = await repository.findDataset(reference);
  const record = id === undefined ? undefined : await catalog.packages.find(id);
  const [found] = record ? await catalog.toPackages([record]) : [];
  if (!found || id === undefined) throw actionNotFound('package', reference);
  catalog.onRead?.(id);
  return found;
}

function toActivity(dataset: PackageDict) {
  const isNew = dataset.metadata_created === dataset.metadata_modified;
  return {
    id: dataset.id,
    timestamp: dataset.metadata_modified,
    user_id: dataset.owner_org,
    object_id: dataset.id,
    activity_type: isNew ? 'new package' : 'changed package',
    data: { package: dataset },
  };
}
