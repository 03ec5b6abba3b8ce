import { type FormGroup, formOf } from '../../catalog/form/describe-form.ts';
import type { DatasetQuality } from '../../catalog/inventory/dataset-quality.ts';
import type { FormDraft } from '../../catalog/inventory/form-draft-repository.ts';
import type { Finding } from '../../catalog/kernel/errors.ts';
import {
  type FormInput,
  findingsByName,
  formView,
  idOf,
  placeInWords,
} from './dataset-form-view.ts';
import type { PageContext } from './page-context.ts';
import { qualitySummary } from './quality-page.ts';
import type { SimilarView } from './similar-view.ts';

/** The form of a dataset, made of its schema. */
export const datasetForm = formOf('dataset.schema.json');

export interface DatasetFormInput extends FormInput {
  /** Absent: it is new. */
  readonly id?: string;
  readonly revision: number;
  /** What is asked for: `datasetForm` with the scores of a plan's criteria. */
  readonly form: readonly FormGroup[];
  /** What is said above the form. */
  readonly problems: readonly string[];
  /** What was typed before and never saved, and is shown now. */
  readonly draft?: FormDraft | undefined;
  /** Absent: it cannot be scored as it stands. */
  readonly quality?: DatasetQuality | undefined;
  /** What is there already, of a new one. */
  readonly similar: readonly SimilarView[];
  /** Whether who edits it may send it to be approved now. */
  readonly maySubmit: boolean;
}

const mostAdvice = 4;

/** The page on which a dataset is registered or revised. */
export function datasetFormPage(given: DatasetFormInput, context: PageContext) {
  const input = {
    ...given,
    findings: findingsByName(given.form, given.findings, given.value),
  };
  const { id, draft, quality } = input;
  const path = id === undefined ? '/workspace/datasets/new' : `/workspace/datasets/${id}/edit`;
  return {
    isNew: id === undefined,
    id,
    action: context.url(path),
    revision: String(input.revision),
    live: context.url(
      id === undefined ? '/workspace/datasets/new/draft' : `/workspace/datasets/${id}/draft`,
    ),
    back: context.url(id === undefined ? '/workspace/datasets' : `/workspace/datasets/${id}`),
    preview: id === undefined ? undefined : context.url(`/workspace/datasets/${id}/preview`),
    history: id === undefined ? undefined : context.url(`/workspace/datasets/${id}/revisions`),
    heading:
      id === undefined
        ? context.t('form.newHeading')
        : context.t('form.editHeading', { title: titleOf(input.value, id) }),
    problems: input.problems,
    places: placesOf(input.findings, context, input.form),
    groups: formView(input.form, input, context),
    similar: input.similar,
    maySubmit: input.maySubmit,
    ...(draft && {
      draft: context.t('form.draftFound', { moment: context.moment(draft.savedAt) }),
    }),
    score: scoreOf(id ?? '', quality, context),
  };
}

function titleOf(value: unknown, otherwise: string): string {
  const { title } = value as { readonly title?: Readonly<Record<string, string>> };
  return title?.['vi'] ?? Object.values(title ?? {})[0] ?? otherwise;
}

/** Each thing that is wrong, with a way to the field. */
export function placesOf(
  findings: readonly Finding[],
  context: PageContext,
  form: readonly FormGroup[] = datasetForm,
) {
  return findings.map(({ pointer, message }) => ({
    id: idOf(pointer),
    place: placeInWords(form, pointer, context),
    message: message[context.lang],
  }));
}

/** How good the record is as it stands, and what would make it better. */
export function scoreOf(id: string, quality: DatasetQuality | undefined, context: PageContext) {
  if (!quality) return undefined;
  const { ring, bars } = qualitySummary(id, quality, context);
  return {
    ring,
    bars,
    advice: quality.mqa.missing.slice(0, mostAdvice).map(({ remedy, points }) => ({
      text: remedy[context.lang],
      points: context.t('form.points', { points: context.number(points) }),
    })),
  };
}
