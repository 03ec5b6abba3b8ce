import type { Request, Response } from 'express';
import type { CkanCatalog } from '../../catalog/exchange/ckan-action/actions/index.ts';
import { findTable } from '../../catalog/exchange/ckan-action/datastore/find-table.ts';
import { readTableRequest } from '../../catalog/exchange/ckan-action/datastore/read-request.ts';
import { selectRows } from '../../catalog/exchange/ckan-action/datastore/select-rows.ts';
import {
  dumpFormats,
  dumpMediaTypes,
  writeDump,
} from '../../catalog/exchange/ckan-action/datastore/write-dump.ts';
import { CatalogError } from '../../catalog/kernel/errors.ts';
import type { CountUse } from '../http/count-use.ts';
import { queryOf } from '../http/read-parameters.ts';
import { streamBody } from '../http/stream.ts';

const everything = { otherwise: Number.MAX_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER };

/** `/datastore/dump/{resource}`: a whole table, or the part that is asked for, as one document. */
export function dumpTable(catalog: CkanCatalog, countUse: CountUse) {
  return async (request: Request, response: Response): Promise<void> => {
    const query = queryOf(request);
    const wanted = query.get('format') || 'csv';
    const format = dumpFormats.find((known) => known === wanted.toLowerCase());
    if (!format) throw unknownFormat(wanted);
    const { path, shape, distribution, datasetId } = await findTable(
      String(request.params['resource']),
      catalog,
    );
    countUse(request, response, {
      kind: 'download',
      datasetId,
      distributionId: distribution.id,
    });
    const parameters = Object.fromEntries(query);
    const asked = readTableRequest(parameters, shape, everything);
    const rows = selectRows(path, shape, asked);
    const withMark = ['true', '1', 'yes'].includes((query.get('bom') ?? '').toLowerCase());
    response.set({
      'Content-Type': dumpMediaTypes[format],
      'Content-Disposition': `attachment; filename="${distribution.id}.${format}"`,
      'Cache-Control': 'public, no-cache',
    });
    const fields = asked.columns.flatMap((at) => shape.fields[at] ?? []);
    const chosen = pick(rows, asked.columns);
    if (request.method === 'HEAD') response.end();
    else await streamBody(request, response, writeDump({ format, withMark, fields, rows: chosen }));
  };
}

async function* pick(
  rows: AsyncIterable<readonly (string | number | null)[]>,
  columns: readonly number[],
) {
  for await (const row of rows) yield columns.map((at) => row[at] ?? null);
}

function unknownFormat(wanted: string): CatalogError {
  return new CatalogError('malformed', 'parameter-malformed', {
    vi: `"format" phải là một trong ${dumpFormats.join(', ')}, không phải "${wanted.slice(0, 80)}".`,
    en: `"format" must be one of ${dumpFormats.join(', ')}, not "${wanted.slice(0, 80)}".`,
  });
}
