import { type Request, type Response, Router } from 'express';
import { assertMay } from '../../catalog/access/actor.ts';
import { CatalogError } from '../../catalog/kernel/errors.ts';
import {
  moderateReuse,
  reuseActs,
  reuseModerators,
  reuseNotFound,
} from '../../catalog/reuse/moderate-reuse.ts';
import {
  type Reuse,
  type ReuseFilter,
  type ReuseState,
  reuseRepository,
  reuseStates,
} from '../../catalog/reuse/reuse-repository.ts';
import { type ReuseDeps, submitReuse } from '../../catalog/reuse/submit-reuse.ts';
import { answer } from '../http/answer.ts';
import { type AuthenticateDeps, actorOf, requireActor } from '../http/authenticate.ts';
import { choice, queryOf, wholeNumber } from '../http/read-parameters.ts';
import type { SenderKeys } from '../http/sender-keys.ts';
import { senderOf } from '../http/sender-of.ts';
import { readReuseFilter } from './read-reuse-filter.ts';

export interface ApiReuseDeps extends AuthenticateDeps, ReuseDeps {
  readonly senderKey: SenderKeys;
}

const limit = { from: 1, to: 100, otherwise: 50 };
const everyPage = { from: 1, to: 1_000_000, otherwise: 1 };

/** `/api/v1/reuses`: what was made with the data; anybody registers, a moderator publishes. */
export function apiReuseRoutes(deps: ApiReuseDeps): Router {
  const router = Router();
  const { baseURL } = deps;

  router.get('/reuses', async (request: Request, response: Response) => {
    const query = queryOf(request);
    const state = choice<ReuseState>(query, 'state', reuseStates) ?? 'published';
    const isPublic = state === 'published';
    if (!isPublic) {
      assertMay(await requireActor(request, deps, 'reuses:moderate'), reuseModerators);
    }
    const asked = readReuseFilter(query);
    const filter: ReuseFilter = { ...asked.filter, states: [state] };
    const size = wholeNumber(query, 'limit', limit);
    const page = wholeNumber(query, 'page', everyPage);
    const repository = reuseRepository(isPublic ? deps.database.read : deps.database.current);
    const [items, total] = await Promise.all([
      repository.list(filter, (page - 1) * size, size, asked.order),
      repository.count(filter),
    ]);
    const view = isPublic ? publicReuse : moderatorsReuse;
    const body = { total, items: items.map((item) => view(item, baseURL)) };
    await answer(request, response, json(body, isPublic));
  });

  router.post('/reuses', async (request: Request, response: Response) => {
    const sender = await senderOf(request, deps);
    const { reuse, key } = await submitReuse(request.body, undefined, sender, deps);
    response
      .status(201)
      .location(`${baseURL}/api/v1/reuses/${reuse.id}`)
      .set('Cache-Control', 'no-store')
      .json({
        ...publicReuse(reuse, baseURL),
        state: reuse.state,
        manage: `${baseURL}/reuse/manage?key=${key}`,
      });
  });

  router.get('/reuses/:id', async (request: Request, response: Response) => {
    const actor = await actorOf(request, deps, 'reuses:moderate');
    const id = String(request.params['id']);
    const reuse = await reuseRepository(deps.database.current).find(id);
    if (!reuse) throw reuseNotFound(id);
    if (actor) assertMay(actor, reuseModerators);
    else assertPublished(reuse);
    const body = actor ? moderatorsReuse(reuse, baseURL) : publicReuse(reuse, baseURL);
    await answer(request, response, json(body, actor === undefined));
  });

  for (const act of reuseActs) {
    router.post(`/reuses/:id/${act}`, async (request: Request, response: Response) => {
      const actor = await requireActor(request, deps, 'reuses:moderate');
      const { reason } = (request.body ?? {}) as { readonly reason?: unknown };
      const id = String(request.params['id']);
      const said = typeof reason === 'string' ? reason : undefined;
      const reuse = await moderateReuse(id, act, said, actor, deps);
      response.set('Cache-Control', 'no-store').json(moderatorsReuse(reuse, baseURL));
    });
  }

  return router;
}

/**
 * What waits, or was rejected, is not there for the public; what was withdrawn is gone.
 *
 * @throws {CatalogError} `not-found` / `reuse-not-found`; `gone` / `reuse-withdrawn`
 */
export function assertPublished({ id, state, publishedAt }: Reuse): void {
  if (state === 'published') return;
  if (state !== 'withdrawn' || publishedAt === undefined) throw reuseNotFound(id);
  throw new CatalogError('gone', 'reuse-withdrawn', {
    vi: 'Sản phẩm này đã được gỡ khỏi thư viện.',
    en: 'This reuse was taken off the gallery.',
  });
}

/** What everybody may know of a reuse. */
function publicReuse({ id, record, ...reuse }: Reuse, baseURL: string) {
  const { picture, ...told } = record;
  return {
    id,
    ...told,
    page: `${baseURL}/reuse/${id}`,
    ...(picture && { picture: `${baseURL}/reuse/${id}/picture` }),
    ...(reuse.publishedAt !== undefined && { publishedAt: reuse.publishedAt }),
    link: {
      ...(reuse.checkedAt !== undefined && { checkedAt: reuse.checkedAt }),
      ...(reuse.deadSince !== undefined && { deadSince: reuse.deadSince }),
      ...(reuse.provenAt !== undefined && { linksBackAt: reuse.provenAt }),
    },
  };
}

function moderatorsReuse(reuse: Reuse, baseURL: string) {
  const { state, email, revision, reason, submittedAt } = reuse;
  return { ...publicReuse(reuse, baseURL), state, email, revision, reason, submittedAt };
}

function json(body: object, isPublic: boolean) {
  return {
    mediaType: 'application/json',
    ...(!isPublic && { cacheControl: 'private, no-store' }),
    write: () => JSON.stringify(body),
  };
}
