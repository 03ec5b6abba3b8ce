import type { FormConflict, Merged } from '../../catalog/form/merge-forms.ts';
import type { Dataset } from '../../catalog/inventory/dataset-repository.ts';
import { datasetForm } from './dataset-form-page.ts';
import { placeInWords, valueInWords } from './dataset-form-view.ts';
import type { PageContext } from './page-context.ts';

export interface MergeInput {
  readonly dataset: Dataset;
  /** Who was faster. */
  readonly by: string;
  readonly merged: Merged;
  /** What was sent, to be sent again with what is chosen. */
  readonly form: URLSearchParams;
}

/** The page on which two changes of one record become one. */
export function mergePage({ dataset, by, merged, form }: MergeInput, context: PageContext) {
  const { id } = dataset.record;
  return {
    heading: context.t('merge.heading'),
    help: context.t('merge.help', { name: by, moment: context.moment(dataset.changedAt) }),
    action: context.url(`/workspace/datasets/${id}/edit`),
    back: context.url(`/workspace/datasets/${id}`),
    theirs: String(dataset.revision),
    fields: [...form]
      .filter(([name]) => name !== 'do' && name !== 'theirs' && !name.startsWith('choice:'))
      .map(([name, value]) => ({ name, value })),
    conflicts: merged.conflicts.map((conflict, index) => conflictView(conflict, index, context)),
  };
}

function conflictView(conflict: FormConflict, index: number, context: PageContext) {
  const { name, field, base, mine, theirs } = conflict;
  const words = (value: unknown) =>
    Array.isArray(value) && value.every((item) => typeof item === 'string')
      ? value.map((item) => valueInWords(field, item, context)).join('\n')
      : valueInWords(field, value, context);
  const nothing = context.t('merge.nothing');
  return {
    id: `conflict-${index}`,
    name: `choice:${name}`,
    place: placeInWords(datasetForm, name, context),
    base: words(base) || nothing,
    mine: words(mine) || nothing,
    theirs: words(theirs) || nothing,
  };
}
