import { Router } from 'express';
import { commentOnDataset } from '../../../catalog/desk/comment-on-dataset.ts';
import { commentRepository } from '../../../catalog/desk/comment-repository.ts';
import { declareOpenness } from '../../../catalog/desk/declare-openness.ts';
import { getOwnDataset } from '../../../catalog/desk/get-own-dataset.ts';
import { hindrances, nextSteps } from '../../../catalog/desk/next-steps.ts';
import { similarDatasets } from '../../../catalog/desk/similar-datasets.ts';
import { advanceDataset } from '../../../catalog/inventory/advance-dataset.ts';
import { type Dataset, datasetRepository } from '../../../catalog/inventory/dataset-repository.ts';
import { qualityFacts } from '../../../catalog/inventory/quality-facts.ts';
import { localDate } from '../../../catalog/kernel/clock.ts';
import { CatalogError } from '../../../catalog/kernel/errors.ts';
import { pickLanguage } from '../../../catalog/kernel/lang-text.ts';
import type { DatasetRecord } from '../../../catalog/model/dataset.ts';
import { type Act, transitions } from '../../../catalog/model/lifecycle.ts';
import { planWork } from '../../../catalog/plan/plan-work.ts';
import { explainScore } from '../../../catalog/quality/explain-score.ts';
import { queryOf } from '../../http/read-parameters.ts';
import { deskPage } from '../../pages/desk-page.ts';
import { findingsOf } from '../../pages/findings.ts';
import { show } from '../show-page.ts';
import { agencyNames } from './agency-names.ts';
import { deskWork, readWork } from './desk-work.ts';
import { inEveryLanguage, type SignedInVisit, type WorkspaceHandlers } from './handlers.ts';
import type { InventoryRouteDeps } from './inventory.ts';

const acts = Object.keys(transitions) as readonly Act[];
const mostActs = 30;

/** A form that was sent, and why it was not done. */
interface Tried {
  readonly error: unknown;
  readonly form: URLSearchParams;
}

/** `/workspace/datasets/{id}`: the work on one dataset. */
export function datasetDeskRoutes(
  { workspacePage, workspaceAction }: WorkspaceHandlers,
  deps: InventoryRouteDeps,
): Router {
  const router = Router();
  const db = deps.database.current;

  router.get(
    inEveryLanguage('/workspace/datasets/:id'),
    workspacePage((visit) => openDesk(visit)),
  );

  for (const act of acts) {
    router.post(
      inEveryLanguage(`/workspace/datasets/:id/${act}`),
      workspaceAction(async (visit, form) => {
        const { record } = await ownDataset(visit);
        try {
          const reason = form.get('reason') ?? undefined;
          const seen = Number(form.get('revision') ?? Number.NaN);
          const complete = act === 'approve' ? declared(form) : undefined;
          await advanceDataset(record.id, act, reason, visit.actor, deps, seen, complete);
        } catch (error) {
          return openDesk(visit, { error, form });
        }
        return `/workspace/datasets/${record.id}?done=${act}`;
      }),
    );
  }

  router.post(
    inEveryLanguage('/workspace/datasets/:id/comment'),
    workspaceAction(async (visit, form) => {
      const { record } = await ownDataset(visit);
      const input = { body: form.get('body') ?? '', pointer: form.get('pointer') ?? '' };
      try {
        await commentOnDataset(record.id, input, visit.actor, deps);
      } catch (error) {
        return openDesk(visit, { error, form });
      }
      return `/workspace/datasets/${record.id}?done=comment#comments`;
    }),
  );

  router.post(
    inEveryLanguage('/workspace/datasets/:id/work'),
    workspaceAction(async (visit, form) => {
      const { record } = await ownDataset(visit);
      try {
        await planWork(record.id, readWork(form), visit.actor, deps);
      } catch (error) {
        return openDesk(visit, { error, form });
      }
      return `/workspace/datasets/${record.id}?done=work#work`;
    }),
  );

  return router;

  /** What the approver's form says beside the record. */
  function declared(form: URLSearchParams) {
    const declaration = {
      personalData: form.get('personalData') ?? '',
      legalBasis: form.get('legalBasis')?.trim() ?? '',
      reviewDate: form.get('reviewDate')?.trim() ?? '',
    };
    return (record: DatasetRecord) => declareOpenness(record, declaration, localDate(deps.clock()));
  }

  function ownDataset({ request, actor }: SignedInVisit): Promise<Dataset> {
    return getOwnDataset(String(request.params['id']), actor, db);
  }

  async function openDesk(visit: SignedInVisit, tried?: Tried) {
    const { actor, context, request } = visit;
    const dataset = await ownDataset(visit);
    const { record } = dataset;
    const today = localDate(deps.clock());
    const title = pickLanguage(record.title, 'vi').text;
    const [agencies, facts, similar, comments, done, work] = await Promise.all([
      agencyNames(deps),
      qualityFacts([record], db, { baseURL: deps.baseURL, today }),
      similarDatasets(title, record.id, actor, db),
      commentRepository(db).list(record.id),
      datasetRepository(db).listActs(record.id, mostActs),
      deskWork(dataset, today, actor, tried?.form, db),
    ]);
    const lacking = dataset.state === 'withdrawn' ? [] : hindrances(record, deps.shapes);
    const input = {
      dataset,
      agencies,
      actor,
      hindrances: lacking,
      steps: nextSteps(dataset, lacking.length === 0, actor),
      score: explainScore(record, facts),
      work,
      similar,
      comments,
      acts: done,
      today,
      findings: findingsOf(answerable(tried?.error), context.lang),
      sent: {
        reason: tried?.form.get('reason') ?? '',
        body: tried?.form.get('body') ?? '',
        personalData: tried?.form.get('personalData') ?? record.inventory?.personalData ?? '',
        legalBasis: tried?.form.get('legalBasis') ?? record.inventory?.legalBasis ?? '',
        reviewDate: tried?.form.get('reviewDate') ?? record.inventory?.reviewDate ?? '',
        pointer: tried?.form.get('pointer') ?? queryOf(request).get('field') ?? '',
      },
    };
    const heading = context.show(record.title).text;
    return show('workspace-dataset', deskPage(input, context), {
      title: `${heading} · ${context.t('site.name')}`,
      nav: 'datasets',
    });
  }
}

/** That somebody was faster is said on the page too, beside what the dataset has become. */
function answerable(error: unknown): unknown {
  if (!(error instanceof CatalogError) || error.kind !== 'stale') return error;
  return new CatalogError('conflict', error.code, {
    vi: 'Người khác vừa sửa tập dữ liệu này; đây là bản mới nhất. Hãy xem lại rồi làm tiếp.',
    en: 'Somebody else has just changed this dataset; this is the newest version. Look again, then go on.',
  });
}
