import { setTimeout as sleep } from 'node:timers/promises';
import { type TellDeps, tell } from '../../catalog/duty/notify.ts';
import { type RemindDeps, remind } from '../../catalog/duty/remind.ts';
import type { Logger } from '../log.ts';

const pauseMs = 15_000;

/**
 * While the server runs: reminds once a day of what is due, and tells people what became of their datasets. A round that
 * fails is logged and tried again.
 *
 * @returns stops it, once the round at hand is over
 */
export function startNotices(
  deps: RemindDeps & TellDeps & { readonly log: Logger },
): () => Promise<void> {
  const stopping = new AbortController();
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        const reminded = await remind(deps);
        if (reminded !== undefined) deps.log.info({ event: 'duty.reminded', mails: reminded });
        await tell(deps);
      } catch (error) {
        deps.log.error({ event: 'duty.notices-failed', err: error });
      }
      await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const running = run();
  return async () => {
    stopping.abort();
    await running;
  };
}
