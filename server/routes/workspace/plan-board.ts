import { Router } from 'express';
import { agenciesOf, assertMay } from '../../../catalog/access/actor.ts';
import type { InventoryDeps } from '../../../catalog/inventory/register-dataset.ts';
import { localDate } from '../../../catalog/kernel/clock.ts';
import { roles } from '../../../catalog/model/lifecycle.ts';
import { moveCommitment } from '../../../catalog/plan/move-commitment.ts';
import { proposalsOf } from '../../../catalog/plan/plan-entries.ts';
import { planVersionRepository } from '../../../catalog/plan/plan-version-repository.ts';
import { commitmentsOf } from '../../../catalog/plan/roadmap.ts';
import { queryOf } from '../../http/read-parameters.ts';
import { findingsOf } from '../../pages/findings.ts';
import { planBoardPage } from '../../pages/plan-board-page.ts';
import { readPlanYear } from '../annex.ts';
import { show } from '../show-page.ts';
import { agencyNames } from './agency-names.ts';
import {
  inEveryLanguage,
  type Outcome,
  type SignedInVisit,
  type WorkspaceDeps,
  type WorkspaceHandlers,
} from './handlers.ts';

/** `/workspace/plans/{year}/board`: the year's work by quarter, to be moved by hand or by form. */
export function planBoardRoutes(
  { workspacePage, workspaceAction }: WorkspaceHandlers,
  deps: WorkspaceDeps & InventoryDeps,
): Router {
  const router = Router();
  const address = inEveryLanguage('/workspace/plans/:year/board');
  router.get(
    address,
    workspacePage((visit) => board(visit)),
  );
  router.post(address, workspaceAction(move));
  return router;

  async function move(visit: SignedInVisit, form: URLSearchParams): Promise<Outcome> {
    const year = readPlanYear(visit.request);
    const field = (name: string) => form.get(name) ?? '';
    const wanted = { from: field('from'), due: field('due'), reason: field('reason') };
    try {
      await moveCommitment(year, field('id'), wanted, visit.actor, deps);
    } catch (error) {
      return board(visit, { error, id: field('id'), agency: field('agency') });
    }
    const search = new URLSearchParams({
      ...(field('agency') !== '' && { agency: field('agency') }),
      done: 'moved',
    });
    return `/workspace/plans/${year}/board?${search}`;
  }

  async function board(
    { actor, context, request }: SignedInVisit,
    tried?: { readonly error: unknown; readonly id: string; readonly agency: string },
  ) {
    const year = readPlanYear(request);
    const own = agenciesOf(actor);
    if (own !== 'all' && own.length === 0) assertMay(actor, roles);
    const db = deps.database.current;
    const today = localDate(deps.clock());
    const [proposals, commitments, agencies, latest] = await Promise.all([
      proposalsOf(year, db),
      commitmentsOf(year, today, db),
      agencyNames(deps),
      planVersionRepository(db).latest(year),
    ]);
    const model = planBoardPage(
      {
        year,
        isIssued: latest !== undefined,
        proposals: proposals.filter(({ entry }) => own === 'all' || own.includes(entry.publisher)),
        commitments,
        agencies,
        agency: tried?.agency ?? queryOf(request).get('agency') ?? '',
        actor,
        today,
        findings: findingsOf(tried?.error, context.lang),
        tried: tried?.id ?? '',
      },
      context,
    );
    const title = `${model.heading} · ${context.t('site.name')}`;
    return show('workspace-plan-board', model, { title, nav: 'plans' });
  }
}
