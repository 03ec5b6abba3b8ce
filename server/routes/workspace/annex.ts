import { Router } from 'express';
import { assertMay } from '../../../catalog/access/actor.ts';
import { annexEntries } from '../../../catalog/plan/annex-entries.ts';
import { annexFile, readPlanYear } from '../annex.ts';
import { inEveryLanguage, type WorkspaceDeps, type WorkspaceHandlers } from './handlers.ts';

/** `/workspace/plans/{year}/annex.*`: the annex as it would be issued today, with every note in it. */
export function workspaceAnnexRoutes(
  { workspaceFile }: WorkspaceHandlers,
  { database }: WorkspaceDeps,
): Router {
  const router = Router();
  router.get(
    inEveryLanguage('/workspace/plans/:year/annex.:suffix'),
    workspaceFile(async ({ actor, request }) => {
      assertMay(actor, ['coordinator', 'administrator']);
      const year = readPlanYear(request);
      const found = await annexEntries(year, database.current);
      const { suffix } = request.params;
      // An annex is in Vietnamese whatever the pages are in.
      const draft = found.decision ? {} : { draft: 'DỰ THẢO' };
      return annexFile({ year, suffix, found, ...draft }, database.current);
    }),
  );
  return router;
}
