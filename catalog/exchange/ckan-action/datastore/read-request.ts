import { fold } from '../../../kernel/fold.ts';
import { invalidParameter } from '../action-errors.ts';
import { countOf, flagOf, listOf, type Parameters, textOf } from '../read-parameters.ts';
import type { TableField, TableShape } from './table.ts';

export type RecordsFormat = 'objects' | 'lists' | 'csv' | 'tsv';

/** What is asked of a table: which rows, in which order, which columns of them. */
export interface TableRequest {
  readonly filters: ReadonlyMap<number, ReadonlySet<string>>;
  /** Folded words that a row must hold somewhere. */
  readonly words: readonly string[];
  readonly sort: readonly { readonly at: number; readonly isDescending: boolean }[];
  /** Indices of fields, `_id` being 0. */
  readonly columns: readonly number[];
  readonly offset: number;
  readonly limit: number;
  readonly includeTotal: boolean;
  readonly format: RecordsFormat;
}

const mostRows = 32_000;
const formats: readonly RecordsFormat[] = ['objects', 'lists', 'csv', 'tsv'];

/**
 * Reads the parameters of `datastore_search`.
 *
 * @param limits how many rows when nothing is said, and at most
 * @throws {CatalogError} `invalid` / `ckan-parameter`
 */
export function readTableRequest(
  parameters: Parameters,
  { fields }: TableShape,
  limits: { readonly otherwise: number; readonly to: number } = { otherwise: 100, to: mostRows },
): TableRequest {
  const asked = splitList(parameters, 'fields');
  const written = textOf(parameters, 'records_format') ?? 'objects';
  const format = formats.find((known) => known === written);
  if (!format) throw unknownValue('records_format', written, formats);
  return {
    filters: readFilters(parameters['filters'], fields),
    words: readWords(parameters['q']),
    sort: splitList(parameters, 'sort').map((text) => readSort(text, fields)),
    columns:
      asked.length > 0 ? asked.map((name) => indexOf('fields', name, fields)) : [...fields.keys()],
    offset: countOf(parameters, 'offset', { otherwise: 0, to: 2_000_000_000 }),
    limit: countOf(parameters, 'limit', limits),
    includeTotal: flagOf(parameters, 'include_total', true),
    format,
  };
}

/** A list, or one text with commas. */
function splitList(parameters: Parameters, name: string): readonly string[] {
  return listOf(parameters, name)
    .flatMap((text) => text.split(','))
    .map((text) => text.trim())
    .filter(Boolean);
}

function readFilters(
  given: unknown,
  fields: readonly TableField[],
): ReadonlyMap<number, ReadonlySet<string>> {
  const value = typeof given === 'string' && given !== '' ? parsed(given) : given;
  if (value === undefined || value === null || value === '') return new Map();
  if (typeof value !== 'object' || Array.isArray(value)) throw notFilters();
  return new Map(
    Object.entries(value).map(([name, wanted]: [string, unknown]) => {
      const values: readonly unknown[] = Array.isArray(wanted) ? wanted : [wanted];
      return [indexOf('filters', name, fields), new Set(values.map(scalar))];
    }),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw notFilters();
  }
}

function scalar(value: unknown): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw notFilters();
}

/** `q` is words for any column; by column (JSON) they are looked for in any column too. */
function readWords(given: unknown): readonly string[] {
  const text = typeof given === 'string' ? given : '';
  return (fold(text.slice(0, 500)).match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, 16);
}

function readSort(text: string, fields: readonly TableField[]): TableRequest['sort'][number] {
  const [, quoted, bare = '', direction = 'asc'] =
    /^(?:"([^"]+)"|(.+?))(?:\s+(asc|desc))?(?:\s+nulls\s+(?:first|last))?$/i.exec(text) ?? [];
  const at = indexOf('sort', quoted ?? bare, fields);
  return { at, isDescending: direction.toLowerCase() === 'desc' };
}

function indexOf(parameter: string, name: string, fields: readonly TableField[]): number {
  const at = fields.findIndex(({ id }) => id === name);
  if (at >= 0) return at;
  throw unknownValue(
    parameter,
    name,
    fields.map(({ id }) => id),
  );
}

function unknownValue(parameter: string, name: string, known: readonly string[]) {
  return invalidParameter(parameter, {
    vi: `"${name.slice(0, 80)}" không có trong bảng; có: ${known.join(', ')}`,
    en: `field "${name.slice(0, 80)}" not in table; there are: ${known.join(', ')}`,
  });
}

function notFilters() {
  return invalidParameter('filters', {
    vi: 'Phải là JSON như {"cột": "giá trị"} hoặc {"cột": ["a", "b"]}',
    en: 'Must be JSON such as {"column": "value"} or {"column": ["a", "b"]}',
  });
}
