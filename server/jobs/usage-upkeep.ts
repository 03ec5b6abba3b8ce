import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../../catalog/kernel/clock.ts';
import type { Database } from '../../catalog/storage/database.ts';
import { followCatalogue } from '../../catalog/usage/group-repository.ts';
import { pruneUsage, type Retention } from '../../catalog/usage/prune-usage.ts';
import type { Logger } from '../log.ts';

export interface UsageUpkeepDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
}

const pauseMs = 3000;
const pruneEveryMs = 6 * 3_600_000;

/**
 * Keeps the figures of use in order while the server runs: datasets that change hands take theirs along, and what is
 * older than it is kept goes. A round that fails is logged and tried again.
 *
 * @returns stops it, once the step at hand is done
 */
export function startUsageUpkeep(deps: UsageUpkeepDeps, kept: Retention): () => Promise<void> {
  const stopping = new AbortController();
  const run = async (): Promise<void> => {
    let version: number | undefined;
    let prunedAt = Number.NEGATIVE_INFINITY;
    while (!stopping.signal.aborted) {
      try {
        const current = await deps.database.version();
        if (current !== version) await followCatalogue(deps.database);
        version = current;
        if (performance.now() - prunedAt >= pruneEveryMs) {
          const { days, ...from } = await pruneUsage(deps, kept);
          if (days > 0) deps.log.info({ event: 'usage.pruned', days, ...from });
          prunedAt = performance.now();
        }
      } catch (error) {
        deps.log.error({ event: 'usage.upkeep-failed', err: error });
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
