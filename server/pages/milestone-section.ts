import type { MyMilestone } from '../../catalog/desk/my-milestones.ts';
import type { PageContext } from './page-context.ts';
import { milestoneView, prerequisiteView } from './work-view.ts';

/** The next steps to promised releases, as a part of “my work”. */
export function milestoneSection(
  { shown, total, more }: { shown: readonly MyMilestone[]; total: number; more: string },
  context: PageContext,
) {
  return {
    key: 'milestones',
    heading: context.t('work.milestones'),
    empty: '',
    total,
    items: shown.map((each) => itemOf(each, context)),
    ...(total > shown.length && {
      more: {
        href: context.url(more),
        label: context.t('work.all', { count: context.number(total) }),
      },
    }),
  };
}

function itemOf({ promise, next, waitsFor }: MyMilestone, context: PageContext) {
  const { label, standing, isLate } = milestoneView(next, context);
  const waits = waitsFor.map((one) => {
    const { title, standing: when } = prerequisiteView(one, context);
    return context.t('work.waits', { title: title.text, standing: when });
  });
  const says = context.t('work.next', { kind: label, standing });
  return {
    title: promise.title,
    href: context.url(`/workspace/datasets/${promise.datasetId}#work`),
    note: [...(isLate ? [] : [says]), ...waits].join(' · '),
    ...(isLate && { late: says }),
  };
}
