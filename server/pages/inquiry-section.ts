import type { LangText } from '../../catalog/kernel/lang-text.ts';
import type { Inquiry } from '../../catalog/reuse/inquiry-repository.ts';
import { inquiryDeskPage } from './inquiry-desk-page.ts';
import type { PageContext } from './page-context.ts';

/** What people ask for and report and nobody has answered yet, as a part of “my work”. */
export function inquirySection(
  shown: {
    readonly inquiries: readonly Inquiry[];
    readonly total: number;
    readonly agencies: ReadonlyMap<string, LangText>;
    readonly today: string;
  },
  context: PageContext,
) {
  const { inquiries, total, agencies, today } = shown;
  const { rows } = inquiryDeskPage(inquiries, 'open', agencies, today, context);
  return {
    key: 'inquiries',
    heading: context.t('workspace.inquiries.heading'),
    total,
    items: rows.map(({ title, href, kind, due, late }) => ({
      title: title.text,
      href,
      note: context.t('duty.note', { kind, date: due }),
      ...(late !== undefined && { late }),
    })),
    empty: context.t('workspace.inquiries.none'),
    more: {
      href: context.url('/workspace/inquiries'),
      label: context.t('workspace.inquiries.view.open'),
    },
  };
}
