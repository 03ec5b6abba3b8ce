import { type Request, Router } from 'express';
import { type Actor, agenciesOf } from '../../../catalog/access/actor.ts';
import { actOnMany, type ManyAct, mostAtOnce } from '../../../catalog/desk/act-on-many.ts';
import { inventoryLineRepository } from '../../../catalog/desk/inventory-line-repository.ts';
import { filterFor, searchInventory } from '../../../catalog/desk/search-inventory.ts';
import { datasetRepository } from '../../../catalog/inventory/dataset-repository.ts';
import type { InventoryDeps } from '../../../catalog/inventory/register-dataset.ts';
import { localDate } from '../../../catalog/kernel/clock.ts';
import { queryOf, wholeNumber } from '../../http/read-parameters.ts';
import { bulkPage, manyActOf } from '../../pages/bulk-page.ts';
import { findingsOf } from '../../pages/findings.ts';
import { inventoryCsv } from '../../pages/inventory-csv.ts';
import { inventoryPage, linesOnPage } from '../../pages/inventory-page.ts';
import {
  type InventoryForm,
  inventoryFormOf,
  inventoryQueryOf,
} from '../../pages/inventory-query.ts';
import type { PageContext } from '../../pages/page-context.ts';
import { show, titled } from '../show-page.ts';
import { agencyNames } from './agency-names.ts';
import { inEveryLanguage, type WorkspaceDeps, type WorkspaceHandlers } from './handlers.ts';

export type InventoryRouteDeps = WorkspaceDeps & InventoryDeps;

/** `/workspace/datasets`: the table of all that an agency holds, published or not, and what is done to many rows. */
export function inventoryRoutes(
  { workspacePage, workspaceFile, workspaceAction }: WorkspaceHandlers,
  deps: InventoryRouteDeps,
): Router {
  const router = Router();
  const db = deps.database.current;

  router.get(
    inEveryLanguage('/workspace/datasets'),
    workspacePage(async ({ request, actor, context }) => {
      const form = inventoryFormOf(queryOf(request));
      return tablePage(form, pageOf(request), actor, context);
    }),
  );

  router.get(
    inEveryLanguage('/workspace/datasets.csv'),
    workspaceFile(async ({ request, actor, context }) => {
      const form = inventoryFormOf(queryOf(request));
      const query = inventoryQueryOf(form, localDate(deps.clock()));
      const agencies = await agencyNames(deps);
      const pages = (limit: number, offset: number) =>
        inventoryLineRepository(db).list(filterFor(query, actor), form.sort, { limit, offset });
      return {
        fileName: 'datasets.csv',
        mediaType: 'text/csv',
        body: inventoryCsv(pages, agencies, context),
      };
    }),
  );

  router.post(
    inEveryLanguage('/workspace/datasets/bulk'),
    workspaceAction(async ({ actor, context }, sent) => {
      const form = inventoryFormOf(new URLSearchParams(sent.get('query') ?? ''));
      try {
        const act = manyActOf(sent);
        const outcomes = await actOnMany(await selected(sent, form, actor), act, actor, deps);
        return { ...(await outcomePage(outcomes, act, form, context)), status: 200 };
      } catch (error) {
        return tablePage(form, 1, actor, context, error);
      }
    }),
  );

  return router;

  async function tablePage(
    form: InventoryForm,
    page: number,
    actor: Actor,
    context: PageContext,
    error?: unknown,
  ) {
    const today = localDate(deps.clock());
    const findings = findingsOf(error, context.lang);
    const place = { limit: linesOnPage, offset: (page - 1) * linesOnPage };
    const own = agenciesOf(actor);
    const [found, agencies, choices] = await Promise.all([
      searchInventory(inventoryQueryOf(form, today), form.sort, place, actor, db),
      agencyNames(deps),
      inventoryLineRepository(db).choices(own === 'all' ? undefined : own),
    ]);
    const input = { found, form, page, actor, agencies, choices, today, findings };
    return show('workspace-datasets', inventoryPage(input, context), {
      title: titled('workspace.nav.datasets', context),
      nav: 'datasets',
    });
  }

  /** The rows that are ticked, or all that are found. */
  async function selected(sent: URLSearchParams, form: InventoryForm, actor: Actor) {
    if (sent.get('all') !== '1') return sent.getAll('id');
    const query = inventoryQueryOf(form, localDate(deps.clock()));
    return inventoryLineRepository(db).ids(filterFor(query, actor), mostAtOnce + 1);
  }

  async function outcomePage(
    outcomes: Awaited<ReturnType<typeof actOnMany>>,
    act: ManyAct,
    form: InventoryForm,
    context: PageContext,
  ) {
    const ids = outcomes.filter(({ error }) => error?.kind !== 'not-found').map(({ id }) => id);
    const datasets = await datasetRepository(db).findMany(ids);
    const model = bulkPage({ outcomes, act, datasets, form }, context);
    return show('workspace-bulk', model, {
      title: `${model.act} · ${context.t('site.name')}`,
      nav: 'datasets',
    });
  }
}

function pageOf(request: Request): number {
  return wholeNumber(queryOf(request), 'page', { from: 1, to: 100_000, otherwise: 1 });
}
