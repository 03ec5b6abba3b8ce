import { type Request, type Response, Router } from 'express';
import { type Actor, actsFor, agenciesOf } from '../../catalog/access/actor.ts';
import type { Scope } from '../../catalog/access/scopes.ts';
import { advanceDataset } from '../../catalog/inventory/advance-dataset.ts';
import { type AttachFileDeps, attachFile } from '../../catalog/inventory/attach-file.ts';
import { type Dataset, datasetRepository } from '../../catalog/inventory/dataset-repository.ts';
import { getDataset } from '../../catalog/inventory/get-dataset.ts';
import { registerDataset } from '../../catalog/inventory/register-dataset.ts';
import { mergePatch, reviseDataset } from '../../catalog/inventory/revise-dataset.ts';
import { CatalogError } from '../../catalog/kernel/errors.ts';
import type { DatasetState } from '../../catalog/model/dataset.ts';
import { type Act, datasetStates, transitions } from '../../catalog/model/lifecycle.ts';
import type { Search } from '../../catalog/search/search-datasets.ts';
import { readSearchQuery, type SearchQuery } from '../../catalog/search/search-query.ts';
import { answer } from '../http/answer.ts';
import { type AuthenticateDeps, actorOf, requireActor } from '../http/authenticate.ts';
import type { CountUse } from '../http/count-use.ts';
import { revisionFromIfMatch, revisionTag } from '../http/if-match.ts';
import { reasonOf } from '../http/json-body.ts';
import { queryOf, wholeNumber } from '../http/read-parameters.ts';
import { Refusal } from '../http/refusal.ts';

export interface ApiDatasetDeps extends AttachFileDeps, AuthenticateDeps {
  readonly countUse: CountUse;
  readonly search: Search;
}

const limit = { from: 1, to: 1000, otherwise: 50 };

/** `/api/v1/datasets`: the records themselves, their workflow and their files. */
export function apiDatasetRoutes(deps: ApiDatasetDeps): Router {
  const router = Router();

  router.get('/', async (request: Request, response: Response) => {
    const actor = await actorOf(request, deps, 'datasets:read');
    const query = queryOf(request);
    const page = await listDatasets(query, actor);
    const body = JSON.stringify(page);
    deps.countUse(request, response, { kind: 'api' });
    if (page.next !== undefined) response.set('Link', `<${page.next}>; rel="next"`);
    await answer(request, response, json(body, actor));
  });

  router.post('/', async (request: Request, response: Response) => {
    const actor = await requireActor(request, deps, 'datasets:write');
    const dataset = await registerDataset(bodyOf(request), actor, deps);
    response.location(`${deps.baseURL}/api/v1/datasets/${dataset.record.id}`).status(201);
    sendDataset(response, dataset, actor);
  });

  router.get('/:id', async (request: Request, response: Response) => {
    const actor = await actorOf(request, deps, 'datasets:read');
    const dataset = await getDataset(idOf(request), actor, deps.database.read);
    if (dataset.state === 'published') {
      deps.countUse(request, response, { kind: 'api', datasetId: dataset.record.id });
    }
    await answer(request, response, {
      ...json(JSON.stringify(view(dataset, actor)), actor),
      revision: String(dataset.revision),
      changedAt: dataset.changedAt,
    });
  });

  router.put('/:id', async (request: Request, response: Response) => {
    const actor = await requireActor(request, deps, 'datasets:write');
    const revision = revisionFromIfMatch(request);
    const body = bodyOf(request);
    sendDataset(
      response,
      await reviseDataset(idOf(request), () => body, revision, actor, deps),
      actor,
    );
  });

  router.patch('/:id', async (request: Request, response: Response) => {
    const actor = await requireActor(request, deps, 'datasets:write');
    const revision = revisionFromIfMatch(request);
    const patch = bodyOf(request);
    const change = (record: Dataset['record']) => mergePatch(record, patch);
    sendDataset(response, await reviseDataset(idOf(request), change, revision, actor, deps), actor);
  });

  router.get('/:id/revisions', async (request: Request, response: Response) => {
    const actor = await requireActor(request, deps, 'datasets:read');
    const { record } = await getDataset(idOf(request), actor, deps.database.read);
    if (!actsFor(actor, record.publisher)) {
      throw new CatalogError('forbidden', 'not-permitted', {
        vi: 'Các bản sửa chỉ cơ quan công bố xem được.',
        en: 'Only the publishing agency may see the revisions.',
      });
    }
    const revisions = await datasetRepository(deps.database.read).listRevisions(record.id);
    await answer(request, response, json(JSON.stringify({ items: revisions }), actor));
  });

  for (const act of Object.keys(transitions) as Act[]) {
    router.post(`/:id/${act}`, async (request: Request, response: Response) => {
      const actor = await requireActor(request, deps, scopeOf(act));
      const reason = reasonOf(request.body);
      sendDataset(response, await advanceDataset(idOf(request), act, reason, actor, deps), actor);
    });
  }

  router.put(
    '/:id/distributions/:distributionId/file',
    async (request: Request, response: Response) => {
      const actor = await requireActor(request, deps, 'datasets:write');
      const upload = {
        fileName: fileNameOf(request),
        mediaType: (request.get('Content-Type') ?? 'application/octet-stream').split(';')[0] ?? '',
        content: request,
      };
      const id = String(request.params['distributionId']);
      sendDataset(response, await attachFile(idOf(request), id, upload, actor, deps), actor);
    },
  );

  return router;

  /** A page of datasets and the address of the next. Words and facets search what is published. */
  async function listDatasets(query: URLSearchParams, actor: Actor | undefined) {
    const filters = readSearchQuery(query);
    const { publisher, ...facets } = filters.filters;
    const searched = filters.words.length > 0 || Object.keys(facets).length > 0;
    const found = searched
      ? await searchPage(filters, query)
      : await listPage(publisher?.[0], query, actor);
    const items = found.datasets.map((dataset) => view(dataset, actor));
    if (found.cursor === undefined) return { items };
    const parameters = new URLSearchParams(query);
    parameters.set('cursor', Buffer.from(found.cursor).toString('base64url'));
    return { items, next: `${deps.baseURL}/api/v1/datasets?${parameters}` };
  }

  async function listPage(
    publisher: string | undefined,
    query: URLSearchParams,
    actor: Actor | undefined,
  ) {
    const count = wholeNumber(query, 'limit', limit);
    const state = stateOf(query);
    const filter = {
      ...(state !== undefined && { state }),
      ...(publisher !== undefined && { publisher }),
      ...visibility(actor),
    };
    const rows = await datasetRepository(deps.database.read).list(
      filter,
      cursorOf(query) ?? '',
      count + 1,
    );
    const datasets = rows.slice(0, count);
    return { datasets, cursor: rows.length > count ? datasets.at(-1)?.record.id : undefined };
  }

  async function searchPage(filters: SearchQuery, query: URLSearchParams) {
    const count = wholeNumber(query, 'limit', limit);
    const state = stateOf(query);
    if (state !== undefined && state !== 'published') return { datasets: [], cursor: undefined };
    const page = Number(cursorOf(query) ?? '1');
    if (!Number.isSafeInteger(page) || page < 1) throw badCursor();
    const { total, hits } = await deps.search.search(filters, page, count);
    const found = await datasetRepository(deps.database.read).findMany(
      hits.map(({ record }) => record.id),
    );
    return {
      datasets: hits.flatMap(({ record }) => found.get(record.id) ?? []),
      cursor: page * count < total ? String(page + 1) : undefined,
    };
  }
}

function visibility(actor: Actor | undefined): { readonly visibleTo?: readonly string[] } {
  const agencies = actor ? agenciesOf(actor) : [];
  return agencies === 'all' ? {} : { visibleTo: agencies };
}

/** Who prepares a dataset submits it; the other acts decide about it. */
function scopeOf(act: Act): Scope {
  return act === 'submit' ? 'datasets:write' : 'datasets:release';
}

/**
 * A dataset as the API shows it: the record, and beside it where it stands. The officer's name is not public, nor is
 * why a dataset was once returned; why it was withdrawn is.
 */
function view({ record, reason, ...standing }: Dataset, actor: Actor | undefined) {
  const isReasonShown = actsFor(actor, record.publisher) || standing.state === 'withdrawn';
  const responsible = record.inventory?.updateResponsibility ?? {};
  const { officer, officerEmail, ...responsibility } = responsible;
  const isNamed = officer !== undefined || officerEmail !== undefined;
  const shown =
    !isNamed || actsFor(actor, record.publisher)
      ? record
      : { ...record, inventory: { ...record.inventory, updateResponsibility: responsibility } };
  return { ...shown, ...standing, ...(reason !== undefined && isReasonShown && { reason }) };
}

function sendDataset(response: Response, dataset: Dataset, actor: Actor): void {
  response.set('ETag', revisionTag(dataset.revision)).set('Cache-Control', 'no-store');
  response.json(view(dataset, actor));
}

function json(body: string, actor: Actor | undefined) {
  return {
    mediaType: 'application/json',
    cacheControl: actor ? 'private, no-cache' : 'public, no-cache',
    write: () => body,
  };
}

function idOf(request: Request): string {
  return String(request.params['id']);
}

/** @throws {Refusal} 415 when no JSON was sent */
function bodyOf(request: Request): unknown {
  const body: unknown = request.body;
  if (body !== undefined) return body;
  throw new Refusal(415, 'json-expected', {
    vi: 'Hãy gửi JSON với Content-Type: application/json.',
    en: 'Send JSON with Content-Type: application/json.',
  });
}

/** @throws {CatalogError} `malformed` / `state-unknown` */
function stateOf(query: URLSearchParams): DatasetState | undefined {
  const written = query.get('state');
  if (written === null || written === '') return undefined;
  const state = datasetStates.find((known) => known === written);
  if (state) return state;
  throw new CatalogError('malformed', 'state-unknown', {
    vi: `Không có trạng thái "${written}"; có: ${datasetStates.join(', ')}.`,
    en: `There is no state "${written}"; there are: ${datasetStates.join(', ')}.`,
  });
}

function cursorOf(query: URLSearchParams): string | undefined {
  const written = query.get('cursor');
  if (written === null || written === '') return undefined;
  if (!/^[A-Za-z0-9_-]{1,300}$/.test(written)) throw badCursor();
  const cursor = Buffer.from(written, 'base64url').toString();
  if (cursor.includes('\0')) throw badCursor();
  return cursor;
}

function badCursor(): CatalogError {
  return new CatalogError('malformed', 'cursor-malformed', {
    vi: 'Con trỏ trang không đúng; hãy theo liên kết "next" hoặc bắt đầu lại từ trang đầu.',
    en: 'The cursor is not right; follow the link "next", or begin again at the first page.',
  });
}

/** The name of an uploaded file: from the query, from Content-Disposition, or from the distribution. RFC 6266. */
function fileNameOf(request: Request): string {
  const asked = queryOf(request).get('filename');
  const disposition = request.get('Content-Disposition') ?? '';
  const extended = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1];
  if (extended !== undefined) {
    try {
      return decodeURIComponent(extended);
    } catch {
      // Not what RFC 8187 says; the plain name below may be.
    }
  }
  const plain = /filename="?([^";]+)"?/i.exec(disposition)?.[1];
  return asked ?? plain ?? String(request.params['distributionId']);
}
