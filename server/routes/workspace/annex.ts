import { Router } from 'express';
import { assertMay } from '../../../catalog/access/actor.ts';
import { annexDraft, issuedAnnex } from '../../../catalog/plan/annex-entries.ts';
import { annexFile, readPlanYear } from '../annex.ts';
import { readVersion } from '../read-version.ts';
import { inEveryLanguage, type WorkspaceDeps, type WorkspaceHandlers } from './handlers.ts';

/** `/workspace/plans/{year}/annex.*`: the annex of the next decision as a draft, or that of a version, notes and all. */
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
      const { suffix } = request.params;
      const version = readVersion(request);
      if (version === undefined) {
        const found = await annexDraft(year, database.current);
        // An annex is in Vietnamese whatever the pages are in.
        return annexFile({ year, suffix, found, draft: 'DỰ THẢO' }, database.current);
      }
      const found = await issuedAnnex(year, version, database.current);
      return annexFile({ year, suffix, found }, database.current);
    }),
  );
  return router;
}
