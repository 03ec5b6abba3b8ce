import type { MailQueue } from '../../catalog/access/read-mail.ts';
import { type MailState, mailStates } from '../../catalog/mail/mail-repository.ts';
import type { Sender } from '../config/settings.ts';
import type { PageContext } from './page-context.ts';

/** Mail on its way, for who looks after it. */
export function mailPage(
  shown: {
    readonly queue: MailQueue;
    /** The state that the list is narrowed to. */
    readonly state: MailState | undefined;
    /** Absent: mail is off. */
    readonly sender: Sender | undefined;
    readonly now: string;
  },
  context: PageContext,
) {
  const { queue, state, sender, now } = shown;
  const { t, url, moment, number } = context;
  const total = [...queue.counts.values()].reduce((sum, count) => sum + count, 0);
  return {
    sender: sender && (sender.name === '' ? sender.address : `${sender.name} <${sender.address}>`),
    tabs: [
      { label: t('mails.all'), count: number(total), href: url('/workspace/mail') },
      ...mailStates.map((value) => ({
        label: t(`mails.state.${value}`),
        count: number(queue.counts.get(value) ?? 0),
        href: url(`/workspace/mail?state=${value}`),
      })),
    ].map((tab, at) => ({ ...tab, isShown: at === (state ? mailStates.indexOf(state) + 1 : 0) })),
    mails: queue.mails.map((mail) => ({
      subject: mail.subject,
      to: `${mail.to.name} <${mail.to.email}>`,
      kind: t(`mails.kind.${mail.kind}`),
      standing: t(`mails.state.${mail.state}`),
      isFailed: mail.state === 'failed',
      at: moment(mail.sentAt ?? mail.createdAt),
      attempts: mail.attempts > 0 ? context.plural('mails.attempts', mail.attempts) : undefined,
      error: mail.lastError,
      nextTry:
        mail.state === 'queued' && mail.nextTryAt > now
          ? t('mails.nextTry', { moment: moment(mail.nextTryAt) })
          : undefined,
      retry: mail.state === 'sent' ? undefined : url(`/workspace/mail/${mail.id}/retry`),
    })),
    trial: url('/workspace/mail/trial'),
  };
}
