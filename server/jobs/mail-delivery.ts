import { setTimeout as sleep } from 'node:timers/promises';
import { type Clock, later } from '../../catalog/kernel/clock.ts';
import { deliverMails, type SendMail } from '../../catalog/mail/deliver-mails.ts';
import { mailRepository } from '../../catalog/mail/mail-repository.ts';
import type { Database } from '../../catalog/storage/database.ts';
import type { Logger } from '../log.ts';

export interface MailDeliveryDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
}

const pauseMs = 5000;
/** While the mail server does not answer. */
const longPauseMs = 60_000;
const pruneEveryMs = 6 * 3_600_000;
/** What was sent can be looked up for a season. */
const keptMs = 90 * 86_400_000;

/**
 * Sends mail while the server runs. What does not go out is tried again; a round that fails is logged and tried again.
 *
 * @returns stops it, once the mail at hand is sent or not
 */
export function startMailDelivery(deps: MailDeliveryDeps, send: SendMail): () => Promise<void> {
  const stopping = new AbortController();
  const isStopped = () => stopping.signal.aborted;
  const run = async (): Promise<void> => {
    let prunedAt = Number.NEGATIVE_INFINITY;
    while (!isStopped()) {
      const isAway = await round(deps, send, isStopped);
      if (!isAway && performance.now() - prunedAt >= pruneEveryMs) {
        await prune(deps);
        prunedAt = performance.now();
      }
      const pause = isAway ? longPauseMs : pauseMs;
      await sleep(pause, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const running = run();
  return async () => {
    stopping.abort();
    await running;
  };
}

/** Gives whether the mail server is away. */
async function round(
  deps: MailDeliveryDeps,
  send: SendMail,
  isStopped: () => boolean,
): Promise<boolean> {
  const { database, clock, log } = deps;
  try {
    const { isServerAway, ...counts } = await deliverMails({ database, clock, send }, isStopped);
    if (counts.sent > 0) log.info({ event: 'mail.sent', ...counts });
    if (isServerAway) log.warn({ event: 'mail.server-away', ...counts });
    else if (counts.failed > 0) log.warn({ event: 'mail.failed', ...counts });
    return isServerAway;
  } catch (error) {
    log.error({ event: 'mail.delivery-failed', err: error });
    return true;
  }
}

async function prune({ database, clock, log }: MailDeliveryDeps): Promise<void> {
  try {
    const before = later(clock(), -keptMs);
    await database.transaction((tx) => mailRepository(tx).prune(before));
  } catch (error) {
    log.error({ event: 'mail.pruning-failed', err: error });
  }
}
