import { Router } from 'express';
import { show, titled } from '../show-page.ts';
import { loadDueSection } from './due-section.ts';
import { inEveryLanguage, type WorkspaceHandlers } from './handlers.ts';
import { loadInquirySection } from './inquiry-section.ts';
import { inventorySections } from './inventory-sections.ts';
import { loadMilestoneSection } from './milestone-section.ts';
import { reportSection } from './report-section.ts';
import { reuseSection } from './reuse-section.ts';
import type { LoadSection, WorkspaceHomeDeps } from './work-section.ts';

/** The sections of “my work”, in their order. */
const sections: readonly LoadSection[] = [
  loadDueSection,
  loadMilestoneSection,
  ...inventorySections,
  loadInquirySection,
  reportSection,
  reuseSection,
];

export function homeRoutes({ workspacePage }: WorkspaceHandlers, deps: WorkspaceHomeDeps): Router {
  const router = Router();
  router.get(
    inEveryLanguage('/workspace'),
    workspacePage(async (visit) => {
      const loaded = await Promise.all(sections.map((load) => load(visit, deps)));
      const { account } = visit.visitor;
      const model = {
        name: account.name,
        roles: account.grants.length > 0,
        sections: loaded.filter((section) => section !== undefined),
      };
      return show('workspace-home', model, {
        title: titled('workspace.home.heading', visit.context),
        nav: 'home',
      });
    }),
  );
  return router;
}
