import { Router } from 'express';
import { changePassword } from '../../../catalog/access/change-password.ts';
import { sessionRepository } from '../../../catalog/access/session-repository.ts';
import { endSession } from '../../../catalog/access/sessions.ts';
import { accountPage } from '../../pages/account-page.ts';
import { findingsOf } from '../../pages/findings.ts';
import { show, titled } from '../show-page.ts';
import { agencyNames } from './agency-names.ts';
import {
  inEveryLanguage,
  type SignedInVisit,
  type WorkspaceDeps,
  type WorkspaceHandlers,
} from './handlers.ts';
import { clientOf } from './sign-in.ts';

/** `/workspace/account`: one's own password and sessions. */
export function accountRoutes(
  { workspacePage, workspaceAction }: WorkspaceHandlers,
  deps: WorkspaceDeps,
): Router {
  const router = Router();

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
    const model = accountPage({ visitor, sessions, agencies, findings }, context);
    return show('workspace-account', model, {
      title: titled('workspace.account.heading', context),
      nav: 'account',
    });
  }
}
