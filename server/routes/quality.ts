import { type Request, type Response, Router } from 'express';
import type { TokenRepository } from '../../catalog/access/token-repository.ts';
import { agencyRepository } from '../../catalog/inventory/agency-repository.ts';
import { getDatasetQuality } from '../../catalog/inventory/dataset-quality.ts';
import { getDataset } from '../../catalog/inventory/get-dataset.ts';
import type { Clock } from '../../catalog/kernel/clock.ts';
import { getAgencyQuality } from '../../catalog/quality/agency-quality.ts';
import type { Database } from '../../catalog/storage/database.ts';
import { answer } from '../http/answer.ts';
import { actorOf } from '../http/authenticate.ts';
import { agencyNotFound } from './feeds.ts';

export interface QualityDeps {
  readonly baseURL: string;
  readonly database: Database;
  readonly tokens: TokenRepository;
  readonly clock: Clock;
}

/** `/api/v1/{datasets,agencies}/{id}/quality`: scores, with what would raise them, and their history. */
export function qualityRoutes(deps: QualityDeps): Router {
  const router = Router();
  const db = deps.database.read;

  router.get('/datasets/:id/quality', async (request: Request, response: Response) => {
    const actor = await actorOf(request, deps.tokens);
    const { record } = await getDataset(String(request.params['id']), actor, db);
    response.vary('Authorization');
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
