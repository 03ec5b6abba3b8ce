import { setTimeout as sleep } from 'node:timers/promises';
import type { IndicatorKeeper } from '../../catalog/criteria/keep-indicators.ts';
import type { UsageRecorder } from '../../catalog/usage/usage-recorder.ts';
import type { Logger } from '../log.ts';

const leastPauseMs = 15_000;
/** A large catalogue takes seconds: they are at most a twentieth of the time. */
const restFor = 20;

/**
 * Takes the indicators while the server runs, and closes months, quarters and years when they are over. A round that
 * fails is logged and tried again.
 *
 * @returns stops it, once the round at hand is over
 */
export function startKeepingIndicators(deps: {
  readonly indicators: IndicatorKeeper;
  readonly usage: UsageRecorder;
  readonly log: Logger;
}): () => Promise<void> {
  const stopping = new AbortController();
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const begun = performance.now();
      try {
        await deps.usage.flush();
        const closed = await deps.indicators.take();
        if (closed.length > 0) deps.log.info({ event: 'indicators.closed', periods: closed });
      } catch (error) {
        deps.log.error({ event: 'indicators.taking-failed', err: error });
      }
      const pauseMs = Math.max(leastPauseMs, restFor * (performance.now() - begun));
      await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const running = run();
  return async () => {
    stopping.abort();
    await running;
  };
}
