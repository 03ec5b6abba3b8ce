import { Router } from 'express';
import { agenciesOf, mayAct } from '../../../catalog/access/actor.ts';
import type { FormGroup } from '../../../catalog/form/describe-form.ts';
import { readForm, valueAt } from '../../../catalog/form/form-values.ts';
import { type Choices, type Merged, mergeForms } from '../../../catalog/form/merge-forms.ts';
import { withScores, withScoresSent } from '../../../catalog/form/score-fields.ts';
import { advanceDataset } from '../../../catalog/inventory/advance-dataset.ts';
import { getDatasetQuality } from '../../../catalog/inventory/dataset-quality.ts';
import { type Dataset, datasetRepository } from '../../../catalog/inventory/dataset-repository.ts';
import { formDraftRepository } from '../../../catalog/inventory/form-draft-repository.ts';
import {
  type InventoryDeps,
  registerDataset,
  withIds,
} from '../../../catalog/inventory/register-dataset.ts';
import { reviseDataset } from '../../../catalog/inventory/revise-dataset.ts';
import { CatalogError, type Finding } from '../../../catalog/kernel/errors.ts';
import type { DatasetRecord } from '../../../catalog/model/dataset.ts';
import { roles } from '../../../catalog/model/lifecycle.ts';
import { rankingOf } from '../../../catalog/model/priority.ts';
import { planRepository } from '../../../catalog/plan/plan-repository.ts';
import { validateDataset } from '../../../catalog/validation/validate-record.ts';
import {
  type DatasetFormInput,
  datasetForm,
  datasetFormPage,
  placesOf,
  scoreOf,
} from '../../pages/dataset-form-page.ts';
import { findingsByName } from '../../pages/dataset-form-view.ts';
import { mergePage } from '../../pages/merge-page.ts';
import { show } from '../show-page.ts';
import { agencyNames } from './agency-names.ts';
import { datasetToWorkOn } from './dataset-to-work-on.ts';
import { withItem, withoutItem } from './form-items.ts';
import {
  inEveryLanguage,
  type Outcome,
  type SignedInVisit,
  type WorkspaceDeps,
  type WorkspaceHandlers,
} from './handlers.ts';
import { similarTitles } from './similar-titles.ts';

export type DatasetFormDeps = WorkspaceDeps & InventoryDeps;

/** What a form is about, as it was sent. */
interface Sent {
  /** Absent: the dataset is new. */
  readonly dataset?: Dataset;
  /** The record that the form began with. */
  readonly base: object;
  readonly revision: number;
  readonly form: URLSearchParams;
  /** What it asked for. */
  readonly groups: readonly FormGroup[];
}

/** `/workspace/datasets/new` and `…/{id}/edit`: the form of a dataset, with its drafts. */
export function datasetFormRoutes(
  { workspacePage, workspaceAction, workspaceAnswer }: WorkspaceHandlers,
  deps: DatasetFormDeps,
): Router {
  const router = Router();
  const fresh = '/workspace/datasets/new';
  const existing = '/workspace/datasets/:id';

  router.get(
    inEveryLanguage(fresh),
    workspacePage((visit) => openForm(visit, undefined)),
  );
  router.get(
    inEveryLanguage(`${existing}/edit`),
    workspacePage(async (visit) => openForm(visit, await datasetOf(visit))),
  );
  router.post(
    inEveryLanguage(fresh),
    workspaceAction(async (visit, form) => act(visit, await sentOf(undefined, form))),
  );
  router.post(
    inEveryLanguage(`${existing}/edit`),
    workspaceAction(async (visit, form) => act(visit, await sentOf(await datasetOf(visit), form))),
  );
  router.post(
    inEveryLanguage(`${fresh}/draft`),
    workspaceAnswer(async (visit, form) => typed(visit, await sentOf(undefined, form))),
  );
  router.post(
    inEveryLanguage(`${existing}/draft`),
    workspaceAnswer(async (visit, form) =>
      typed(visit, await sentOf(await datasetOf(visit), form)),
    ),
  );
  return router;

  function datasetOf({ request, actor }: SignedInVisit): Promise<Dataset> {
    return datasetToWorkOn(String(request.params['id']), actor, deps);
  }

  /** The form began with the revision that it names, which may be an older one by now. */
  async function sentOf(dataset: Dataset | undefined, form: URLSearchParams): Promise<Sent> {
    const groups = withScoresSent(datasetForm, form);
    if (!dataset) return { base: {}, revision: 0, form, groups };
    const revision = Number(form.get('revision') ?? dataset.revision);
    const read =
      revision === dataset.revision
        ? dataset.record
        : await datasetRepository(deps.database.current).recordOf(dataset.record.id, revision);
    return { dataset, base: read ?? dataset.record, revision, form, groups };
  }

  /** The form as it was last left: what was typed and not saved goes before what is stored. */
  async function openForm(visit: SignedInVisit, dataset: Dataset | undefined) {
    const drafts = formDraftRepository(deps.database.current);
    const draft = await drafts.find(visit.visitor.account.id, subjectOf(dataset));
    if (!draft) return page(visit, { value: dataset?.record ?? beginning(visit), dataset });
    const sent = await sentOf(dataset, new URLSearchParams(draft.fields));
    const value = readForm(sent.groups, sent.base, sent.form, { keepsEmpty: true });
    return page(visit, { value, dataset, revision: draft.revision, draft });
  }

  async function act(visit: SignedInVisit, sent: Sent): Promise<Outcome> {
    const { dataset, base, form, groups } = sent;
    const [doing = 'save', name = ''] = (form.get('do') ?? 'save').split(':');
    if (doing === 'draft' || doing === 'discard') return keepOrDrop(visit, sent, doing);
    if (doing === 'add' || doing === 'remove') {
      const value = readForm(groups, base, form, { keepsEmpty: true });
      const changed = doing === 'add' ? withItem(value, name) : withoutItem(value, name);
      return { ...(await page(visit, { ...sent, value: changed })), status: 200 };
    }
    const value = readForm(groups, base, form);
    try {
      if (dataset && sent.revision !== dataset.revision) return await merge(visit, sent, value);
      return await save(visit, sent, value, doing === 'submit');
    } catch (error) {
      return page(visit, { ...sent, value, ...whatIsWrong(error, visit) });
    }
  }

  async function save(visit: SignedInVisit, { dataset }: Sent, value: object, submits: boolean) {
    const saved = dataset
      ? await reviseDataset(dataset.record.id, () => value, dataset.revision, visit.actor, deps)
      : await registerAnew(value, visit);
    await dropDraft(visit, dataset);
    const { id } = saved.record;
    const path = `/workspace/datasets/${id}`;
    // A new one goes to its desk, which shows what looks like it.
    if (!submits) return dataset ? `${path}/edit?done=saved` : `${path}?done=saved`;
    await advanceDataset(id, 'submit', undefined, visit.actor, deps);
    return `${path}?done=submitted`;
  }

  /** An id that is taken gets a number: the title is the officer's affair, the id is ours. */
  async function registerAnew(value: object, { actor }: SignedInVisit): Promise<Dataset> {
    const { id = '' } = withIds(value) as { readonly id?: string };
    for (let n = 2; ; n += 1) {
      try {
        return await registerDataset(
          n === 2 ? value : { ...value, id: `${id}-${n - 1}` },
          actor,
          deps,
        );
      } catch (error) {
        const isTaken = error instanceof CatalogError && error.code === 'dataset-exists';
        if (!isTaken || n > 50) throw error;
      }
    }
  }

  /** Somebody was faster: what both changed is shown side by side, what one of them changed is taken. */
  async function merge(visit: SignedInVisit, sent: Sent, mine: object): Promise<Outcome> {
    const { dataset, base, form } = sent;
    if (!dataset) throw new Error('only what is stored can be merged');
    const choices: Choices = new Map(
      [...form].flatMap(([name, value]) =>
        name.startsWith('choice:') && (value === 'mine' || value === 'theirs')
          ? [[name.slice('choice:'.length), value] as const]
          : [],
      ),
    );
    const merged = mergeForms(sent.groups, { base, mine, theirs: dataset.record }, choices);
    const isDecided = form.get('do') === 'merge' && form.get('theirs') === String(dataset.revision);
    if (isDecided && merged.conflicts.length === 0) {
      return save(visit, { ...sent, revision: dataset.revision }, merged.value, false);
    }
    return showMerge(visit, sent, merged);
  }

  async function showMerge(visit: SignedInVisit, sent: Sent, merged: Merged): Promise<Outcome> {
    const { dataset, form } = sent;
    if (!dataset) throw new Error('only what is stored can be merged');
    const [last] = await datasetRepository(deps.database.current).listRevisions(dataset.record.id);
    const model = mergePage({ dataset, by: last?.author ?? '', merged, form }, visit.context);
    const title = `${model.heading} · ${visit.context.t('site.name')}`;
    return { ...show('workspace-merge', model, { title, nav: 'datasets' }), status: 409 };
  }

  async function keepOrDrop(visit: SignedInVisit, sent: Sent, doing: string): Promise<Outcome> {
    const { dataset } = sent;
    if (doing === 'draft') await keepDraft(visit, sent);
    else await dropDraft(visit, dataset);
    const path = dataset ? `/workspace/datasets/${dataset.record.id}/edit` : fresh;
    return `${path}?done=${doing === 'draft' ? 'draftKept' : 'draftDropped'}`;
  }

  /** What a script sends while somebody types: it is kept, and judged. */
  async function typed(visit: SignedInVisit, sent: Sent): Promise<object> {
    const savedAt = await keepDraft(visit, sent);
    const value = readForm(sent.groups, sent.base, sent.form);
    const { context } = visit;
    const { findings, quality } = await judge(value, sent.dataset);
    return {
      saved: context.t('form.draftSaved', { moment: context.moment(savedAt) }),
      problems: placesOf(findingsByName(datasetForm, findings, value), context),
      score: scoreOf('', quality, context),
      similar: sent.dataset ? [] : await similarTitles(value, visit, deps),
    };
  }

  async function keepDraft({ visitor }: SignedInVisit, { dataset, revision, form }: Sent) {
    const at = deps.clock();
    const fields = new URLSearchParams([...form].filter(([name]) => name !== 'do'));
    const draft = { subject: subjectOf(dataset), revision, fields: fields.toString() };
    await deps.database.transaction((tx) =>
      formDraftRepository(tx).save(visitor.account.id, draft, at),
    );
    return at;
  }

  async function dropDraft({ visitor }: SignedInVisit, dataset: Dataset | undefined) {
    await deps.database.transaction((tx) =>
      formDraftRepository(tx).remove(visitor.account.id, subjectOf(dataset)),
    );
  }

  async function judge(value: object, dataset: Dataset | undefined) {
    const candidate = withIds({ ...(dataset && { id: dataset.record.id }), ...value });
    const isReleased = dataset?.state === 'published';
    const findings = validateDataset(candidate, isReleased ? 'release' : 'draft');
    if (findings.length > 0) return { findings };
    const quality = await getDatasetQuality(candidate as DatasetRecord, deps.database.read, deps);
    return { findings, quality };
  }

  async function page(
    visit: SignedInVisit,
    input: {
      readonly value: object;
      readonly dataset?: Dataset | undefined;
      readonly revision?: number;
      readonly findings?: readonly Finding[];
      readonly problems?: readonly string[];
      readonly draft?: DatasetFormInput['draft'];
    },
  ) {
    const { dataset, value, findings = [], problems = [], draft } = input;
    const { quality } = findings.length > 0 ? {} : await judge(value, dataset);
    const model = datasetFormPage(
      {
        ...(dataset && { id: dataset.record.id }),
        revision: input.revision ?? dataset?.revision ?? 0,
        form: withScores(datasetForm, (await rankingFor(value)).criteria),
        value,
        findings,
        problems,
        draft,
        quality,
        agencies: await choosable(visit, value),
        similar: dataset ? [] : await similarTitles(value, visit, deps),
        maySubmit: !dataset || dataset.state === 'draft' || dataset.state === 'planned',
      },
      visit.context,
    );
    const title = `${model.heading} · ${visit.context.t('site.name')}`;
    return show('workspace-dataset-form', model, { title, nav: 'datasets' });
  }

  /** How the plan ranks that a record names; of one that names none, the newest plan. */
  async function rankingFor(value: object) {
    const plans = planRepository(deps.database.current);
    const named = valueAt(value, ['inventory', 'release', 'plan']);
    const year = typeof named === 'string' ? named : (await plans.years())[0];
    return rankingOf(year === undefined ? undefined : (await plans.find(year))?.record);
  }

  /** The agencies that somebody writes for, and the one that stands there. */
  async function choosable({ actor }: SignedInVisit, value: object) {
    const own = agenciesOf(actor);
    const all = await agencyNames(deps);
    if (own === 'all') return all;
    const { publisher } = value as { readonly publisher?: string };
    return new Map([...all].filter(([id]) => own.includes(id) || id === publisher));
  }
}

/** What a new dataset says before anybody has typed. */
function beginning({ actor }: SignedInVisit): object {
  const own = agenciesOf(actor);
  const writes = own === 'all' ? [] : own.filter((id) => mayAct(actor, roles, id));
  return {
    ...(writes[0] !== undefined && { publisher: writes[0] }),
    accessRights: 'PUBLIC',
    language: ['VIE'],
    spatial: ['http://publications.europa.eu/resource/authority/place/VNM_HAN'],
    contactPoint: {},
    distribution: [{}],
    inventory: { openness: 'open' },
  };
}

function subjectOf(dataset: Dataset | undefined): string {
  return dataset ? `dataset/${dataset.record.id}` : 'dataset';
}

/** @throws what is no refusal of what was typed */
function whatIsWrong(error: unknown, { context }: SignedInVisit) {
  const isAnswerable =
    error instanceof CatalogError && ['invalid', 'conflict'].includes(error.kind);
  if (!isAnswerable) throw error;
  return { findings: error.findings, problems: [error.detail[context.lang]] };
}
