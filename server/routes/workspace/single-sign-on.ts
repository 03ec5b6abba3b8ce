import { type Request, type Response, Router } from 'express';
import { isSame, keyedHash } from '../../../catalog/access/keyed-hash.ts';
import { linkIdentity, signInByOidc } from '../../../catalog/access/sign-in-by-oidc.ts';
import { CatalogError } from '../../../catalog/kernel/errors.ts';
import { visitorOf } from '../../http/authenticate.ts';
import { clientOf } from '../../http/client-of.ts';
import { assertOwnForm } from '../../http/csrf.ts';
import { languageOf } from '../../http/language.ts';
import { queryOf } from '../../http/read-parameters.ts';
import { cookieOf, sessionKeyOf, setCookie, setSessionKey } from '../../http/session-cookie.ts';
import type { SingleSignOn, Ticket } from '../../http/single-sign-on.ts';
import { localised } from '../../pages/page-context.ts';
import { inEveryLanguage, type WorkspaceDeps, type WorkspaceHandlers } from './handlers.ts';
import { safeNext } from './sign-in-again.ts';

/** The path that the provider sends people back to; it is registered there. */
export const callbackPath = '/workspace/sign-in/oidc/callback';

export type SingleSignOnDeps = WorkspaceDeps & {
  /** Absent: there is none. */
  readonly singleSignOn: SingleSignOn | undefined;
};

/** What waits in a cookie while somebody is at the provider. */
interface Pending extends Ticket {
  readonly next: string;
  readonly lang: 'vi' | 'en';
  /** Whether somebody who is signed in wants to come this way from now on. */
  readonly isLink: boolean;
}

const patienceSeconds = 600;

/** `/workspace/sign-in/oidc`: to the provider and back. Not there when no provider is set. */
export function singleSignOnRoutes(
  { doorPage }: WorkspaceHandlers,
  deps: SingleSignOnDeps,
): Router {
  const router = Router();
  const { singleSignOn, baseURL } = deps;
  if (!singleSignOn) return router;

  router.get(inEveryLanguage('/workspace/sign-in/oidc'), async (request, response) => {
    const query = queryOf(request);
    const link = query.get('link');
    // Only our own page may link: else another site could bind somebody's account to an identity of its own.
    if (link !== null) assertOwnForm(request, sessionKeyOf(request, baseURL), link, deps);
    const { url, ticket } = await singleSignOn.begin();
    const lang = languageOf(request);
    keep(response, { ...ticket, lang, next: safeNext(query.get('next')), isLink: link !== null });
    response.set('Cache-Control', 'no-store').redirect(303, url);
  });

  router.get(
    callbackPath,
    doorPage(async ({ request, response }) => {
      const pending = pendingOf(request);
      setCookie(response, 'oidc', 'done', baseURL);
      const at = request.originalUrl.indexOf('?');
      const search = at < 0 ? '' : request.originalUrl.slice(at);
      const identity = await singleSignOn.finish(search, pending);
      const visitor = pending.isLink ? await visitorOf(request, deps) : undefined;
      if (visitor) await linkIdentity(visitor, identity, deps);
      else setSessionKey(response, await signInByOidc(identity, clientOf(request), deps), baseURL);
      return localised(pending.lang, pending.next);
    }),
  );

  router.get(inEveryLanguage('/workspace/sign-out/oidc'), async (_request, response) => {
    const url = await singleSignOn.signOutURL();
    response.set('Cache-Control', 'no-store').redirect(303, url ?? '/workspace/sign-in');
  });

  return router;

  /** Signed, so that what comes back is what was kept. */
  function keep(response: Response, pending: Pending): void {
    const text = Buffer.from(JSON.stringify(pending)).toString('base64url');
    setCookie(response, 'oidc', `${text}.${seal(text)}`, baseURL, patienceSeconds);
  }

  /** @throws {CatalogError} `invalid` / `single-sign-on-failed` when nobody went out from this browser */
  function pendingOf(request: Request): Pending {
    const [text = '', sealed = ''] = (cookieOf(request, 'oidc', baseURL) ?? '').split('.');
    if (text !== '' && isSame(sealed, seal(text))) {
      return JSON.parse(Buffer.from(text, 'base64url').toString()) as Pending;
    }
    throw new CatalogError('invalid', 'single-sign-on-failed', {
      vi: 'Đăng nhập một lần đã quá mười phút hoặc không bắt đầu từ trình duyệt này; hãy bắt đầu lại.',
      en: 'The single sign-on took more than ten minutes, or did not begin in this browser; begin again.',
    });
  }

  function seal(text: string): string {
    return keyedHash(deps.secret, 'oidc', text);
  }
}
