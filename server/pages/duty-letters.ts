import type { ListedDuty } from '../../catalog/duty/duty-repository.ts';
import type { News } from '../../catalog/duty/notify.ts';
import type { Digest, ReminderItem } from '../../catalog/duty/remind.ts';
import { isEscalation } from '../../catalog/duty/reminder-plan.ts';
import type { MailInput } from '../../catalog/mail/mail-repository.ts';
import { daysFrom } from '../../catalog/model/calendar.ts';
import { type Letter, type LetterItem, letterContext, letterURL, writeLetter } from './letter.ts';
import type { PageContext } from './page-context.ts';

/** More of a kind than this are told by their number. */
const most = 40;

/** What somebody hears once a day of what is due. */
export function digestMail(
  { account, settings, today, items }: Digest,
  baseURL: string,
): MailInput {
  const context = letterContext(settings.lang, baseURL);
  const late = items.filter(({ duty }) => duty.due < today).length;
  const groups = [
    ['escalated', items.filter(({ step }) => isEscalation(step))],
    ['late', own(items).filter(({ duty }) => duty.due < today)],
    ['today', own(items).filter(({ duty }) => duty.due === today)],
    ['soon', own(items).filter(({ duty }) => duty.due > today)],
  ] as const;
  const letter: Letter = {
    subject: context.plural(`mail.reminder.subject${late > 0 ? 'Late' : ''}`, items.length, {
      late,
    }),
    lead: context.t('mail.reminder.lead'),
    groups: groups
      .filter(([, those]) => those.length > 0)
      .map(([key, those]) => ({
        heading: context.t(`mail.reminder.${key}`),
        items: those.slice(0, most).map(({ duty }) => itemOf(duty, today, context)),
        ...moreThan(those.length, context),
      })),
    action: {
      label: context.t('mail.reminder.action'),
      href: letterURL('/workspace', context),
    },
  };
  return writeLetter('reminder', account, letter, context);
}

function own(items: readonly ReminderItem[]): readonly ReminderItem[] {
  return items.filter(({ step }) => !isEscalation(step));
}

function itemOf(duty: ListedDuty, today: string, context: PageContext): LetterItem {
  return {
    title: duty.title,
    href: letterURL(`/workspace/datasets/${duty.datasetId}`, context),
    note: [dutyNote(duty, context), dueInWords(duty.due, today, context)].join(' · '),
  };
}

/** What is to be done, and by when: Cập nhật dữ liệu, hạn 30/11/2026. */
export function dutyNote({ kind, due }: Pick<ListedDuty, 'kind' | 'due'>, context: PageContext) {
  return context.t('duty.note', { kind: context.t(`duty.kind.${kind}`), date: context.date(due) });
}

/** How far away a day is, in words. */
export function dueInWords(due: string, today: string, context: PageContext): string {
  const days = daysFrom(today, due);
  if (days === 0) return context.t('duty.today');
  return days < 0 ? context.plural('duty.late', -days) : context.plural('duty.inDays', days);
}

const newsKinds = ['submitted', 'returned', 'approved', 'handed-over'] as const;

/** What became of datasets, for who waits to hear of it. */
export function newsMail({ account, settings, items }: News, baseURL: string): MailInput {
  const context = letterContext(settings.lang, baseURL);
  const [first, ...others] = items;
  const letter: Letter = {
    subject:
      first && others.length === 0
        ? context.t(`mail.news.subject.${first.kind}`, { title: first.title })
        : context.plural('mail.news.subjectMany', items.length),
    lead: context.t('mail.news.lead'),
    groups: newsKinds
      .map((kind) => ({ kind, those: items.filter((item) => item.kind === kind) }))
      .filter(({ those }) => those.length > 0)
      .map(({ kind, those }) => ({
        heading: context.t(`mail.news.${kind}`),
        items: those.slice(0, most).map(({ title, datasetId, reason, at }) => ({
          title,
          href: letterURL(`/workspace/datasets/${datasetId}`, context),
          note: context.moment(at),
          ...(reason !== undefined && { reason: context.t('mail.news.reason', { reason }) }),
        })),
        ...moreThan(those.length, context),
      })),
  };
  return writeLetter('workflow', account, letter, context);
}

function moreThan(count: number, context: PageContext) {
  return count > most ? { more: context.plural('mail.more', count - most) } : {};
}
