import type { InventoryLine } from '../../catalog/desk/inventory-line.ts';
import { dueView } from './inventory-page.ts';
import type { PageContext } from './page-context.ts';

/** A part of “my work” that is a part of the inventory's table. */
export interface SectionInput {
  readonly key: 'returned' | 'review' | 'release' | 'drafts';
  /** The address of the table that shows all of it. */
  readonly href: string;
  readonly lines: readonly InventoryLine[];
  readonly total: number;
  /** A local calendar date. */
  readonly today: string;
}

export function inventorySection(
  { key, href, lines, total, today }: SectionInput,
  context: PageContext,
) {
  const isUnfinished = key === 'drafts' || key === 'returned';
  return {
    key,
    heading: context.t(`work.${key}`),
    empty: context.t(`work.${key}.empty`),
    items: lines.map((line) => itemOf(line, isUnfinished, today, context)),
    total,
    ...(total > lines.length && {
      more: {
        href: context.url(href),
        label: context.t('work.all', { count: context.number(total) }),
      },
    }),
  };
}

function itemOf(line: InventoryLine, isUnfinished: boolean, today: string, context: PageContext) {
  const due = line.due && dueView(line.due, today, context);
  const lacking =
    line.missing.length > 0
      ? context.plural('work.drafts.missing', line.missing.length)
      : context.t('work.drafts.ready');
  const note = [
    isUnfinished ? lacking : '',
    due && !due.isLate ? `${due.kind} ${due.on}` : '',
    line.officerName ?? '',
  ];
  return {
    title: line.title,
    href: context.url(`/workspace/datasets/${line.id}`),
    note: note.filter((part) => part !== '').join(' · '),
    ...(due?.isLate && { late: context.t('inventory.late', { date: due.on }) }),
  };
}
