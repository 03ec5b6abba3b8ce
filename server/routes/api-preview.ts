import { type Request, type Response, Router } from 'express';
import { notReadable } from '../../catalog/preview/failure-messages.ts';
import { type FoundPreview, getPreview } from '../../catalog/preview/get-preview.ts';
import type { PreparedTable } from '../../catalog/preview/table-reader.ts';
import { answer } from '../http/answer.ts';
import { queryOf, wholeNumber } from '../http/read-parameters.ts';
import { type PreviewRouteDeps, patienceSeconds, tableOf } from './preview.ts';
import { readChoice, readTableQuery } from './preview-query.ts';

const defaultRows = 100;
const mostRows = 1000;

/** `/api/v1/distributions/{id}/preview` and `…/profile`: a file as rows, and what its columns hold. */
export function apiPreviewRoutes(deps: PreviewRouteDeps): Router {
  const router = Router();

  router.get('/distributions/:id/preview', async (request: Request, response: Response) => {
    const query = queryOf(request);
    const found = await find(request, query);
    const table = readyOr202(found, response);
    if (!table) return;
    const limit = wholeNumber(query, 'limit', { from: 1, to: mostRows, otherwise: defaultRows });
    const wanted = readTableQuery(query, table.facts, limit);
    const { rows, total } = await deps.tables.rows(table, wanted);
    const { columns, format, notes } = table.facts;
    await sendJson(request, response, {
      ...named(found),
      format,
      total,
      page: wanted.offset / limit + 1,
      limit,
      columns: columns.map(({ name, type }) => ({ name, type })),
      rows: rows.map(({ cells }) => cells),
      notes,
    });
  });

  router.get('/distributions/:id/profile', async (request: Request, response: Response) => {
    const found = await find(request, queryOf(request));
    const table = readyOr202(found, response);
    if (table) await sendJson(request, response, { ...named(found), ...table.facts });
  });

  return router;

  async function find(request: Request, query: URLSearchParams): Promise<FoundPreview> {
    return getPreview(String(request.params['id']), readChoice(query), deps);
  }
}

/** The table; while there is none, the answer is that it is being made. */
function readyOr202(found: FoundPreview, response: Response): PreparedTable | undefined {
  const { state, failure } = found.preview;
  if (state === 'failed' && failure) throw notReadable(failure);
  const table = tableOf(found);
  if (!table) {
    response
      .status(202)
      .set({ 'Retry-After': String(patienceSeconds), 'Cache-Control': 'no-store' })
      .json({ ...named(found), state: 'preparing' });
  }
  return table;
}

function named({ dataset, distribution }: FoundPreview) {
  return { distribution: distribution.id, dataset: dataset.id };
}

async function sendJson(request: Request, response: Response, body: object): Promise<void> {
  await answer(request, response, {
    mediaType: 'application/json',
    write: () => JSON.stringify(body),
  });
}
