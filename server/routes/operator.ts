import { type Request, type Response, Router } from 'express';
import { datasetRepository } from '../../catalog/inventory/dataset-repository.ts';
import { CatalogError } from '../../catalog/kernel/errors.ts';
import { datasetStates } from '../../catalog/model/lifecycle.ts';
import type { Database } from '../../catalog/storage/database.ts';
import type { UsageRecorder } from '../../catalog/usage/usage-recorder.ts';

export interface OperatorDeps {
  readonly database: Database;
  readonly usage: UsageRecorder;
}

/** What the operator's tools ask: is it alive, is it ready, how is it doing. */
export function operatorRoutes(deps: OperatorDeps): Router {
  const router = Router();

  router.get('/healthz', (_request: Request, response: Response) => {
    response.set('Cache-Control', 'no-store').json({ status: 'ok' });
  });

  router.get('/readyz', async (_request: Request, response: Response) => {
    const ready = await deps.database.isReady().catch(() => false);
    if (!ready) {
      throw new CatalogError('unavailable', 'database-not-ready', {
        vi: 'Cơ sở dữ liệu chưa sẵn sàng; hãy kiểm tra DATABASE_URL và chạy khue migrate.',
        en: 'The database is not ready; check DATABASE_URL and run khue migrate.',
      });
    }
    response.set('Cache-Control', 'no-store').json({ status: 'ready' });
  });

  router.get('/metrics', async (_request: Request, response: Response) => {
    const counts = await datasetRepository(deps.database.read).countByState();
    const memory = process.memoryUsage();
    const lines = [
      '# HELP khue_datasets Datasets by state.',
      '# TYPE khue_datasets gauge',
      ...datasetStates.map((state) => `khue_datasets{state="${state}"} ${counts.get(state) ?? 0}`),
      '# HELP khue_usage_events_lost_total Events of use that could not be kept.',
      '# TYPE khue_usage_events_lost_total counter',
      `khue_usage_events_lost_total ${deps.usage.lost}`,
      '# HELP khue_usage_events_waiting Events of use that wait to be written.',
      '# TYPE khue_usage_events_waiting gauge',
      `khue_usage_events_waiting ${deps.usage.waiting}`,
      '# HELP process_resident_memory_bytes Resident memory size in bytes.',
      '# TYPE process_resident_memory_bytes gauge',
      `process_resident_memory_bytes ${memory.rss}`,
      '# HELP process_uptime_seconds How long the process has run.',
      '# TYPE process_uptime_seconds gauge',
      `process_uptime_seconds ${Math.round(process.uptime())}`,
    ];
    response.set('Content-Type', 'text/plain; version=0.0.4; charset=utf-8');
    response.send(`${lines.join('\n')}\n`);
  });

  return router;
}
