import { CatalogError } from '../../catalog/kernel/errors.ts';
import type { PreviewFacts } from '../../catalog/preview/preview-facts.ts';
import { encodings, type ReadingChoice } from '../../catalog/preview/preview-job.ts';
import {
  aggregates,
  type ChartQuery,
  chartKinds,
  measures,
  type TableQuery,
} from '../../catalog/preview/table-query.ts';
import { choice, wholeNumber } from '../http/read-parameters.ts';

const longestFilter = 200;
const mostFilters = 5;
const lastPage = 100_000_000;

/** How a file is to be read: `encoding`, `sheet`. */
export function readChoice(query: URLSearchParams): ReadingChoice {
  const encoding = choice(query, 'encoding', encodings);
  const sheet = query.get('sheet')
    ? wholeNumber(query, 'sheet', { from: 0, to: 200, otherwise: 0 })
    : undefined;
  return { ...(encoding && { encoding }), ...(sheet !== undefined && sheet > 0 && { sheet }) };
}

/**
 * Which rows are wanted: `page`, `sort` (a column's number, with `-` downwards), and `f` with a column's number for what its
 * cells are to contain.
 *
 * @throws {CatalogError} `malformed` / `parameter-malformed`
 */
export function readTableQuery(
  query: URLSearchParams,
  { columns }: PreviewFacts,
  limit: number,
): TableQuery {
  const page = wholeNumber(query, 'page', { from: 1, to: lastPage, otherwise: 1 });
  const last = columns.length - 1;
  const sort = query.get('sort') ?? '';
  const filters = [...query].flatMap(([name, text]) => {
    const column = /^f(\d{1,3})$/.exec(name)?.[1];
    const isOne = column !== undefined && Number(column) <= last && text.trim() !== '';
    return isOne ? [{ column: Number(column), text: text.slice(0, longestFilter) }] : [];
  });
  if (sort !== '' && !(/^-?\d{1,3}$/.test(sort) && Math.abs(Number(sort)) <= last)) {
    throw noColumn('sort', sort, last);
  }
  return {
    ...(sort !== '' && {
      sort: {
        column: Math.abs(Number(sort)),
        direction: sort.startsWith('-') ? ('desc' as const) : ('asc' as const),
      },
    }),
    filters: filters.slice(0, mostFilters),
    offset: (page - 1) * limit,
    limit,
  };
}

/** What is to be drawn; what is not said is chosen by what the columns hold. */
export function readChartQuery(query: URLSearchParams, facts: PreviewFacts): ChartQuery {
  const last = facts.columns.length - 1;
  const numbers = measures(facts);
  const kind = choice(query, 'kind', chartKinds) ?? 'bar';
  const x = wholeNumber(query, 'x', { from: 0, to: last, otherwise: likelyAxis(facts, kind) });
  const written = wholeNumber(query, 'y', { from: 0, to: last, otherwise: -1 });
  const y = numbers.includes(written) ? written : numbers.find((index) => index !== x);
  const aggregate = choice(query, 'aggregate', aggregates) ?? 'count';
  const isScatter = kind === 'scatter' && y !== undefined;
  return {
    kind: kind === 'scatter' && !isScatter ? 'bar' : kind,
    x,
    ...(y !== undefined && { y }),
    aggregate: y === undefined ? 'count' : aggregate,
  };
}

/** A column whose values repeat makes bars; dates make a line; numbers a scatter. */
function likelyAxis({ columns }: PreviewFacts, kind: ChartQuery['kind']): number {
  const find = (fits: (column: PreviewFacts['columns'][number]) => boolean) =>
    columns.findIndex(fits);
  const byKind = {
    bar: () => find(({ type, distinct, top }) => type === 'text' && !!top && distinct > 1),
    line: () => find(({ type }) => type === 'date' || type === 'datetime'),
    scatter: () => find(({ type }) => type === 'decimal' || type === 'integer'),
  };
  return Math.max(0, byKind[kind]());
}

function noColumn(name: string, written: string, last: number): CatalogError {
  return new CatalogError('malformed', 'parameter-malformed', {
    vi: `"${name}" phải là số thứ tự cột từ 0 đến ${last}, có thể thêm "-" ở trước; không phải "${written.slice(0, 80)}".`,
    en: `"${name}" must be the number of a column from 0 to ${last}, with "-" before it for downwards; not "${written.slice(0, 80)}".`,
  });
}
