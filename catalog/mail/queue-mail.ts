import { randomUUID } from 'node:crypto';
import type { Tx } from '../storage/database.ts';
import { type MailInput, mailRepository } from './mail-repository.ts';

/**
 * Puts mails into the queue, in the transaction of what they tell: they go out if it happened, and not otherwise. No
 * request waits for a mail server.
 */
export async function queueMails(tx: Tx, mails: readonly MailInput[], at: string): Promise<void> {
  await mailRepository(tx).insert(
    mails.map((mail) => ({
      ...mail,
      id: randomUUID(),
      to: { email: inOneLine(mail.to.email), name: inOneLine(mail.to.name) },
      subject: inOneLine(mail.subject),
      state: 'queued' as const,
      attempts: 0,
      nextTryAt: at,
      createdAt: at,
    })),
  );
}

/** What stands in a header is one line: RFC 5322 §2.2. Nobody adds a header through a name or a title. */
function inOneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}
