import { Router } from 'express';
import { type Dataset, datasetRepository } from '../../../catalog/inventory/dataset-repository.ts';
import type { InventoryDeps } from '../../../catalog/inventory/register-dataset.ts';
import { restoreRevision } from '../../../catalog/inventory/restore-revision.ts';
import { findingsOf } from '../../pages/findings.ts';
import { revisionsPage } from '../../pages/revisions-page.ts';
import { type ShowDatasetDeps, showDatasetPage } from '../show-dataset.ts';
import { show } from '../show-page.ts';
import { agencyNames } from './agency-names.ts';
import { datasetToWorkOn } from './dataset-to-work-on.ts';
import {
  inEveryLanguage,
  type SignedInVisit,
  type WorkspaceDeps,
  type WorkspaceHandlers,
} from './handlers.ts';

export type RevisionDeps = WorkspaceDeps & InventoryDeps & Omit<ShowDatasetDeps, 'agencyNames'>;

/** `/workspace/datasets/{id}/revisions` and `…/preview`: what a dataset was, and what the public will see of it. */
export function revisionRoutes(
  { workspacePage, workspaceAction }: WorkspaceHandlers,
  deps: RevisionDeps,
): Router {
  const router = Router();
  const path = '/workspace/datasets/:id';

  router.get(
    inEveryLanguage(`${path}/revisions`),
    workspacePage(async (visit) => listPage(visit, await datasetOf(visit))),
  );
  router.post(
    inEveryLanguage(`${path}/revisions/:number/restore`),
    workspaceAction(async (visit, form) => {
      const dataset = await datasetOf(visit);
      const { id } = dataset.record;
      const number = Number(visit.request.params['number']);
      try {
        await restoreRevision(id, number, form.get('reason') ?? '', visit.actor, deps);
      } catch (error) {
        return listPage(visit, dataset, error);
      }
      return `/workspace/datasets/${id}/edit?done=restored`;
    }),
  );
  router.get(
    inEveryLanguage(`${path}/preview`),
    workspacePage(async (visit) =>
      showDatasetPage(
        await datasetOf(visit),
        { ...deps, agencyNames: () => agencyNames(deps) },
        visit.context,
      ),
    ),
  );
  return router;

  function datasetOf({ request, actor }: SignedInVisit): Promise<Dataset> {
    return datasetToWorkOn(String(request.params['id']), actor, deps);
  }

  async function listPage({ context }: SignedInVisit, dataset: Dataset, error?: unknown) {
    const revisions = await datasetRepository(deps.database.current).listRevisions(
      dataset.record.id,
    );
    const { problems } = findingsOf(error, context.lang);
    const model = revisionsPage(dataset, revisions, problems, context);
    const title = `${model.heading} · ${context.t('site.name')}`;
    return show('workspace-revisions', model, { title, nav: 'datasets' });
  }
}
