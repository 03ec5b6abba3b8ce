import { Router } from 'express';
import { assertMay } from '../../../catalog/access/actor.ts';
import { readForm } from '../../../catalog/form/form-values.ts';
import { CatalogError, type Finding } from '../../../catalog/kernel/errors.ts';
import type { PlanRecord } from '../../../catalog/model/plan.ts';
import { rankingOf } from '../../../catalog/model/priority.ts';
import { checkPlan } from '../../../catalog/plan/check-plan.ts';
import { type Plan, planRepository } from '../../../catalog/plan/plan-repository.ts';
import { planVersionRepository } from '../../../catalog/plan/plan-version-repository.ts';
import { previewRanking } from '../../../catalog/plan/preview-ranking.ts';
import { type SavePlanDeps, savePlan } from '../../../catalog/plan/save-plan.ts';
import { planCriteriaPage, rankingForm } from '../../pages/plan-criteria-page.ts';
import { readPlanYear } from '../annex.ts';
import { show } from '../show-page.ts';
import { agencyNames } from './agency-names.ts';
import { withItem, withoutItem } from './form-items.ts';
import {
  inEveryLanguage,
  type Outcome,
  type SignedInVisit,
  type WorkspaceDeps,
  type WorkspaceHandlers,
} from './handlers.ts';

/** What was typed, and what is wrong with it. */
interface Tried {
  readonly value: object;
  readonly revision: number;
  readonly findings?: readonly Finding[];
  /** Somebody else was faster. */
  readonly isStale?: boolean;
}

/** `/workspace/plans/{year}/criteria`: the coordinator writes what a plan ranks its datasets by. */
export function planCriteriaRoutes(
  { workspacePage, workspaceAction }: WorkspaceHandlers,
  deps: WorkspaceDeps & SavePlanDeps,
): Router {
  const router = Router();
  const address = inEveryLanguage('/workspace/plans/:year/criteria');
  router.get(
    address,
    workspacePage((visit) => page(visit)),
  );
  router.post(address, workspaceAction(act));
  return router;

  async function act(visit: SignedInVisit, form: URLSearchParams): Promise<Outcome> {
    const plan = await planOf(visit);
    const revision = Number(form.get('revision')) || 0;
    const [doing = 'save', name = ''] = (form.get('do') ?? 'save').split(':');
    const isEditing = doing === 'add' || doing === 'remove';
    const typed = readForm(rankingForm, {}, form, { keepsEmpty: isEditing });
    if (isEditing) {
      const value = doing === 'add' ? withItem(typed, name) : withoutItem(typed, name);
      return { ...(await page(visit, { value, revision })), status: 200 };
    }
    const findings = checkPlan(withRanking(plan.record, typed));
    if (doing === 'preview' || findings.length > 0) {
      const status = findings.length > 0 ? 422 : 200;
      return { ...(await page(visit, { value: typed, revision, findings })), status };
    }
    try {
      const { year, ...record } = withRanking(plan.record, typed);
      await savePlan(year, record, revision, visit.actor, deps);
    } catch (error) {
      const isStale = error instanceof CatalogError && error.kind === 'stale';
      if (!isStale) throw error;
      return page(visit, { value: typed, revision: plan.revision, isStale });
    }
    return `/workspace/plans/${plan.record.year}/criteria?done=planCriteria`;
  }

  async function page(visit: SignedInVisit, tried?: Tried) {
    const { context } = visit;
    const plan = await planOf(visit);
    const { year } = plan.record;
    const db = deps.database.current;
    const saved = rankingOf(plan.record);
    const candidate = tried && withRanking(plan.record, tried.value);
    const after = candidate && checkPlan(candidate).length === 0 ? rankingOf(candidate) : undefined;
    const shown = tried ? after : saved;
    const model = planCriteriaPage(
      {
        year,
        revision: tried?.revision ?? plan.revision,
        isIssued: (await planVersionRepository(db).latestHead(year)) !== undefined,
        value: tried?.value ?? saved,
        findings: tried?.findings ?? [],
        isStale: tried?.isStale === true,
        preview: shown && (await previewRanking(year, { before: saved, after: shown }, db)),
        isSaved: tried === undefined,
        agencies: await agencyNames(deps),
      },
      context,
    );
    const title = `${model.heading} · ${context.t('site.name')}`;
    return show('workspace-plan-criteria', model, { title, nav: 'plans' });
  }

  /** The plan, for those who decide about it. */
  async function planOf({ request, actor }: SignedInVisit): Promise<Plan> {
    assertMay(actor, ['coordinator', 'administrator']);
    const year = readPlanYear(request);
    const plan = await planRepository(deps.database.current).find(year);
    if (plan) return plan;
    throw new CatalogError('not-found', 'plan-not-found', {
      vi: `Chưa có kế hoạch năm ${year}; hãy lập kế hoạch trước.`,
      en: `There is no plan of ${year}; make one first.`,
    });
  }
}

/** The plan with what was typed in the place of all that it said of its ranking. */
function withRanking(record: PlanRecord, typed: object): PlanRecord {
  const { weights: _weights, criteria: _criteria, hvdBonus: _bonus, ...rest } = record;
  // A form without criteria is one whose last was taken out, and no wish for the usual ones.
  return { ...rest, criteria: [], ...typed };
}
