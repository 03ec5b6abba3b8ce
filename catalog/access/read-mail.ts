import { recordAct } from '../audit/record-act.ts';
import { CatalogError } from '../kernel/errors.ts';
import {
  type Mail,
  type MailInput,
  type MailState,
  mailRepository,
} from '../mail/mail-repository.ts';
import { queueMails } from '../mail/queue-mail.ts';
import { type Actor, assertMay } from './actor.ts';
import type { AccessDeps } from './sessions.ts';

/** Mail as an administrator sees it: to whom, what about, how far. What it says is between those who write and read it. */
export type MailOnItsWay = Omit<Mail, 'text' | 'html'>;

export interface MailQueue {
  readonly mails: readonly MailOnItsWay[];
  readonly counts: ReadonlyMap<MailState, number>;
}

/**
 * The newest mail.
 *
 * @throws {CatalogError} `forbidden` / `not-permitted`
 */
export async function listMail(
  state: MailState | undefined,
  limit: number,
  actor: Actor,
  { database }: AccessDeps,
): Promise<MailQueue> {
  assertMay(actor, ['administrator']);
  const repository = mailRepository(database.current);
  const mails = await repository.list(state, limit);
  return {
    mails: mails.map(({ text: _text, html: _html, ...rest }) => rest),
    counts: await repository.countByState(),
  };
}

/**
 * Has a mail tried again at once.
 *
 * @throws {CatalogError} `not-found` / `mail-not-found` for what was sent, too; `forbidden`
 */
export async function retryMail(
  id: string,
  actor: Actor,
  { database, clock }: AccessDeps,
): Promise<void> {
  assertMay(actor, ['administrator']);
  const at = clock();
  await database.transaction(async (tx) => {
    if (!(await mailRepository(tx).retry(id, at))) throw mailNotFound();
    await recordAct(tx, { at, by: actor, act: 'mail.retry', subject: `mail/${id}` });
  });
}

/** Queues a mail by which an administrator sees whether mail goes out. */
export async function tryMail(
  mail: MailInput,
  actor: Actor,
  { database, clock }: AccessDeps,
): Promise<void> {
  assertMay(actor, ['administrator']);
  const at = clock();
  await database.transaction(async (tx) => {
    await queueMails(tx, [mail], at);
    await recordAct(tx, { at, by: actor, act: 'mail.try', subject: 'mail' });
  });
}

function mailNotFound(): CatalogError {
  return new CatalogError('not-found', 'mail-not-found', {
    vi: 'Không có thư này trong hàng đợi; có thể thư vừa gửi xong.',
    en: 'There is no such mail in the queue; it may just have been sent.',
  });
}
