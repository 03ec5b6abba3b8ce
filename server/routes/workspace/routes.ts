import { Router } from 'express';
import { accountRoutes } from './account.ts';
import { workspaceAnnexRoutes } from './annex.ts';
import { type AnnexImportRouteDeps, annexImportRoutes } from './annex-import.ts';
import { auditRoutes } from './audit.ts';
import { type CriteriaRouteDeps, criteriaRoutes } from './criteria.ts';
import { datasetDeskRoutes } from './dataset-desk.ts';
import { type DatasetFormDeps, datasetFormRoutes } from './dataset-form.ts';
import { createWorkspaceHandlers } from './handlers.ts';
import { type HandoverDeps, handoverRoutes } from './handover.ts';
import { homeRoutes } from './home.ts';
import { inquiryRoutes } from './inquiries.ts';
import { type InventoryRouteDeps, inventoryRoutes } from './inventory.ts';
import { linkRoutes } from './links.ts';
import { type MailRouteDeps, mailRoutes } from './mail.ts';
import { noticeRoutes } from './notices.ts';
import { peopleRoutes } from './people.ts';
import { planBoardRoutes } from './plan-board.ts';
import { planCriteriaRoutes } from './plan-criteria.ts';
import { type PlanRouteDeps, planRoutes } from './plans.ts';
import { type ReportWorkDeps, workspaceReportRoutes } from './reports.ts';
import { type ReuseRouteDeps, reuseModerationRoutes } from './reuses.ts';
import { type RevisionDeps, revisionRoutes } from './revisions.ts';
import { signInRoutes } from './sign-in.ts';
import { type SingleSignOnDeps, singleSignOnRoutes } from './single-sign-on.ts';
import { type TokenRouteDeps, tokenRoutes } from './tokens.ts';
import type { WorkspaceHomeDeps } from './work-section.ts';

export interface WorkspaceRoutesDeps
  extends SingleSignOnDeps,
    WorkspaceHomeDeps,
    TokenRouteDeps,
    DatasetFormDeps,
    RevisionDeps,
    InventoryRouteDeps,
    ReuseRouteDeps,
    PlanRouteDeps,
    HandoverDeps,
    MailRouteDeps,
    CriteriaRouteDeps,
    AnnexImportRouteDeps,
    ReportWorkDeps {}

/** `/workspace` and `/en/workspace`: what people do who are signed in. A part of it is a file here. */
export function workspaceRoutes(deps: WorkspaceRoutesDeps): Router {
  const router = Router();
  const handlers = createWorkspaceHandlers(deps);
  for (const routes of [
    homeRoutes(handlers, deps),
    signInRoutes(handlers, deps),
    singleSignOnRoutes(handlers, deps),
    linkRoutes(handlers, deps),
    datasetFormRoutes(handlers, deps),
    revisionRoutes(handlers, deps),
    reuseModerationRoutes(handlers, deps),
    inquiryRoutes(handlers, deps),
    planRoutes(handlers, deps),
    planBoardRoutes(handlers, deps),
    planCriteriaRoutes(handlers, deps),
    accountRoutes(handlers, deps),
    peopleRoutes(handlers, deps),
    tokenRoutes(handlers, deps),
    criteriaRoutes(handlers, deps),
    auditRoutes(handlers, deps),
    handoverRoutes(handlers, deps),
    mailRoutes(handlers, deps),
    noticeRoutes(handlers, deps),
    inventoryRoutes(handlers, deps),
    datasetDeskRoutes(handlers, deps),
    workspaceAnnexRoutes(handlers, deps),
    annexImportRoutes(handlers, deps),
    workspaceReportRoutes(handlers, deps),
  ]) {
    router.use(routes);
  }
  return router;
}
