import { type Request, Router } from 'express';
import { endSession } from '../../../catalog/access/sessions.ts';
import { signIn } from '../../../catalog/access/sign-in.ts';
import { CatalogError } from '../../../catalog/kernel/errors.ts';
import { visitorOf } from '../../http/authenticate.ts';
import { clientOf } from '../../http/client-of.ts';
import { queryOf } from '../../http/read-parameters.ts';
import { clearSessionKey, cookieOf, setSessionKey } from '../../http/session-cookie.ts';
import { inEveryLanguage, type WorkspaceHandlers } from './handlers.ts';
import { keptFormPage, safeNext, signInPage } from './sign-in-again.ts';
import type { SingleSignOnDeps } from './single-sign-on.ts';

/** `/workspace/sign-in` and `/workspace/sign-out`. */
export function signInRoutes(
  { doorPage, doorAction, workspaceAction }: WorkspaceHandlers,
  deps: SingleSignOnDeps,
): Router {
  const router = Router();
  const hasOidc = deps.singleSignOn !== undefined;
  const path = inEveryLanguage('/workspace/sign-in');

  router.get(
    path,
    doorPage(async ({ request, context }) => {
      const next = queryOf(request).get('next');
      if (await visitorOf(request, deps)) return safeNext(next);
      const isAtProvider = queryOf(request).get('done') === 'signed-out' && wasAtProvider(request);
      return signInPage(context, { next: safeNext(next), hasOidc, isAtProvider });
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
          ...signInPage(context, { email, next, problem, hasOidc, ...(kept && { kept }) }),
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
      return '/workspace/sign-in?done=signed-out';
    }),
  );

  return router;

  /** Whether somebody came by single sign-on in this browser, where the provider still knows them. */
  function wasAtProvider(request: Request): boolean {
    return hasOidc && cookieOf(request, 'oidc', deps.baseURL) === 'done';
  }
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
