import { setImmediate } from 'node:timers/promises';
import type { Message } from '../../../kernel/lang-text.ts';
import { actionNotFound, invalidParameter } from '../action-errors.ts';
import { ckanIdentityRepository } from '../ckan-identity-repository.ts';
import { type PackageDict, toResources } from '../package-dict.ts';
import { countOf, listOf, type Parameters, requiredText, textOf } from '../read-parameters.ts';
import type { Actions, CkanCatalog } from './catalog.ts';

type ResourceDict = PackageDict['resources'][number];

const mostFound = 1000;
const batch = 500;

export const resourceActions: Actions = {
  resource_show: {
    help: 'One resource. Parameters: id (UUID).',
    run: (parameters, catalog) => showResource(requiredText(parameters, 'id'), catalog),
  },
  resource_search: {
    help: 'Resources whose fields hold a text. Parameters: query ("format:csv", several must all hold), order_by, offset, limit.',
    run: searchResources,
  },
  resource_view_list: {
    help: 'Views of a resource; there are none.',
    run: async (parameters, catalog) => {
      await showResource(requiredText(parameters, 'id'), catalog);
      return [];
    },
  },
};

async function showResource(reference: string, catalog: CkanCatalog): Promise<ResourceDict> {
  const found = await ckanIdentityRepository(catalog.database.read).findResource(reference);
  const record = found && (await catalog.packages.find(found.datasetId));
  const [dataset] = record ? await catalog.toPackages([record]) : [];
  const at = record?.record.distribution?.findIndex(({ id }) => id === found?.distributionId) ?? -1;
  const resource = dataset?.resources[at];
  if (!resource || !record) throw actionNotFound('resource', reference);
  catalog.onRead?.(record.record.id);
  return resource;
}

const searchable = [
  'id',
  'package_id',
  'name',
  'description',
  'url',
  'format',
  'mimetype',
  'hash',
  'resource_type',
  'url_type',
] as const satisfies readonly (keyof ResourceDict)[];
type Searchable = (typeof searchable)[number];

interface Term {
  readonly field: Searchable;
  readonly value: string;
}

/** CKAN compares without capitals, anywhere in the field; a hash from its beginning. */
async function searchResources(parameters: Parameters, catalog: CkanCatalog) {
  const terms = readTerms(parameters);
  const offset = countOf(parameters, 'offset', { otherwise: 0, to: 2_000_000_000 });
  const limit = countOf(parameters, 'limit', { otherwise: mostFound, to: mostFound });
  const order = readOrder(parameters);
  const { packages } = catalog;
  const { positions } = await packages.select({ q: '*:*', fq: [], sort: 'name asc' });
  const found: ResourceDict[] = [];
  let count = 0;
  for (let at = 0; at < positions.length; at += batch) {
    for (const record of await packages.recordsAt(positions.slice(at, at + batch))) {
      for (const resource of toResources(record, catalog.baseURL)) {
        if (!terms.every((term) => holds(resource, term))) continue;
        count += 1;
        if (order !== undefined || (count > offset && found.length < limit)) found.push(resource);
      }
    }
    // Others are served between two batches.
    await setImmediate();
  }
  if (order === undefined) return { count, results: found };
  const sorted = found.sort((a, b) => (textIn(a, order) < textIn(b, order) ? -1 : 1));
  return { count, results: sorted.slice(offset, offset + limit) };
}

function readTerms(parameters: Parameters): readonly Term[] {
  requiredText(parameters, 'query');
  return listOf(parameters, 'query').map((text) => {
    const colon = text.indexOf(':');
    if (colon < 1) throw invalidParameter('query', notPairs);
    return { field: fieldOf('query', text.slice(0, colon)), value: text.slice(colon + 1) };
  });
}

function readOrder(parameters: Parameters): Searchable | undefined {
  const name = textOf(parameters, 'order_by');
  return name === undefined ? undefined : fieldOf('order_by', name);
}

function fieldOf(parameter: string, name: string): Searchable {
  const field = searchable.find((known) => known === name.trim());
  if (field) return field;
  throw invalidParameter(parameter, {
    vi: `Không có trường "${name.slice(0, 80)}"; có: ${searchable.join(', ')}`,
    en: `Field "${name.slice(0, 80)}" not recognised; there are: ${searchable.join(', ')}`,
  });
}

function holds(resource: ResourceDict, { field, value }: Term): boolean {
  const text = textIn(resource, field);
  const wanted = value.toLowerCase();
  return field === 'hash' ? text.startsWith(wanted) : text.includes(wanted);
}

function textIn(resource: ResourceDict, field: Searchable): string {
  return (resource[field] ?? '').toLowerCase();
}

const notPairs: Message = {
  vi: 'Phải là (các) cặp trường:giá-trị',
  en: 'Must be <field>:<value> pair(s)',
};
