import { Router } from 'express';
import type { InventoryDeps } from '../../../catalog/inventory/register-dataset.ts';
import { localDate } from '../../../catalog/kernel/clock.ts';
import { CatalogError } from '../../../catalog/kernel/errors.ts';
import { compareEntries } from '../../../catalog/plan/compare-entries.ts';
import { decideProposals, proposeAgain } from '../../../catalog/plan/decide-proposals.ts';
import { issuePlan } from '../../../catalog/plan/issue-plan.ts';
import { proposalLines } from '../../../catalog/plan/plan-entries.ts';
import { planRepository } from '../../../catalog/plan/plan-repository.ts';
import { planVersionRepository } from '../../../catalog/plan/plan-version-repository.ts';
import { type SavePlanDeps, savePlan } from '../../../catalog/plan/save-plan.ts';
import { standingsOf } from '../../../catalog/plan/standings.ts';
import { waitingChanges } from '../../../catalog/plan/waiting-changes.ts';
import { queryOf } from '../../http/read-parameters.ts';
import { findingsOf } from '../../pages/findings.ts';
import { planPage, plansPage, planVersionPage } from '../../pages/plan-pages.ts';
import { show, titled } from '../show-page.ts';
import { agencyNames } from './agency-names.ts';
import {
  inEveryLanguage,
  type Outcome,
  type SignedInVisit,
  type WorkspaceDeps,
  type WorkspaceHandlers,
} from './handlers.ts';
import { chosenProposals, filterOf, proposalsOn, seenBy } from './plan-proposals.ts';

export type PlanRouteDeps = WorkspaceDeps & InventoryDeps & SavePlanDeps;

const fieldsOfDecision = ['number', 'date', 'signer', 'reason'] as const;

/** `/workspace/plans`: the plan of a year, from proposals to the decision and its amendments. */
export function planRoutes(
  { workspacePage, workspaceAction }: WorkspaceHandlers,
  deps: PlanRouteDeps,
): Router {
  const router = Router();
  const list = '/workspace/plans';
  const one = `${list}/:year`;

  router.get(
    inEveryLanguage(list),
    workspacePage((visit) => listPage(visit)),
  );
  router.post(inEveryLanguage(list), workspaceAction(make));
  router.get(
    inEveryLanguage(one),
    workspacePage((visit) => page(visit)),
  );
  router.post(inEveryLanguage(`${one}/proposals`), workspaceAction(decide));
  router.post(
    inEveryLanguage(`${one}/proposals/:id`),
    workspaceAction(async (visit) => {
      const id = String(visit.request.params['id']);
      await proposeAgain(yearOf(visit), id, visit.actor, deps);
      return `${list}/${yearOf(visit)}?done=proposed`;
    }),
  );
  for (const act of ['issue', 'amend'] as const) {
    router.post(inEveryLanguage(`${one}/${act}`), workspaceAction(issue));
  }
  router.get(inEveryLanguage(`${one}/versions/:version`), workspacePage(versionPage));
  return router;

  async function make(visit: SignedInVisit, form: URLSearchParams): Promise<Outcome> {
    const typed = {
      year: form.get('year')?.trim() ?? '',
      vi: form.get('vi')?.trim() ?? '',
      en: form.get('en')?.trim() ?? '',
    };
    const title = { ...(typed.vi && { vi: typed.vi }), ...(typed.en && { en: typed.en }) };
    try {
      await savePlan(typed.year, { title }, 0, visit.actor, deps);
    } catch (error) {
      return listPage(visit, typed, error);
    }
    return `${list}/${typed.year}?done=planMade`;
  }

  async function decide(visit: SignedInVisit, form: URLSearchParams): Promise<Outcome> {
    const year = yearOf(visit);
    const act = form.get('do') as 'accept' | 'return' | 'merge' | null;
    if (!act || !['accept', 'return', 'merge'].includes(act)) return `${list}/${year}`;
    const verdict = { act, reason: form.get('reason') ?? '', into: form.get('into')?.trim() ?? '' };
    try {
      await decideProposals(
        year,
        await chosenProposals(year, form, visit.actor, deps.database.current),
        verdict,
        visit.actor,
        deps,
      );
    } catch (error) {
      return page(visit, { error, form });
    }
    const { agency, state, page: number } = filterOf(form);
    const search = new URLSearchParams({
      ...(agency && { agency }),
      ...(state && { state }),
      ...(number > 1 && { page: String(number) }),
      done: 'decided',
    });
    return `${list}/${year}?${search}`;
  }

  async function issue(visit: SignedInVisit, form: URLSearchParams): Promise<Outcome> {
    const year = yearOf(visit);
    const input = Object.fromEntries(
      fieldsOfDecision.flatMap((name) => {
        const text = form.get(name)?.trim();
        return text ? [[name, text]] : [];
      }),
    );
    try {
      // A form without ticks is the first issue's.
      const chosen = form.has('choosing') ? form.getAll('change') : undefined;
      const { version } = await issuePlan(year, input, visit.actor, deps, chosen);
      return `${list}/${year}?done=${version === 1 ? 'planIssued' : 'planAmended'}`;
    } catch (error) {
      return page(visit, { error, form });
    }
  }

  async function listPage(
    { actor, context }: SignedInVisit,
    form = { year: '', vi: '', en: '' },
    error?: unknown,
  ) {
    const db = deps.database.current;
    const years = await planRepository(db).years();
    const plans = await Promise.all(
      years.map(async (year) => {
        const plan = await planRepository(db).find(year);
        const versions = (await planVersionRepository(db).heads(year)).length;
        return { year, ...(plan && { plan }), versions };
      }),
    );
    const findings = findingsOf(error, context.lang);
    return show('workspace-plans', plansPage({ plans, actor, form, findings }, context), {
      title: titled('plans.heading', context),
      nav: 'plans',
    });
  }

  async function page(
    visit: SignedInVisit,
    tried?: { readonly error: unknown; readonly form: URLSearchParams },
  ) {
    const { actor, context } = visit;
    const year = yearOf(visit);
    const db = deps.database.current;
    const [plan, versions, entries, lines, { standings }, agencies] = await Promise.all([
      planRepository(db).find(year),
      planVersionRepository(db).heads(year),
      planVersionRepository(db).countEntries(year),
      proposalLines(year, db),
      standingsOf(year, localDate(deps.clock()), db),
      agencyNames(deps),
    ]);
    const [current] = versions;
    const waiting = current && (await waitingChanges(year, current.version, db, lines));
    const findings = findingsOf(tried?.error, context.lang);
    const form = Object.fromEntries(
      fieldsOfDecision.map((name) => [name, tried?.form.get(name) ?? '']),
    );
    const model = planPage(
      {
        year,
        plan,
        versions: versions.map((head) => ({ ...head, entries: entries.get(head.version) ?? 0 })),
        proposals: await proposalsOn(
          year,
          seenBy(actor, lines),
          filterOf(tried?.form ?? queryOf(visit.request)),
          db,
        ),
        waiting,
        chosen: tried?.form.has('choosing') ? tried.form.getAll('change') : undefined,
        standings,
        agencies,
        actor,
        findings,
        form,
      },
      context,
    );
    const title = `${model.heading} · ${context.t('site.name')}`;
    return show('workspace-plan', model, { title, nav: 'plans' });
  }

  async function versionPage(visit: SignedInVisit) {
    const { context, request } = visit;
    const year = yearOf(visit);
    const number = Number(request.params['version']);
    const db = deps.database.current;
    const repository = planVersionRepository(db);
    const known = (await repository.heads(year)).some(({ version }) => version === number);
    const version = known ? await repository.find(year, number) : undefined;
    if (!version) throw noVersion(year, String(request.params['version']));
    const before = number > 1 ? await repository.differences(year, number - 1, number) : undefined;
    const model = planVersionPage(
      {
        version,
        changes: before && compareEntries(before.before, before.after),
        agencies: await agencyNames(deps),
      },
      context,
    );
    const title = `${model.name} · ${context.t('site.name')}`;
    return show('workspace-plan-version', model, { title, nav: 'plans' });
  }
}

function yearOf({ request }: SignedInVisit): string {
  const year = String(request.params['year']);
  if (/^20\d{2}$/.test(year)) return year;
  throw new CatalogError('not-found', 'plan-not-found', {
    vi: `Không có kế hoạch "${year}"; năm viết như 2026.`,
    en: `There is no plan "${year}"; a year is written like 2026.`,
  });
}

function noVersion(year: string, version: string): CatalogError {
  return new CatalogError('not-found', 'plan-version-not-found', {
    vi: `Kế hoạch ${year} không có bản "${version}".`,
    en: `The plan of ${year} has no version "${version}".`,
  });
}
