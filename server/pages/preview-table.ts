import type { PreviewFacts } from '../../catalog/preview/preview-facts.ts';
import { isNumeric, type TableQuery } from '../../catalog/preview/table-query.ts';
import { mostSorted, type TableRows } from '../../catalog/preview/table-reader.ts';
import type { PageContext } from './page-context.ts';
import type { PreviewAddress } from './preview-address.ts';
import { type CellView, cellView, columnLabel, valueWriter } from './preview-values.ts';

interface ColumnHead {
  readonly index: number;
  readonly label: string;
  readonly type: string;
  readonly isFigure: boolean;
  readonly sortHref: string;
  /** For aria-sort. Absent: the rows are not in the order of this column. */
  readonly sorted?: 'ascending' | 'descending';
  readonly sortLabel: string;
  readonly filter: string;
}

export interface PreviewTable {
  readonly columns: readonly ColumnHead[];
  readonly rows: readonly { readonly number: string; readonly cells: readonly CellView[] }[];
  /** Which rows of how many, in a sentence. */
  readonly extent: string;
  readonly isFiltered: boolean;
  readonly clearHref: string;
  readonly previous?: string;
  readonly next?: string;
  readonly pages: string;
  /** More columns than a page shows. */
  readonly more?: string;
  /** What a form that filters carries along. */
  readonly hidden: readonly { readonly name: string; readonly value: string }[];
}

/** So many columns stand on a page; all of them are under "columns" and in the API. */
export const shownColumns = 60;

export function previewTable(
  {
    facts,
    query,
    found,
  }: {
    readonly facts: PreviewFacts;
    readonly query: TableQuery;
    readonly found: TableRows;
  },
  address: PreviewAddress,
  context: PageContext,
): PreviewTable {
  const columns = facts.columns.slice(0, shownColumns);
  const writers = columns.map((column) => valueWriter(column, context));
  const isOrdered = query.sort !== undefined || query.filters.length > 0;
  const reachable = isOrdered ? Math.min(found.total, mostSorted) : found.total;
  const page = Math.floor(query.offset / query.limit) + 1;
  const pages = Math.max(1, Math.ceil(reachable / query.limit));
  const names = query.filters.map(({ column }) => `f${column}`);
  return {
    columns: columns.map((column, index) => columnHead(column, index, query, address, context)),
    rows: found.rows.map(({ number, cells }) => ({
      number: context.number(number),
      cells: writers.map((write, index) => cellView(cells[index] ?? null, write)),
    })),
    extent: extentOf(found, query, context),
    isFiltered: query.filters.length > 0,
    clearHref: address.with(Object.fromEntries([...names, 'page'].map((name) => [name, '']))),
    pages: context.t('preview.page', { page: context.number(page), pages: context.number(pages) }),
    ...(page > 1 && { previous: address.with({ page: page > 2 ? String(page - 1) : '' }) }),
    ...(page < pages && { next: address.with({ page: String(page + 1) }) }),
    ...(facts.columns.length > shownColumns && {
      more: context.t('preview.moreColumns', {
        shown: context.number(shownColumns),
        count: context.number(facts.columns.length),
      }),
    }),
    hidden: address.hidden(['page']).filter(({ name }) => !/^f\d+$/.test(name)),
  };
}

function columnHead(
  { name, type }: PreviewFacts['columns'][number],
  index: number,
  { sort, filters }: TableQuery,
  address: PreviewAddress,
  context: PageContext,
): ColumnHead {
  const label = columnLabel(name, index, context);
  const direction = sort?.column === index ? sort.direction : undefined;
  const next = direction === 'asc' ? `-${index}` : String(index);
  return {
    index,
    label,
    type: context.t(`preview.type.${type}`),
    isFigure: isNumeric(type),
    sortHref: address.with({ sort: next, page: '' }),
    ...(direction && { sorted: direction === 'asc' ? 'ascending' : 'descending' }),
    sortLabel: context.t(direction === 'asc' ? 'preview.sortDown' : 'preview.sortUp', { label }),
    filter: filters.find(({ column }) => column === index)?.text ?? '',
  };
}

function extentOf(
  { rows, total }: TableRows,
  { offset, filters }: TableQuery,
  context: PageContext,
): string {
  if (rows.length === 0)
    return context.t(filters.length > 0 ? 'preview.noneFit' : 'preview.noRows');
  return context.t(filters.length > 0 ? 'preview.extentFiltered' : 'preview.extent', {
    from: context.number(offset + 1),
    to: context.number(offset + rows.length),
    total: context.number(total),
  });
}
