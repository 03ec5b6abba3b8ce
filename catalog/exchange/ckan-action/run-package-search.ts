import { ckanUuid } from '../../model/ckan-identity.ts';
import { vocabulary } from '../../model/vocabularies.ts';
import { searchError } from './action-errors.ts';
import type { CkanCatalog } from './actions/catalog.ts';
import { toFormat } from './ckan-values.ts';
import { toGroup, toOrganization } from './group-dict.ts';
import { licenseFields } from './license-dict.ts';
import type { FacetCount, Selection } from './package-search.ts';
import { defaultSort } from './package-search.ts';
import { countOf, flagOf, listOf, type Parameters, textOf } from './read-parameters.ts';
import { facetOf, isSearchField } from './search-fields.ts';

interface FacetItem {
  readonly name: string;
  readonly display_name: string;
  readonly count: number;
}

interface FacetSetting {
  readonly limit: number;
  readonly mincount: number;
}

const mostRows = 1000;
const furthest = 2_000_000_000;

/**
 * `package_search`: a page of what matches, the true count, and counts by field. Past the end the page is empty.
 *
 * @see https://docs.ckan.org/en/2.11/api/#ckan.logic.action.get.package_search
 */
export async function runPackageSearch(parameters: Parameters, catalog: CkanCatalog) {
  const query = readQuery(parameters);
  const rows = countOf(parameters, 'rows', { otherwise: 10, to: mostRows });
  const start = countOf(parameters, 'start', { otherwise: 0, to: furthest });
  const selection = await catalog.packages.select(query);
  const records = await catalog.packages.recordsAt(selection.positions.slice(start, start + rows));
  const facets = await countFacets(parameters, selection, catalog);
  return {
    count: selection.positions.length,
    facets: Object.fromEntries(
      Object.entries(facets).map(([field, { items }]) => [
        field,
        Object.fromEntries(items.map(({ name, count }) => [name, count])),
      ]),
    ),
    results: await catalog.toPackages(records),
    sort: query.sort,
    search_facets: facets,
  };
}

function readQuery(parameters: Parameters) {
  const sort = textOf(parameters, 'sort');
  return {
    q: (textOf(parameters, 'q') ?? '*:*').slice(0, 100_000),
    fq: [...listOf(parameters, 'fq'), ...listOf(parameters, 'fq_list')],
    sort: sort === undefined || sort === 'none' ? defaultSort : sort,
  };
}

async function countFacets(
  parameters: Parameters,
  selection: Selection,
  catalog: CkanCatalog,
): Promise<Readonly<Record<string, { title: string; items: readonly FacetItem[] }>>> {
  if (!flagOf(parameters, 'facet', true)) return {};
  const setting = {
    limit: facetLimit(parameters),
    mincount: countOf(parameters, 'facet.mincount', { otherwise: 1, to: furthest }),
  };
  const counted: Record<string, { title: string; items: readonly FacetItem[] }> = {};
  for (const field of new Set(listOf(parameters, 'facet.field').slice(0, 50))) {
    if (!isSearchField(field)) throw unknownFacet(field);
    counted[field] = { title: field, items: await itemsOf(field, selection, setting, catalog) };
  }
  return counted;
}

/** Below zero there is no limit. */
function facetLimit(parameters: Parameters): number {
  if (textOf(parameters, 'facet.limit')?.trim().startsWith('-')) return furthest;
  return countOf(parameters, 'facet.limit', { otherwise: 50, to: furthest });
}

async function itemsOf(
  field: string,
  selection: Selection,
  { limit, mincount }: FacetSetting,
  catalog: CkanCatalog,
): Promise<readonly FacetItem[]> {
  const facet = facetOf(field)?.facet;
  if (facet === undefined) return [];
  const counts =
    facet === 'keyword'
      ? await selection.keywords()
      : ((await selection.facets()).get(facet) ?? []);
  const name = await namer(field, catalog);
  const merged = new Map<string, FacetItem>();
  for (const { value, count } of counts) {
    const named = name(value);
    if (!named) continue;
    const before = merged.get(named.name)?.count ?? 0;
    merged.set(named.name, { ...named, count: before + count });
  }
  return [...merged.values()]
    .filter(({ count }) => count >= mincount)
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))
    .slice(0, limit);
}

type Named = Omit<FacetItem, 'count'>;

/** What CKAN calls a value of ours. Absent: nothing, so it is not counted. */
async function namer(
  field: string,
  catalog: CkanCatalog,
): Promise<(value: FacetCount['value']) => Named | undefined> {
  const plain = (name: string, label = name): Named => ({ name, display_name: label });
  switch (field) {
    case 'organization':
    case 'owner_org': {
      const agencies = new Map((await catalog.agencies()).map((a) => [a.record.id, a]));
      return (id) => {
        const agency = agencies.get(id);
        if (!agency) return plain(ckanUuid('organization', id));
        const { id: uuid, name, title } = toOrganization(agency);
        return plain(field === 'owner_org' ? uuid : name, title);
      };
    }
    case 'groups':
      return (code) => {
        const group = toGroup(code);
        return group && plain(group.name, group.title);
      };
    case 'res_format':
      return (code) => plain(toFormat(code));
    case 'license_id':
      return (code) => {
        const { license_id, license_title } = licenseFields(code);
        return plain(
          license_id ?? code,
          license_title ?? vocabulary('licence').labelOf(code, 'vi'),
        );
      };
    default:
      return (value) => plain(value);
  }
}

function unknownFacet(field: string) {
  return searchError({
    vi: `Không đếm được theo "${field.slice(0, 80)}" (undefined field); có: organization, owner_org, groups, tags, res_format, license_id.`,
    en: `undefined field "${field.slice(0, 80)}"; count by organization, owner_org, groups, tags, res_format or license_id.`,
  });
}
