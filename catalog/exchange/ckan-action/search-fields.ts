import type { Agency } from '../../inventory/agency-repository.ts';
import { fold } from '../../kernel/fold.ts';
import { ckanName, ckanUuid } from '../../model/ckan-identity.ts';
import { vocabulary } from '../../model/vocabularies.ts';
import { findFileType } from '../spellings.ts';
import { searchError } from './action-errors.ts';
import { toFormat } from './ckan-values.ts';
import { readSolrMoment } from './date-math.ts';
import { findGroup, isOrganization, toGroup } from './group-dict.ts';
import { licenseCodes, licenseFields } from './license-dict.ts';
import { eitherOf, type FacetField, type SearchFilter } from './search-filter.ts';
import type { SolrQuery, SolrRange } from './solr-query.ts';

/** What CKAN's fields are in our tables. */
export interface FieldContext {
  readonly agencies: readonly Agency[];
  /** The present instant, for `NOW`. */
  readonly now: string;
}

/** How a field of CKAN's index is searched here. */
type Field =
  | { readonly kind: 'text'; readonly within?: 'title' }
  | { readonly kind: 'column'; readonly column: 'uuid' | 'name' }
  | { readonly kind: 'moment'; readonly column: 'created_at' | 'changed_at' }
  | { readonly kind: 'constant'; readonly value: string }
  | ({ readonly kind: 'facet' } & FacetMeaning);

interface FacetMeaning {
  readonly facet: FacetField;
  /** Our values that a client's value means. */
  values(written: string, context: FieldContext): readonly string[];
  /** Every value of ours with what CKAN calls it; absent: they are the same. */
  known?(context: FieldContext): readonly (readonly [ours: string, theirs: string])[];
}

const organization: FacetMeaning = {
  facet: 'publisher',
  values: (written, { agencies }) =>
    agencies.filter((agency) => isOrganization(agency, written)).map(({ record }) => record.id),
  known: ({ agencies }) =>
    agencies.map(({ record: { id } }) => [id, ckanName('organization', id)] as const),
};

const ownerOrg: FacetMeaning = {
  ...organization,
  known: ({ agencies }) =>
    agencies.map(({ record: { id } }) => [id, ckanUuid('organization', id)] as const),
};

const groups: FacetMeaning = {
  facet: 'theme',
  values: (written) => [findGroup(written)?.code ?? written],
  known: () =>
    vocabulary('data-theme').concepts.map(({ code }) => [code, toGroup(code)?.name ?? code]),
};

const resFormat: FacetMeaning = {
  facet: 'format',
  values: (written) => [findFileType(written) ?? written],
  known: () => vocabulary('file-type').concepts.map(({ code }) => [code, toFormat(code)]),
};

const licenseId: FacetMeaning = {
  facet: 'license',
  values: licenseCodes,
  known: () =>
    vocabulary('licence').concepts.map(({ code }) => [
      code,
      licenseFields(code).license_id ?? code,
    ]),
};

/** `notes` and `text` are one here: the index keeps a title apart from everything else. */
const fields: Readonly<Record<string, Field>> = {
  title: { kind: 'text', within: 'title' },
  notes: { kind: 'text' },
  text: { kind: 'text' },
  id: { kind: 'column', column: 'uuid' },
  name: { kind: 'column', column: 'name' },
  metadata_created: { kind: 'moment', column: 'created_at' },
  metadata_modified: { kind: 'moment', column: 'changed_at' },
  organization: { kind: 'facet', ...organization },
  owner_org: { kind: 'facet', ...ownerOrg },
  groups: { kind: 'facet', ...groups },
  res_format: { kind: 'facet', ...resFormat },
  license_id: { kind: 'facet', ...licenseId },
  tags: { kind: 'facet', facet: 'keyword', values: (written) => [written] },
  type: { kind: 'constant', value: 'dataset' },
  dataset_type: { kind: 'constant', value: 'dataset' },
  entity_type: { kind: 'constant', value: 'package' },
  state: { kind: 'constant', value: 'active' },
  capacity: { kind: 'constant', value: 'public' },
  private: { kind: 'constant', value: 'false' },
};

/** Fields that CKAN makes for whatever a portal adds; nothing is kept in them here. */
const isDynamic = /^(?:extras|vocab|res_extras|dcat)_/;

export function isSearchField(name: string): boolean {
  return Object.hasOwn(fields, name) || isDynamic.test(name);
}

/** The facet behind a field that CKAN's clients count by. Absent: it has none. */
export function facetOf(name: string): FacetMeaning | undefined {
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return field?.kind === 'facet' ? field : undefined;
}

/**
 * What a query means in our tables.
 *
 * @throws {CatalogError} `malformed` / `ckan-search-syntax` for a field, a date or a pattern that cannot be searched
 */
export function toFilter(query: SolrQuery, context: FieldContext): SearchFilter {
  switch (query.kind) {
    case 'all':
      return { kind: 'everything' };
    case 'and':
      return { kind: 'and', parts: query.parts.map((part) => toFilter(part, context)) };
    case 'or':
      return eitherOf(query.parts.map((part) => toFilter(part, context)));
    case 'not':
      return { kind: 'not', part: toFilter(query.part, context) };
    default:
      break;
  }
  const name = query.field ?? 'text';
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (!field) {
    if (isDynamic.test(name)) return { kind: 'nothing' };
    throw unknownField(name);
  }
  if (query.kind === 'exists') return existing(field);
  if (query.kind === 'range') return inRange(query, field, context);
  if (query.kind === 'wildcard') return startingWith(prefixOf(query.pattern), name, field, context);
  return having(query.value, name, field, context);
}

function existing(field: Field): SearchFilter {
  return field.kind === 'facet' ? { kind: 'facet', facet: field.facet } : { kind: 'everything' };
}

function having(value: string, name: string, field: Field, context: FieldContext): SearchFilter {
  switch (field.kind) {
    case 'text':
      return textFilter(value, field, false);
    case 'column':
      return { kind: 'column', column: field.column, values: [value] };
    case 'constant':
      return { kind: value === field.value ? 'everything' : 'nothing' };
    case 'facet':
      return { kind: 'facet', facet: field.facet, values: field.values(value, context) };
    case 'moment': {
      const at = momentOf(value, name, context);
      return {
        kind: 'moment',
        column: field.column,
        from: at,
        to: at,
        includesFrom: true,
        includesTo: true,
      };
    }
  }
}

function startingWith(
  prefix: string,
  name: string,
  field: Field,
  context: FieldContext,
): SearchFilter {
  switch (field.kind) {
    case 'text':
      return textFilter(prefix, field, true);
    case 'column':
      return { kind: 'column-prefix', column: field.column, prefix };
    case 'constant':
      return { kind: field.value.startsWith(prefix) ? 'everything' : 'nothing' };
    case 'facet': {
      const known = field.known?.(context);
      if (!known) return { kind: 'facet-prefix', facet: field.facet, prefix };
      const values = known.filter(([, theirs]) => theirs.startsWith(prefix)).map(([ours]) => ours);
      return { kind: 'facet', facet: field.facet, values };
    }
    case 'moment':
      throw unknownMoment(`${prefix}*`, name);
  }
}

/** Words that are all punctuation ask for nothing. */
function textFilter(
  value: string,
  { within }: Extract<Field, { kind: 'text' }>,
  isPrefix: boolean,
): SearchFilter {
  const words = fold(value).match(/[\p{L}\p{N}]+/gu);
  if (!words) return { kind: 'everything' };
  return { kind: 'text', words, isPrefix, ...(within && { within }) };
}

function inRange(query: SolrRange, field: Field, context: FieldContext): SearchFilter {
  if (field.kind !== 'moment') {
    throw searchError({
      vi: `Không tìm theo khoảng được ở "${query.field}"; chỉ metadata_created và metadata_modified có khoảng.`,
      en: `There are no ranges of "${query.field}"; only metadata_created and metadata_modified have them.`,
    });
  }
  const { from, to, includesFrom, includesTo } = query;
  return {
    kind: 'moment',
    column: field.column,
    ...(from !== undefined && { from: momentOf(from, query.field, context) }),
    ...(to !== undefined && { to: momentOf(to, query.field, context) }),
    includesFrom,
    includesTo,
  };
}

function momentOf(text: string, name: string, { now }: FieldContext): string {
  const moment = readSolrMoment(text, now);
  if (moment === undefined) throw unknownMoment(text, name);
  return moment;
}

/** What stands before the one star at the end. */
function prefixOf(pattern: string): string {
  const [, prefix] = /^((?:\\[\s\S]|[^\\*?])+)\*+$/.exec(pattern) ?? [];
  if (prefix !== undefined) return prefix.replace(/\\([\s\S])/g, '$1');
  throw searchError({
    vi: `Mẫu "${pattern.slice(0, 80)}" không tìm được; dấu * chỉ đứng ở cuối từ, như bus*.`,
    en: `The pattern "${pattern.slice(0, 80)}" cannot be searched; a * stands only at the end of a word, as in bus*.`,
  });
}

function unknownField(name: string) {
  const known = Object.keys(fields).join(', ');
  return searchError({
    vi: `Trường "${name.slice(0, 80)}" không có trong chỉ mục (undefined field); có: ${known}.`,
    en: `undefined field "${name.slice(0, 80)}"; there are: ${known}.`,
  });
}

function unknownMoment(text: string, name: string) {
  return searchError({
    vi: `"${name}" cần thời điểm như 2026-11-23T00:00:00Z hoặc NOW-7DAYS, không phải "${text.slice(0, 80)}".`,
    en: `"${name}" takes a moment such as 2026-11-23T00:00:00Z or NOW-7DAYS, not "${text.slice(0, 80)}".`,
  });
}
