import { type Actor, hasRole } from '../../catalog/access/actor.ts';
import { auditReaders } from '../../catalog/access/read-audit.ts';
import type { DatasetComment } from '../../catalog/desk/comment-repository.ts';
import { advisedFields, mandatoryFields } from '../../catalog/desk/inventory-line.ts';
import type { NextStep } from '../../catalog/desk/next-steps.ts';
import type { SimilarDataset } from '../../catalog/desk/similar-datasets.ts';
import { dutiesOf } from '../../catalog/duty/duties-of.ts';
import type { Dataset, Revision } from '../../catalog/inventory/dataset-repository.ts';
import type { Finding } from '../../catalog/kernel/errors.ts';
import type { LangText } from '../../catalog/kernel/lang-text.ts';
import type { DatasetState } from '../../catalog/model/dataset.ts';
import { schemas } from '../../catalog/model/schemas.ts';
import { vocabulary } from '../../catalog/model/vocabularies.ts';
import type { ExplainedScore } from '../../catalog/quality/explain-score.ts';
import { actName } from './audit-page.ts';
import { datasetForm } from './dataset-form-page.ts';
import { findingsByName, idOf } from './dataset-form-view.ts';
import { declarationView, type SentDeclaration } from './declaration-view.ts';
import { placeOf } from './field-place.ts';
import type { FormFindings } from './findings.ts';
import { dueView, stateName } from './inventory-page.ts';
import { type PageContext, sentenceCase } from './page-context.ts';
import { inWords, ring } from './score-view.ts';
import { similarView } from './similar-view.ts';
import { type DeskWork, workView } from './work-view.ts';

export interface DeskInput {
  readonly dataset: Dataset;
  readonly agencies: ReadonlyMap<string, LangText>;
  readonly actor: Actor;
  /** What keeps it from a release. */
  readonly hindrances: readonly Finding[];
  readonly steps: readonly NextStep[];
  readonly score: ExplainedScore;
  /** Absent: its release is not promised. */
  readonly work: DeskWork | undefined;
  readonly similar: readonly SimilarDataset[];
  readonly comments: readonly DatasetComment[];
  readonly acts: readonly Omit<Revision, 'record'>[];
  /** A local calendar date. */
  readonly today: string;
  /** What was wrong with the form that was sent, and what it said. */
  readonly findings: FormFindings;
  readonly sent: {
    readonly reason: string;
    readonly body: string;
    readonly pointer: string;
  } & SentDeclaration;
}

const way: readonly DatasetState[] = ['planned', 'draft', 'in-review', 'approved', 'published'];
const mostAdvice = 3;
const inventory = schemas.get('inventory.schema.json')?.properties;

/** Where a dataset stands, what it lacks, and what somebody may do to it. */
export function deskPage(input: DeskInput, context: PageContext) {
  const { dataset, agencies, actor, hindrances, steps, score, sent } = input;
  const { record, state, revision } = dataset;
  const here = context.url(`/workspace/datasets/${record.id}`);
  const { points, rating, missing } = score.mqa;
  return {
    id: record.id,
    title: context.show(record.title),
    agency: context.show(agencies.get(record.publisher) ?? { vi: record.publisher }),
    revision,
    here,
    inventory: context.url('/workspace/datasets'),
    edit: state === 'withdrawn' ? undefined : `${here}/edit`,
    preview: `${here}/preview`,
    revisions: `${here}/revisions`,
    audit: hasRole(actor, auditReaders)
      ? context.url(`/workspace/audit?subject=${encodeURIComponent(`dataset/${record.id}`)}`)
      : undefined,
    public: state === 'published' ? context.url(`/dataset/${record.id}`) : undefined,
    state: stateName(state, context),
    way: wayOf(state, context),
    /** Why it came back, or was withdrawn. */
    reason: state === 'draft' || state === 'withdrawn' ? dataset.reason : undefined,
    isWithdrawn: state === 'withdrawn',
    hindrances: findingsByName(datasetForm, hindrances, record).map(({ pointer, message }) => ({
      place: placeOf(pointer, context),
      message: message[context.lang],
      href: `${here}/edit#${idOf(pointer)}`,
    })),
    steps: steps.map((step) => stepView(step, here, context)),
    declaration: declarationView(record, sent, input.findings, context),
    isBlocked: steps.some(({ isBlocked }) => isBlocked),
    work: input.work && workView(input.work, here, input.findings, context),
    quality: {
      ring: ring(points, rating, context),
      advice: missing.slice(0, mostAdvice).map(({ points: gain, remedy }) => ({
        gain: `+${context.number(gain)}`,
        remedy: inWords(remedy, context),
      })),
    },
    facts: factsOf(input, context),
    files: (record.distribution ?? []).map(({ id, title, format, downloadURL, accessURL }) => ({
      title: title ? context.show(title) : { text: id },
      format: format === undefined ? '' : vocabulary('file-type').labelOf(format, context.lang),
      href: downloadURL ?? accessURL,
    })),
    similar: input.similar.map((found) => similarView(found, agencies, context)),
    comments: input.comments.map((comment) => commentView(comment, context)),
    comment: { ...sent, fields: fieldChoices(sent.pointer, context) },
    sent,
    findings: input.findings,
    acts: input.acts.map((act) => ({
      act: actName(`dataset.${act.act}`, context),
      author: act.author,
      at: context.moment(act.madeAt),
      reason: act.reason,
      state: stateName(act.state, context),
    })),
  };
}

function wayOf(state: DatasetState, context: PageContext) {
  const at = way.indexOf(state);
  return way.map((step, index) => ({
    label: stateName(step, context),
    isCurrent: index === at,
    isDone: at >= 0 && index < at,
  }));
}

function stepView({ act, reason, isBlocked }: NextStep, here: string, context: PageContext) {
  return {
    act,
    action: `${here}/${act}`,
    label: context.t(`inventory.act.${act}`),
    help: context.t(`desk.act.${act}`),
    reason,
    isBlocked,
  };
}

function factsOf({ dataset, agencies, today }: DeskInput, context: PageContext) {
  const { record } = dataset;
  const {
    release,
    updateResponsibility: responsible,
    openness,
    personalData,
  } = record.inventory ?? {};
  const agency = responsible?.agency;
  const themes = vocabulary('data-theme');
  const text = (label: string, value: string | undefined) =>
    value === undefined || value === '' ? [] : [{ label, value, isLate: false }];
  const field = (pointer: string) => placeOf(pointer, context);
  return [
    ...dutiesOf(dataset).flatMap(({ kind, due }) => {
      if (due === undefined) return [];
      const { isLate, on } = dueView({ kind, on: due }, today, context);
      return [{ label: context.t(`desk.due.${kind}`), value: on, isLate }];
    }),
    ...text(field('/inventory/release'), release?.due && context.due(release.due)),
    ...text(
      field('/accrualPeriodicity'),
      record.accrualPeriodicity &&
        sentenceCase(vocabulary('frequency').labelOf(record.accrualPeriodicity, context.lang)),
    ),
    ...text(
      field('/inventory/personalData'),
      personalData && inventory?.['personalData']?.['x-labels']?.[personalData]?.[context.lang],
    ),
    ...text(field('/modified'), record.modified && context.date(record.modified)),
    ...text(
      context.t('inventory.column.officer'),
      [
        responsible?.officer,
        responsible?.officerEmail,
        responsible?.unit,
        agency && context.show(agencies.get(agency) ?? { vi: agency }).text,
      ]
        .filter((part) => part)
        .join(' · '),
    ),
    ...text(field('/inventory/openness'), openness && context.t(`desk.openness.${openness}`)),
    ...text(
      field('/theme'),
      (record.theme ?? [])
        .map((code) => sentenceCase(themes.labelOf(code, context.lang)))
        .join(', '),
    ),
  ];
}

function commentView({ id, author, madeAt, pointer, body }: DatasetComment, context: PageContext) {
  return {
    id,
    author,
    at: context.moment(madeAt),
    body,
    field: pointer === undefined ? undefined : placeOf(pointer, context),
  };
}

/** Fields that a comment can be about: those that are asked for most, and the plan's. */
function fieldChoices(chosen: string, context: PageContext) {
  const fields = [
    'title',
    ...mandatoryFields,
    ...advisedFields,
    'accrualPeriodicity',
    'accessRights',
    'inventory/openness',
    'inventory/release',
    'inventory/updateResponsibility',
  ].map((field) => `/${field}`);
  const all = chosen === '' || fields.includes(chosen) ? fields : [...fields, chosen];
  return all.map((pointer) => ({
    value: pointer,
    label: placeOf(pointer, context),
    selected: pointer === chosen,
  }));
}
