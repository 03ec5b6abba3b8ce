import { Router } from 'express';
import { createToken, listTokens, revokeToken } from '../../../catalog/access/agency-tokens.ts';
import type { TokenRepository } from '../../../catalog/access/token-repository.ts';
import { findingsOf } from '../../pages/findings.ts';
import { tokenInputOf, tokensPage } from '../../pages/tokens-page.ts';
import { show, titled } from '../show-page.ts';
import { agencyNames } from './agency-names.ts';
import {
  inEveryLanguage,
  type SignedInVisit,
  type WorkspaceDeps,
  type WorkspaceHandlers,
} from './handlers.ts';

export type TokenRouteDeps = WorkspaceDeps & { readonly tokens: TokenRepository };

/** `/workspace/tokens`: what machines of an agency come with. */
export function tokenRoutes(
  { workspacePage, workspaceAction }: WorkspaceHandlers,
  deps: TokenRouteDeps,
): Router {
  const router = Router();

  router.get(
    inEveryLanguage('/workspace/tokens'),
    workspacePage((visit) => listPage(visit)),
  );

  router.post(
    inEveryLanguage('/workspace/tokens'),
    workspaceAction(async (visit, form) => {
      const input = tokenInputOf(form);
      try {
        const { token } = await createToken(input, visit.actor, deps);
        const model = { token, label: input.label, back: visit.context.url('/workspace/tokens') };
        return { ...tokenPage('workspace-token-made', model, visit), status: 200 };
      } catch (error) {
        return listPage(visit, { input, error });
      }
    }),
  );

  router.post(
    inEveryLanguage('/workspace/tokens/:id/revoke'),
    workspaceAction(async ({ request, actor }) => {
      await revokeToken(String(request.params['id']), actor, deps);
      return '/workspace/tokens?done=token';
    }),
  );

  return router;

  async function listPage(
    visit: SignedInVisit,
    tried?: { readonly input: ReturnType<typeof tokenInputOf>; readonly error: unknown },
  ) {
    const { actor, context } = visit;
    const tokens = await listTokens(actor, deps);
    const agencies = await agencyNames(deps);
    const findings = findingsOf(tried?.error, context.lang);
    const now = deps.clock();
    const shown = { tokens, agencies, actor, now, input: tried?.input, findings };
    return tokenPage('workspace-tokens', tokensPage(shown, context), visit);
  }

  function tokenPage(name: string, model: object, { context }: SignedInVisit) {
    return show(name, model, { title: titled('workspace.tokens.heading', context), nav: 'tokens' });
  }
}
