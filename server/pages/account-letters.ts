import type { Account } from '../../catalog/access/account-repository.ts';
import type { MailInput } from '../../catalog/mail/mail-repository.ts';
import { writeLetter } from './letter.ts';
import type { PageContext } from './page-context.ts';

/**
 * The letter that brings somebody the link to set their password.
 *
 * @param reason whether they come for the first time, or lost their password
 * @param context of the page on which it was made: its language is the best guess
 */
export function linkMail(
  reason: 'invitation' | 'renewal',
  account: Pick<Account, 'email' | 'name'>,
  link: string,
  context: PageContext,
): MailInput {
  const { t } = context;
  const letter = {
    subject: t(`mail.${reason}.subject`),
    lead: t(`mail.${reason}.lead`, { email: account.email }),
    groups: [],
    action: { label: t('mail.invitation.action'), href: link },
  };
  return writeLetter('invitation', account, letter, context);
}

/** The letter by which an administrator sees whether mail goes out. */
export function trialMail(
  account: Pick<Account, 'email' | 'name'>,
  context: PageContext,
): MailInput {
  const { t } = context;
  const letter = { subject: t('mail.trial.subject'), lead: t('mail.trial.lead'), groups: [] };
  return writeLetter('trial', account, letter, context);
}
