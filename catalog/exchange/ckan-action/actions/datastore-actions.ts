import { stringify } from 'csv-stringify/sync';
import { ckanUuid } from '../../../model/ckan-identity.ts';
import { type FoundTable, findTable } from '../datastore/find-table.ts';
import { readTableRequest, type TableRequest } from '../datastore/read-request.ts';
import { type NumberedRow, selectRows } from '../datastore/select-rows.ts';
import { type Parameters, requiredText, textOf } from '../read-parameters.ts';
import type { Actions, CkanCatalog } from './catalog.ts';

/** Tables of CSV files that we hold: CKAN's DataStore, for reading. */
export const datastoreActions: Actions = {
  datastore_search: {
    help: 'Rows of a table. Parameters: resource_id, filters, q, fields, sort, limit (100, at most 32000), offset, include_total, records_format.',
    run: searchTable,
  },
  datastore_info: {
    help: 'Columns and size of a table. Parameters: id (of the resource).',
    run: async (parameters, catalog) => {
      const id = textOf(parameters, 'id') ?? requiredText(parameters, 'resource_id');
      const { shape, distribution } = await findTable(id, catalog);
      return {
        meta: {
          id: ckanUuid('resource', distribution.id),
          count: shape.total,
          table_type: 'BASE TABLE',
          size: distribution.byteSize ?? null,
        },
        fields: shape.fields,
      };
    },
  },
};

async function searchTable(parameters: Parameters, catalog: CkanCatalog) {
  const reference = textOf(parameters, 'resource_id') ?? requiredText(parameters, 'id');
  const table = await findTable(reference, catalog);
  catalog.onRead?.(table.datasetId);
  const request = readTableRequest(parameters, table.shape);
  const { rows, total } = await readPage(table, request);
  const fields = request.columns.flatMap((at) => table.shape.fields[at] ?? []);
  return {
    include_total: request.includeTotal,
    resource_id: ckanUuid('resource', table.distribution.id),
    fields,
    records_format: request.format,
    records: recordsIn(rows, request, table),
    limit: request.limit,
    ...(request.offset > 0 && { offset: request.offset }),
    ...(request.includeTotal && { total, total_was_estimated: false }),
    _links: links(parameters, request),
  };
}

/** Nothing is read for types alone (`limit: 0`), and nothing past the page where the total is known. */
async function readPage(
  { path, shape }: FoundTable,
  request: TableRequest,
): Promise<{ readonly rows: readonly NumberedRow[]; readonly total: number }> {
  const isWhole = request.filters.size === 0 && request.words.length === 0;
  const countsAll = request.includeTotal && !isWhole;
  const rows: NumberedRow[] = [];
  let matches = 0;
  const onMatch = () => {
    matches += 1;
  };
  if (request.limit > 0 || countsAll) {
    for await (const row of selectRows(path, shape, request, onMatch, countsAll)) rows.push(row);
  }
  return { rows, total: isWhole ? shape.total : matches };
}

function recordsIn(
  rows: readonly NumberedRow[],
  { columns, format }: TableRequest,
  { shape }: FoundTable,
): unknown {
  const lists = rows.map((row) => columns.map((at) => row[at] ?? null));
  if (format === 'lists') return lists;
  if (format === 'csv' || format === 'tsv') {
    return stringify(lists, { delimiter: format === 'csv' ? ',' : '\t' });
  }
  const names = columns.map((at) => shape.fields[at]?.id ?? '');
  return lists.map((list) => Object.fromEntries(list.map((value, at) => [names[at] ?? '', value])));
}

function links(parameters: Parameters, { offset, limit }: TableRequest) {
  const address = (from: number) => {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(parameters)) {
      if (name === 'offset' || value === null || value === undefined) continue;
      query.set(name, typeof value === 'string' ? value : JSON.stringify(value));
    }
    if (from > 0) query.set('offset', String(from));
    return `/api/3/action/datastore_search?${query}`;
  };
  return {
    start: address(0),
    next: address(offset + limit),
    ...(offset > 0 && { prev: address(Math.max(0, offset - limit)) }),
  };
}
