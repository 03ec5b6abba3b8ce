import { type Request, Router } from 'express';
import { assertMay } from '../../../catalog/access/actor.ts';
import type { IndicatorKeeper } from '../../../catalog/criteria/keep-indicators.ts';
import { localDate } from '../../../catalog/kernel/clock.ts';
import { closeReport } from '../../../catalog/reports/close-report.ts';
import { reportFigures } from '../../../catalog/reports/report-figures.ts';
import type { ReportPaper } from '../../../catalog/reports/report-paper.ts';
import { reportRepository } from '../../../catalog/reports/report-repository.ts';
import { reportsUpTo, scheduledReport } from '../../../catalog/reports/report-schedule.ts';
import type { UsageRecorder } from '../../../catalog/usage/usage-recorder.ts';
import { queryOf } from '../../http/read-parameters.ts';
import { closingForm, reportLine, reportPage } from '../../pages/report-pages.ts';
import { closedPaper, closedReportOf, reportFile } from '../report-files.ts';
import { lastVersions } from '../reports.ts';
import { show, titled } from '../show-page.ts';
import {
  inEveryLanguage,
  type SignedInVisit,
  type WorkspaceDeps,
  type WorkspaceHandlers,
} from './handlers.ts';

export interface ReportWorkDeps extends WorkspaceDeps {
  readonly indicators: IndicatorKeeper;
  readonly usage: UsageRecorder;
}

interface Tried {
  readonly error: unknown;
  readonly remarks: string;
  readonly reason: string;
}

/** `/workspace/reports`: the coordinator reads what a report would say today, and closes it. */
export function workspaceReportRoutes(
  { workspacePage, workspaceFile, workspaceAction }: WorkspaceHandlers,
  deps: ReportWorkDeps,
): Router {
  const router = Router();
  const db = deps.database.current;
  const today = () => localDate(deps.clock());

  router.get(
    inEveryLanguage('/workspace/reports'),
    workspacePage(async ({ actor, context }) => {
      assertMay(actor, ['coordinator', 'administrator']);
      const closed = new Map(
        lastVersions(await reportRepository(db).list()).map((head) => [head.id, head]),
      );
      const reports = reportsUpTo(today()).map((report) =>
        reportLine(report, closed.get(report.id), today(), context),
      );
      return show(
        'workspace-reports',
        { reports },
        {
          title: titled('reports.heading', context),
          nav: 'reports',
        },
      );
    }),
  );

  router.get(
    inEveryLanguage('/workspace/reports/:id.:suffix'),
    workspaceFile(async ({ actor, request, context }) => {
      assertMay(actor, ['coordinator', 'administrator']);
      return reportFile(await paperOf(request), request.params['suffix'], context);
    }),
  );

  router.get(
    inEveryLanguage('/workspace/reports/:id'),
    workspacePage((visit) => page(visit)),
  );

  router.post(
    inEveryLanguage('/workspace/reports/:id'),
    workspaceAction(async (visit, form) => {
      const { id } = scheduledReport(String(visit.request.params['id']));
      const remarks = form.get('remarks')?.trim() ?? '';
      const reason = form.get('reason')?.trim() ?? '';
      const closing = {
        ...(remarks !== '' && { remarks: { vi: remarks } }),
        ...(reason !== '' && { reason }),
      };
      try {
        await deps.usage.flush();
        await deps.indicators.take();
        await closeReport(id, closing, Number(form.get('version')) || 0, visit.actor, deps);
      } catch (error) {
        return page(visit, { error, remarks, reason });
      }
      return `/workspace/reports/${id}?done=report`;
    }),
  );

  return router;

  /** A closed version where one is asked for; else the draft of today. */
  async function paperOf(request: Request): Promise<ReportPaper> {
    if (queryOf(request).has('version')) return closedPaper(await closedReportOf(request, db));
    const report = scheduledReport(String(request.params['id']));
    await deps.usage.flush();
    await deps.indicators.freshen();
    return { figures: await reportFigures(report, today(), db) };
  }

  async function page({ actor, request, context }: SignedInVisit, tried?: Tried) {
    assertMay(actor, ['coordinator', 'administrator']);
    const paper = await paperOf(request);
    const { report } = paper.figures;
    const versions = (await reportRepository(db).list()).filter(({ id }) => id === report.id);
    const last = versions[0]?.version ?? 0;
    const address = `/workspace/reports/${report.id}`;
    const typed = tried ?? { remarks: versions[0]?.remarks?.['vi'] ?? '', reason: '' };
    const model = {
      ...reportPage(paper, versions, address, context),
      draft: paper.closed ? context.url(address) : '',
      due: reportLine(report, undefined, today(), context),
      form: closingForm({ version: last, error: tried?.error, typed }, context),
      action: context.url(address),
      isPublic: last > 0 ? context.url(`/report/${report.id}`) : '',
    };
    return show('workspace-report', model, {
      title: `${model.title} · ${context.t('site.name')}`,
      nav: 'reports',
    });
  }
}
