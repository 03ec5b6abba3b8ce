import { Router } from 'express';
import { acceptLink, openLink } from '../../../catalog/access/one-time-links.ts';
import { passwordLength } from '../../../catalog/access/password.ts';
import { welcome } from '../../../catalog/access/sign-in.ts';
import { clientOf } from '../../http/client-of.ts';
import { queryOf } from '../../http/read-parameters.ts';
import { setSessionKey } from '../../http/session-cookie.ts';
import { findingsOf } from '../../pages/findings.ts';
import { show, titled } from '../show-page.ts';
import {
  inEveryLanguage,
  type Visit,
  type WorkspaceDeps,
  type WorkspaceHandlers,
} from './handlers.ts';

/**
 * `/workspace/link?key=…`: invitations, new passwords, and the set-up of the first start. The secret stands in the query,
 * which no log of ours keeps.
 */
export function linkRoutes(
  { doorPage, doorAction }: WorkspaceHandlers,
  deps: WorkspaceDeps,
): Router {
  const router = Router();
  const path = inEveryLanguage('/workspace/link');

  router.get(
    path,
    doorPage((visit) => linkPage(visit, { email: '', name: '' })),
  );

  router.post(
    path,
    doorAction(async (visit, form) => {
      const { request, response } = visit;
      const person = { email: form.get('email') ?? '', name: form.get('name')?.trim() ?? '' };
      const password = form.get('password') ?? '';
      try {
        const account = await acceptLink(keyOf(visit), password, person, deps);
        const key = await welcome(account, 'session.sign-in', clientOf(request), deps);
        setSessionKey(response, key, deps.baseURL);
        return '/workspace?done=welcome';
      } catch (error) {
        return linkPage(visit, person, error);
      }
    }),
  );

  return router;

  /** @throws {CatalogError} `gone` / `link-used` */
  async function linkPage(
    visit: Visit,
    person: { readonly email: string; readonly name: string },
    error?: unknown,
  ) {
    const { context } = visit;
    const { account } = await openLink(keyOf(visit), deps);
    const heading = account ? 'workspace.link.heading' : 'workspace.setUp.heading';
    const model = {
      action: context.url(`/workspace/link?key=${encodeURIComponent(keyOf(visit))}`),
      isSetUp: account === undefined,
      email: account?.email ?? person.email,
      name: account?.name ?? person.name,
      least: passwordLength.least,
      findings: findingsOf(error, context.lang),
    };
    const page = show('workspace-link', model, { title: titled(heading, context) });
    return error === undefined ? page : { ...page, status: 422 };
  }
}

function keyOf({ request }: Visit): string {
  return queryOf(request).get('key') ?? '';
}
