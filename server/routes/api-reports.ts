import { type Request, type Response, Router } from 'express';
import { type ClosedReport, reportRepository } from '../../catalog/reports/report-repository.ts';
import { scheduledReport } from '../../catalog/reports/report-schedule.ts';
import { reportTitle } from '../../catalog/reports/report-words.ts';
import type { Database } from '../../catalog/storage/database.ts';
import { answer } from '../http/answer.ts';
import { closedReportOf } from './report-files.ts';

/** `/api/v1/reports`: the reports that were closed, and the figures of each as they were kept. */
export function apiReportRoutes({ database }: { readonly database: Database }): Router {
  const router = Router();
  const db = database.read;
  const send = (request: Request, response: Response, value: object) =>
    answer(request, response, {
      mediaType: 'application/json',
      write: () => JSON.stringify(value),
    });

  router.get('/reports', async (request: Request, response: Response) => {
    const reports = await reportRepository(db).list();
    await send(request, response, { items: reports.map(toItem) });
  });

  router.get('/reports/:id', async (request: Request, response: Response) => {
    const { figures, ...head } = await closedReportOf(request, db);
    await send(request, response, { ...toItem(head), figures });
  });

  return router;
}

/** Who closed it is no business of the public's. */
function toItem({ closedBy: _by, ...head }: Omit<ClosedReport, 'figures'>) {
  const report = scheduledReport(head.id);
  return {
    ...head,
    kind: report.kind,
    year: report.year,
    due: report.due,
    title: reportTitle(report),
  };
}
