import { type Request, type Response, Router } from 'express';
import { agencyRepository } from '../../catalog/inventory/agency-repository.ts';
import { getDatasetQuality } from '../../catalog/inventory/dataset-quality.ts';
import { getDataset } from '../../catalog/inventory/get-dataset.ts';
import { getAgencyQuality } from '../../catalog/quality/agency-quality.ts';
import { answer } from '../http/answer.ts';
import { type AuthenticateDeps, actorOf } from '../http/authenticate.ts';
import { agencyNotFound } from './feeds.ts';

/** `/api/v1/{datasets,agencies}/{id}/quality`: scores, with what would raise them, and their history. */
export function qualityRoutes(deps: AuthenticateDeps): Router {
  const router = Router();
  const db = deps.database.read;

  router.get('/datasets/:id/quality', async (request: Request, response: Response) => {
    const actor = await actorOf(request, deps, 'datasets:read');
    const { record } = await getDataset(String(request.params['id']), actor, db);
    const quality = await getDatasetQuality(record, db, deps);
    await answer(request, response, {
      mediaType: 'application/json',
      ...(actor && { cacheControl: 'private, no-cache' }),
      write: () => JSON.stringify({ dataset: record.id, ...quality }),
    });
  });

  router.get('/agencies/:id/quality', async (request: Request, response: Response) => {
    const id = String(request.params['id']);
    if (!(await agencyRepository(db).find(id))) throw agencyNotFound(id);
    const quality = await getAgencyQuality(id, db);
    await answer(request, response, {
      mediaType: 'application/json',
      write: () => JSON.stringify({ agency: id, ...quality }),
    });
  });

  return router;
}
