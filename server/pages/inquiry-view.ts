import { openStates } from '../../catalog/reuse/inquiry-lifecycle.ts';
import type { Inquiry } from '../../catalog/reuse/inquiry-repository.ts';
import type { PageContext, Shown } from './page-context.ts';
import { labelOf } from './public-form.ts';

/** A request or a report in a list, as far as everybody may see it. */
export interface InquiryCard {
  readonly href: string;
  readonly title: Shown;
  readonly state: string;
  readonly received: string;
  /** When an answer is due, or came; absent: it came and no day is known. */
  readonly when?: string;
  /** How late an answer is, in words. */
  readonly late?: string;
  /** Of a request. */
  readonly supporters?: string;
}

const dayMs = 86_400_000;

export function inquiryCard(inquiry: Inquiry, today: string, context: PageContext): InquiryCard {
  const late = lateness(inquiry, today, context);
  const when = whenOf(inquiry, context);
  return {
    href: context.url(`/${inquiry.kind}/${inquiry.id}`),
    title: inquiryTitle(inquiry, inquiry.isShown, context),
    state: context.t(`inquiry.state.${inquiry.state}`),
    received: context.t('inquiry.received', { date: context.date(inquiry.receivedAt) }),
    ...(when !== undefined && { when }),
    ...(late !== undefined && { late }),
    ...(inquiry.kind === 'request' && {
      supporters: context.plural('inquiry.supporters', inquiry.supporters),
    }),
  };
}

/** What it is called; of a report: what is wrong. Until its text may be seen, that it waits. */
export function inquiryTitle(inquiry: Inquiry, mayRead: boolean, context: PageContext): Shown {
  if (inquiry.kind === 'feedback') {
    return { text: labelOf('feedback', 'type', inquiry.record.type, context) };
  }
  return mayRead ? context.show(inquiry.record.title) : { text: context.t('inquiry.unread') };
}

/** `Quá hạn 3 ngày`. Absent: it is answered, or not due yet. */
export function lateness(
  { state, due }: Pick<Inquiry, 'state' | 'due'>,
  today: string,
  context: PageContext,
): string | undefined {
  if (!openStates.includes(state) || due >= today) return undefined;
  const days = Math.round((Date.parse(today) - Date.parse(due)) / dayMs);
  return context.plural('inquiry.late', days);
}

function whenOf({ state, due, answeredAt }: Inquiry, { t, date }: PageContext): string | undefined {
  if (openStates.includes(state)) return t('inquiry.due', { date: date(due) });
  return answeredAt === undefined ? undefined : t('inquiry.answeredOn', { date: date(answeredAt) });
}
