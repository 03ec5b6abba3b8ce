import { type Request, type Response, Router } from 'express';
import type { ResourceKind } from '../../catalog/model/resource.ts';
import { getResource } from '../../catalog/publication/get-resource.ts';
import {
  type Resource,
  resourceRepository,
} from '../../catalog/publication/resource-repository.ts';
import {
  type ResourceDeps,
  saveResource,
  withdrawResource,
} from '../../catalog/publication/save-resource.ts';
import { answer } from '../http/answer.ts';
import { type AuthenticateDeps, requireActor } from '../http/authenticate.ts';
import { revisionFromIfMatch, revisionTag } from '../http/if-match.ts';
import { reasonOf } from '../http/json-body.ts';

export interface ApiResourceDeps extends ResourceDeps, AuthenticateDeps {
  readonly baseURL: string;
}

/** Where each kind is found under `/api/v1`. */
const paths: Readonly<Record<ResourceKind, string>> = { series: '/series', service: '/services' };

/** `/api/v1/series` and `/api/v1/services`: what is in the catalogue beside datasets. */
export function apiResourceRoutes(deps: ApiResourceDeps): Router {
  const router = Router();
  for (const [kind, path] of Object.entries(paths) as [ResourceKind, string][]) {
    router.get(path, async (request: Request, response: Response) => {
      const items = (await resourceRepository(deps.database.read).list(kind)).map(view);
      const write = () => JSON.stringify({ items });
      await answer(request, response, { mediaType: 'application/json', write });
    });

    router.post(path, async (request: Request, response: Response) => {
      const actor = await requireActor(request, deps, 'datasets:release');
      const made = await saveResource(kind, request.body as unknown, 'new', actor, deps);
      response.location(`${deps.baseURL}/api/v1${path}/${made.record.id}`).status(201);
      send(response, made);
    });

    router.get(`${path}/:id`, async (request: Request, response: Response) => {
      const found = await getResource(kind, idOf(request), deps.database.read);
      await answer(request, response, {
        mediaType: 'application/json',
        revision: String(found.revision),
        changedAt: found.changedAt,
        write: () => JSON.stringify(view(found)),
      });
    });

    router.put(`${path}/:id`, async (request: Request, response: Response) => {
      const actor = await requireActor(request, deps, 'datasets:release');
      const revision = revisionFromIfMatch(request) ?? 'any';
      const id = idOf(request);
      await getResource(kind, id, deps.database.read);
      // What the API shows beside a record does no harm when it is sent back.
      const { revision: _read, changedAt: _at, ...record } = (request.body ?? {}) as Fields;
      const input = { ...record, id };
      send(response, await saveResource(kind, input, revision, actor, deps));
    });

    router.post(`${path}/:id/withdraw`, async (request: Request, response: Response) => {
      const actor = await requireActor(request, deps, 'datasets:release');
      const reason = reasonOf(request.body);
      send(response, await withdrawResource(kind, idOf(request), reason, actor, deps));
    });
  }
  return router;
}

type Fields = Readonly<Record<string, unknown>>;

function idOf(request: Request): string {
  return String(request.params['id']);
}

function view({ record, revision, changedAt, isLive, reason }: Resource) {
  return { ...record, revision, changedAt, ...(!isLive && { withdrawn: true, reason }) };
}

function send(response: Response, resource: Resource): void {
  response.set({ ETag: revisionTag(resource.revision), 'Cache-Control': 'private, no-cache' });
  response.json(view(resource));
}
