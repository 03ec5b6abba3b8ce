import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../log.ts';

const pauseMs = 60_000;

/**
 * Asks every minute, while the server runs, whether another catalogue is to be read.
 *
 * @param harvestDue reads those that are due, until it is told to stop
 * @returns stops it, once the catalogue at hand is read
 */
export function startHarvesting(
  log: Logger,
  harvestDue: (isStopped: () => boolean) => Promise<void>,
): () => Promise<void> {
  const stopping = new AbortController();
  const isStopped = () => stopping.signal.aborted;
  const run = async (): Promise<void> => {
    while (!isStopped()) {
      await harvestDue(isStopped).catch((error: unknown) => {
        log.error({ event: 'harvest.failed', err: error });
      });
      await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const running = run();
  return async () => {
    stopping.abort();
    await running;
  };
}
