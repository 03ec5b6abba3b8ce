import { changesBetween } from '../../catalog/audit/changes-between.ts';
import type { Dataset, Revision } from '../../catalog/inventory/dataset-repository.ts';
import { datasetForm } from './dataset-form-page.ts';
import { placeInWords } from './dataset-form-view.ts';
import type { PageContext } from './page-context.ts';

/** Every revision of a dataset, the newest first, with what each changed. */
export function revisionsPage(
  dataset: Dataset,
  revisions: readonly Revision[],
  problems: readonly string[],
  context: PageContext,
) {
  const { id } = dataset.record;
  return {
    heading: context.t('revisions.heading', { title: context.show(dataset.record.title).text }),
    back: context.url(`/workspace/datasets/${id}/edit`),
    problems,
    revisions: revisions.map((revision, index) => {
      const before = revisions[index + 1];
      const act = `audit.act.dataset.${revision.act}`;
      return {
        number: revision.revision,
        name: context.t('revisions.number', { number: revision.revision }),
        act: context.has(act) ? context.t(act) : revision.act,
        who: context.t('revisions.by', {
          name: revision.author,
          moment: context.moment(revision.madeAt),
        }),
        reason: revision.reason,
        isFirst: before === undefined,
        changes: before ? changesOf(before, revision, context) : [],
        restore:
          index === 0 || dataset.state === 'withdrawn'
            ? undefined
            : context.url(`/workspace/datasets/${id}/revisions/${revision.revision}/restore`),
      };
    }),
  };
}

function changesOf(before: Revision, after: Revision, context: PageContext) {
  const words = (value: unknown) =>
    value === undefined
      ? context.t('revisions.empty')
      : typeof value === 'string'
        ? value
        : JSON.stringify(value, undefined, 1);
  return changesBetween(before.record, after.record).map(({ pointer, from, to }) => ({
    place: placeInWords(datasetForm, pointer, context) || pointer,
    from: words(from),
    to: words(to),
  }));
}
