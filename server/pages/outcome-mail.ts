import type { MailInput } from '../../catalog/mail/mail-repository.ts';
import type { Outcome } from '../../catalog/reuse/tell-sender.ts';
import { type Letter, letterContext, letterURL, writeLetter } from './letter.ts';

const longestTitle = 100;

/** What somebody of the public hears of what they sent; in the language in which they wrote it. */
export function outcomeMail(
  { email, kind, act, path, title, words }: Outcome,
  baseURL: string,
): MailInput {
  const context = letterContext(title['vi'] === undefined ? 'en' : 'vi', baseURL);
  const href = letterURL(path, context);
  const heading = context.t(`mail.outcome.${kind}.${act}`);
  const { text } = context.show(title);
  const short = text.length > longestTitle ? `${text.slice(0, longestTitle).trimEnd()}…` : text;
  const letter: Letter = {
    subject: `${heading}: ${short}`,
    lead: context.t('mail.outcome.lead'),
    groups: [
      { heading, items: [{ title: short, href, note: words ? context.show(words).text : '' }] },
    ],
    action: { label: context.t('mail.outcome.action'), href },
  };
  return writeLetter('outcome', { email, name: context.t('mail.outcome.you') }, letter, context);
}
