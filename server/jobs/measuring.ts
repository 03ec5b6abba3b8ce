import { setTimeout as sleep } from 'node:timers/promises';
import { localDate } from '../../catalog/kernel/clock.ts';
import { type MeasureDeps, measurePublished } from '../../catalog/publication/measure-published.ts';
import type { Logger } from '../log.ts';

const pauseMs = 3000;

/**
 * Keeps the scores true while the server runs: after each change of the catalogue, and when a day begins, because
 * what was fresh yesterday can be overdue today. A round that fails is logged and tried again.
 *
 * @returns stops it, once the batch at hand is written
 */
export function startMeasuring(deps: MeasureDeps & { readonly log: Logger }): () => Promise<void> {
  const stopping = new AbortController();
  const isStopped = () => stopping.signal.aborted;
  const run = async (): Promise<void> => {
    let done = '';
    while (!isStopped()) {
      try {
        const state = await stateOf(deps);
        if (state !== done) {
          const { scored, rewritten } = await measurePublished(deps, isStopped);
          if (scored > 0) deps.log.info({ event: 'catalog.measured', scored, rewritten });
          // What was published meanwhile is found by the next round.
          else done = state;
        }
      } catch (error) {
        deps.log.error({ event: 'catalog.measuring-failed', err: error });
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

/** What scores depend on besides the links: who checks those has the datasets scored himself. */
async function stateOf({ database, clock }: MeasureDeps): Promise<string> {
  const version = await database.version();
  return `${version} ${localDate(clock())}`;
}
