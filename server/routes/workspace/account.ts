import { Router } from 'express';
import { changePassword } from '../../../catalog/access/change-password.ts';
import { sessionRepository } from '../../../catalog/access/session-repository.ts';
import { endSession } from '../../../catalog/access/sessions.ts';
import { clientOf } from '../../http/client-of.ts';
import { accountPage } from '../../pages/account-page.ts';
import { findingsOf } from '../../pages/findings.ts';
import { show, titled } from '../show-page.ts';
import { agencyNames } from './agency-names.ts';
import { inEveryLanguage, type SignedInVisit, type WorkspaceHandlers } from './handlers.ts';
import type { SingleSignOnDeps } from './single-sign-on.ts';

/** `/workspace/account`: one's own password and sessions. */
export function accountRoutes(
  { workspacePage, workspaceAction }: WorkspaceHandlers,
  deps: SingleSignOnDeps,
): Router {
  const router = Router();
  const mayLink = deps.singleSignOn !== undefined;

  router.get(
    inEveryLanguage('/workspace/account'),
    workspacePage((visit) => ownPage(visit)),
  );

  router.post(
    inEveryLanguage('/workspace/account'),
    workspaceAction(async (visit, form) => {
      const { address } = clientOf(visit.request);
      const current = form.get('current') ?? '';
      const next = form.get('password') ?? '';
      try {
        await changePassword(visit.visitor, { current, next, address }, deps);
      } catch (error) {
        return ownPage(visit, error);
      }
      return '/workspace/account?done=password';
    }),
  );

  router.post(
    inEveryLanguage('/workspace/account/sessions/:id/end'),
    workspaceAction(async ({ request, visitor }) => {
      await endSession(visitor, String(request.params['id']), deps);
      return '/workspace/account?done=session';
    }),
  );

  return router;

  async function ownPage({ context, visitor }: SignedInVisit, error?: unknown) {
    const sessions = await sessionRepository(deps.database.current).list(visitor.account.id);
    const agencies = await agencyNames(deps);
    const findings = findingsOf(error, context.lang);
    const model = accountPage({ visitor, sessions, agencies, findings, mayLink }, context);
    return show('workspace-account', model, {
      title: titled('workspace.account.heading', context),
      nav: 'account',
    });
  }
}
