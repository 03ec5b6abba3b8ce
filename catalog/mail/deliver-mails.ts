import { type Clock, later } from '../kernel/clock.ts';
import type { Database } from '../storage/database.ts';
import { type Mail, mailRepository } from './mail-repository.ts';

/** Why a mail did not go out. */
export interface MailRefusal {
  readonly error: string;
  /**
   * `never`: this mail will not be taken. `later`: this one may be. `server`: the mail server does not answer or does not
   * let us in, so no other mail would fare better now.
   */
  readonly because: 'never' | 'later' | 'server';
}

/** Hands a mail to the mail server. Absent: it was taken. */
export type SendMail = (mail: Mail) => Promise<MailRefusal | undefined>;

export interface DeliverDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly send: SendMail;
}

export interface Delivered {
  readonly sent: number;
  /** Tried again later. */
  readonly delayed: number;
  /** Given up. */
  readonly failed: number;
  /** Whether the mail server did not answer, and mails were left for later because of it. */
  readonly isServerAway: boolean;
}

const minuteMs = 60_000;
/** Longer than a mail server may take to answer: nobody else takes a mail that is just being sent. */
export const leaseMs = 10 * minuteMs;
/** After 1, 4, 16, 64 minutes, and so on up to a day; the last time about three days after the first. */
export const mostAttempts = 9;
const longestPauseMs = 24 * 60 * minuteMs;

/**
 * Sends what waits, the longest first. Several processes may do so at once: each mail is one's alone while it is sent. Who
 * dies between the mail server's yes and the note of it sends it again when the lease is over, under the same Message-ID.
 *
 * @param isStopped asked between two mails
 */
export async function deliverMails(
  { database, clock, send }: DeliverDeps,
  isStopped: () => boolean = () => false,
): Promise<Delivered> {
  const counts = { sent: 0, delayed: 0, failed: 0 };
  while (!isStopped()) {
    const mail = await takeOne();
    if (!mail) break;
    const refusal = await send(mail);
    const outcome = await conclude(mail, refusal);
    counts[outcome] += 1;
    if (refusal?.because === 'server') return { ...counts, isServerAway: true };
  }
  return { ...counts, isServerAway: false };

  async function takeOne(): Promise<Mail | undefined> {
    const now = clock();
    for (const mail of await mailRepository(database.current).waiting(now)) {
      const until = later(now, leaseMs);
      const taken = await database.transaction((tx) => mailRepository(tx).take(mail, until));
      if (taken) return taken;
    }
    return undefined;
  }

  async function conclude(
    mail: Mail,
    refusal: MailRefusal | undefined,
  ): Promise<keyof typeof counts> {
    const now = clock();
    return database.transaction(async (tx) => {
      const mails = mailRepository(tx);
      if (!refusal) {
        await mails.markSent(mail, now);
        return 'sent';
      }
      const isOver = refusal.because === 'never' || mail.attempts >= mostAttempts;
      const nextTryAt = isOver ? undefined : later(now, pauseAfter(mail.attempts));
      await mails.markUnsent(mail, refusal.error, nextTryAt);
      return isOver ? 'failed' : 'delayed';
    });
  }
}

/** How long a mail rests after so many attempts. */
export function pauseAfter(attempts: number): number {
  return Math.min(minuteMs * 4 ** (attempts - 1), longestPauseMs);
}
