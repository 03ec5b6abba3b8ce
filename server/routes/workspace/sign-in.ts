import { type Request, Router } from 'express';
import { endSession } from '../../../catalog/access/sessions.ts';
import { type Client, signIn } from '../../../catalog/access/sign-in.ts';
import { CatalogError } from '../../../catalog/kernel/errors.ts';
import { visitorOf } from '../../http/authenticate.ts';
import { queryOf } from '../../http/read-parameters.ts';
import { clearSessionKey, setSessionKey } from '../../http/session-cookie.ts';
import { inEveryLanguage, type WorkspaceDeps, type WorkspaceHandlers } from './handlers.ts';
import { keptFormPage, safeNext, signInPage } from './sign-in-again.ts';

/** `/workspace/sign-in` and `/workspace/sign-out`. */
export function signInRoutes(
  { doorPage, doorAction, workspaceAction }: WorkspaceHandlers,
  deps: WorkspaceDeps,
): Router {
  const router = Router();
  const path = inEveryLanguage('/workspace/sign-in');

  router.get(
    path,
    doorPage(async ({ request, context }) => {
      const next = queryOf(request).get('next');
      if (await visitorOf(request, deps)) return safeNext(next);
      return signInPage(context, { next: safeNext(next) });
    }),
  );

  router.post(
    path,
    doorAction(async ({ request, response, context }, form) => {
      const email = form.get('email') ?? '';
      const next = safeNext(form.get('next'));
      const fields = form.get('kept');
      const kept = fields === null ? undefined : { path: next, fields };
      try {
        const key = await signIn(email, form.get('password') ?? '', clientOf(request), deps);
        // Another secret than before the sign-in: whoever knew the old one knows nothing of this session.
        setSessionKey(response, key, deps.baseURL);
      } catch (error) {
        const problem = refusalOf(error, context.lang);
        if (error instanceof CatalogError && error.retryAfter !== undefined) {
          response.set('Retry-After', String(error.retryAfter));
        }
        return {
          ...signInPage(context, { email, next, problem, ...(kept && { kept }) }),
          status: error instanceof CatalogError && error.kind === 'throttled' ? 429 : 422,
        };
      }
      return kept ? { ...keptFormPage(context, kept), status: 200 } : next;
    }),
  );

  router.post(
    inEveryLanguage('/workspace/sign-out'),
    workspaceAction(async ({ response, visitor }) => {
      await endSession(visitor, visitor.session.id, deps);
      clearSessionKey(response, deps.baseURL);
      return '/workspace/sign-in';
    }),
  );

  return router;
}

/** The browser and the network address that a sign-in comes from. */
export function clientOf(request: Request): Client {
  return { browser: request.get('User-Agent') ?? '', address: request.ip ?? '' };
}

/**
 * What of an error is said on the page itself.
 *
 * @throws what is no error of the catalogue
 */
export function refusalOf(error: unknown, lang: 'vi' | 'en'): string {
  if (!(error instanceof CatalogError)) throw error;
  return error.detail[lang];
}
