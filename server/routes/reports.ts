import { type Request, type Response, Router } from 'express';
import { reportRepository } from '../../catalog/reports/report-repository.ts';
import { scheduledReport } from '../../catalog/reports/report-schedule.ts';
import type { Database } from '../../catalog/storage/database.ts';
import { publicReportsPage, reportPage } from '../pages/report-pages.ts';
import { closedPaper, closedReportOf, reportFile } from './report-files.ts';
import { contextOf, createPageHandlers, show, titled } from './show-page.ts';

export interface ReportRouteDeps {
  readonly baseURL: string;
  readonly database: Database;
}

/** `/report`: the reports that were closed, as pages and as files. */
export function reportRoutes({ baseURL, database }: ReportRouteDeps): Router {
  const router = Router();
  const db = database.read;
  const { page } = createPageHandlers(baseURL);

  for (const prefix of ['', '/en']) {
    router.get(
      `${prefix}/report`,
      page(async (context) => {
        const closed = lastVersions(await reportRepository(db).list());
        const known = closed.map((head) => ({ ...head, report: scheduledReport(head.id) }));
        known.sort((a, b) => (a.report.due < b.report.due ? 1 : -1));
        return show('reports', publicReportsPage(known, context), {
          title: titled('reports.heading', context),
          description: context.t('reports.intro'),
          nav: 'indicators',
        });
      }),
    );

    router.get(`${prefix}/report/:id.:suffix`, async (request: Request, response: Response) => {
      const closed = await closedReportOf(request, db);
      const { lang } = contextOf(request, baseURL);
      const file = await reportFile(closedPaper(closed), request.params['suffix'], {
        lang,
        baseURL,
      });
      response.type(file.mediaType);
      response.attachment(file.fileName);
      response.send(file.body);
    });

    router.get(
      `${prefix}/report/:id`,
      page(async (context, request) => {
        const closed = await closedReportOf(request, db);
        const versions = (await reportRepository(db).list()).filter(({ id }) => id === closed.id);
        const model = reportPage(closedPaper(closed), versions, `/report/${closed.id}`, context);
        return show('report', model, {
          title: `${model.title} · ${context.t('site.name')}`,
          nav: 'indicators',
          alternates: [{ type: 'application/json', href: `/api/v1/reports/${closed.id}` }],
        });
      }),
    );
  }
  return router;
}

/** The newest of each report; they come by report, the last version first. */
export function lastVersions<T extends { readonly id: string }>(heads: readonly T[]): readonly T[] {
  return heads.filter(({ id }, index) => heads[index - 1]?.id !== id);
}
