import { Router } from 'express';
import { agenciesOf, assertMay } from '../../../catalog/access/actor.ts';
import type { InventoryDeps } from '../../../catalog/inventory/register-dataset.ts';
import { localDate } from '../../../catalog/kernel/clock.ts';
import { roles } from '../../../catalog/model/lifecycle.ts';
import { moveCommitment } from '../../../catalog/plan/move-commitment.ts';
import { describeProposals, proposalLines } from '../../../catalog/plan/plan-entries.ts';
import { planVersionRepository } from '../../../catalog/plan/plan-version-repository.ts';
import { plannedWork } from '../../../catalog/plan/planned-work.ts';
import { standingsOf } from '../../../catalog/plan/standings.ts';
import { queryOf } from '../../http/read-parameters.ts';
import { findingsOf } from '../../pages/findings.ts';
import { planBoardPage, selectBoard } from '../../pages/plan-board-page.ts';
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
      return board(visit, { error, id: field('id'), form });
    }
    const search = new URLSearchParams({
      ...(field('agency') !== '' && { agency: field('agency') }),
      ...(Number(field('page')) > 1 && { page: field('page') }),
      done: 'moved',
    });
    return `/workspace/plans/${year}/board?${search}`;
  }

  async function board(
    { actor, context, request }: SignedInVisit,
    tried?: { readonly error: unknown; readonly id: string; readonly form: URLSearchParams },
  ) {
    const year = readPlanYear(request);
    const own = agenciesOf(actor);
    if (own !== 'all' && own.length === 0) assertMay(actor, roles);
    const db = deps.database.current;
    const today = localDate(deps.clock());
    const [lines, agencies, latest] = await Promise.all([
      proposalLines(year, db),
      agencyNames(deps),
      planVersionRepository(db).latestHead(year),
    ]);
    const query = tried?.form ?? queryOf(request);
    const shown = {
      year,
      agency: query.get('agency') ?? '',
      view: query.get('view') === 'timeline' ? ('timeline' as const) : ('board' as const),
    };
    const seen = lines.filter(({ publisher }) => own === 'all' || own.includes(publisher));
    const selection = selectBoard({ ...shown, lines: seen }, pageOf(query));
    const selected = await describeProposals(
      year,
      selection.columns.flatMap(({ cards }) => cards),
      db,
    );
    const ids = selected.map(({ entry }) => entry.datasetId);
    const { standings } = await standingsOf(year, today, db, { ids });
    const promises = selected.map(({ entry: { datasetId, due }, state, releasedOn }) => ({
      datasetId,
      due,
      state,
      ...(releasedOn !== undefined && { releasedOn }),
    }));
    const model = planBoardPage(
      {
        ...shown,
        selection,
        cards: new Map(selected.map((card) => [card.entry.datasetId, card])),
        work: await plannedWork(promises, today, db),
        isIssued: latest !== undefined,
        standings,
        agencies,
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

/** A page number that is none is the first. */
function pageOf(query: URLSearchParams): number {
  const page = Number(query.get('page') ?? 1);
  return Number.isSafeInteger(page) && page > 0 ? page : 1;
}
