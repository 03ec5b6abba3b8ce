import { Router } from 'express';
import { accountRepository } from '../../../catalog/access/account-repository.ts';
import { dutyRepository } from '../../../catalog/duty/duty-repository.ts';
import {
  datasetsToHandOver,
  type HandoverInput,
  handOver,
  handoverAgencies,
  mayTakeOver,
} from '../../../catalog/duty/hand-over.ts';
import type { InventoryDeps } from '../../../catalog/inventory/register-dataset.ts';
import { queryOf } from '../../http/read-parameters.ts';
import { findingsOf } from '../../pages/findings.ts';
import { handoverPage, handoverStartPage } from '../../pages/handover-page.ts';
import { show, titled } from '../show-page.ts';
import { agencyNames } from './agency-names.ts';
import {
  inEveryLanguage,
  type SignedInVisit,
  type WorkspaceDeps,
  type WorkspaceHandlers,
} from './handlers.ts';

export type HandoverDeps = WorkspaceDeps & InventoryDeps;

/** `/workspace/handover`: what an officer answers for passes to another one. */
export function handoverRoutes(
  { workspacePage, workspaceAction }: WorkspaceHandlers,
  deps: HandoverDeps,
): Router {
  const router = Router();
  const path = '/workspace/handover';

  router.get(
    inEveryLanguage(path),
    workspacePage((visit) => {
      const from = fromOf(visit);
      return from === '' ? startPage(visit) : officerPage(visit, from);
    }),
  );
  router.post(
    inEveryLanguage(path),
    workspaceAction(async (visit, form) => {
      const from = fromOf(visit);
      const input: HandoverInput = {
        from,
        to: form.get('to') ?? '',
        ...(form.get('scope') === 'chosen' && { datasets: form.getAll('dataset') }),
        reason: form.get('reason') ?? '',
      };
      try {
        await handOver(input, visit.actor, deps);
      } catch (error) {
        return officerPage(visit, from, { input, error });
      }
      return `${path}?done=handed-over`;
    }),
  );
  return router;

  async function startPage({ actor, context }: SignedInVisit) {
    const db = deps.database.current;
    const officers = await dutyRepository(db).officers(handoverAgencies(actor));
    const model = handoverStartPage(officers, await accountRepository(db).list(), context);
    return show('workspace-handover-start', model, frame(context));
  }

  async function officerPage(
    { actor, context }: SignedInVisit,
    from: string,
    tried?: { readonly input: HandoverInput; readonly error: unknown },
  ) {
    const datasets = await datasetsToHandOver(from, actor, deps);
    const accounts = await accountRepository(deps.database.current).list();
    const publishers = new Set(datasets.map(({ publisher }) => publisher));
    const shown = {
      from,
      name: accounts.find(({ email }) => email === from)?.name ?? from,
      datasets,
      agencies: await agencyNames(deps),
      takers: accounts.filter((account) =>
        [...publishers].some((publisher) => mayTakeOver(account, publisher)),
      ),
      ...(tried && { input: tried.input }),
      findings: findingsOf(tried?.error, context.lang),
    };
    return show('workspace-handover', handoverPage(shown, context), frame(context));
  }

  function frame(context: SignedInVisit['context']) {
    return { title: titled('handover.heading', context), nav: 'handover' };
  }
}

function fromOf({ request }: SignedInVisit): string {
  return (queryOf(request).get('from') ?? '').trim().normalize('NFC').toLowerCase().slice(0, 254);
}
