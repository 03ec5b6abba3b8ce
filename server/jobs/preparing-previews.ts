import { setTimeout as sleep } from 'node:timers/promises';
import { CatalogError } from '../../catalog/kernel/errors.ts';
import { getPreview, type PreviewDeps } from '../../catalog/preview/get-preview.ts';
import { preparePreviews } from '../../catalog/preview/prepare-previews.ts';
import { tableEndings } from '../../catalog/preview/preview-job.ts';
import { previewRepository } from '../../catalog/preview/preview-repository.ts';
import type { FileStore } from '../../catalog/storage/file-store.ts';
import type { Logger } from '../log.ts';
import { fetchLinked } from './fetch-linked.ts';
import type { AskOptions } from './guarded-request.ts';

export interface PreparingDeps extends PreviewDeps {
  readonly baseURL: string;
  readonly files: FileStore;
  readonly log: Logger;
  readonly config: { readonly previewMegabytes: number };
}

const pauseMs = 2000;
const sweepEveryMs = 6 * 3_600_000;
const mostUnseen = 20;

/** Prepares what is asked for, once. */
export function prepareWaiting(
  deps: PreparingDeps,
  ask: Partial<AskOptions> = {},
  isStopped: () => boolean = () => false,
): Promise<{ readonly ready: number; readonly failed: number }> {
  const { baseURL, log, config } = deps;
  const options = { userAgent: `Khue (+${baseURL}; preview)`, ...ask };
  return preparePreviews(
    {
      ...deps,
      mostBytes: config.previewMegabytes * 1_000_000,
      fetchLinked: (url, file) => fetchLinked(url, file, options),
      onTrouble: (key, said) => log.warn({ event: 'preview.trouble', key, said }),
    },
    isStopped,
  );
}

/** Asks for the tables of new files of ours, so that the first reader finds them ready. Gives how many. */
export async function requestUnseen(deps: PreviewDeps): Promise<number> {
  const previews = previewRepository(deps.database.current);
  const unseen = await previews.unseenFiles(tableEndings, mostUnseen);
  let requested = 0;
  for (const { distributionId } of unseen) {
    try {
      await getPreview(distributionId, {}, deps);
      requested += 1;
    } catch (error) {
      // Not every file is a table.
      if (!(error instanceof CatalogError)) throw error;
    }
  }
  return requested;
}

/**
 * Turns files into tables while the server runs. A round that fails is logged and tried again.
 *
 * @returns stops it, once the file at hand is done
 */
export function startPreparingPreviews(deps: PreparingDeps): () => Promise<void> {
  const stopping = new AbortController();
  const isStopped = () => stopping.signal.aborted;
  const run = async (): Promise<void> => {
    let sweptAt = Number.NEGATIVE_INFINITY;
    while (!isStopped()) {
      try {
        if (performance.now() - sweptAt >= sweepEveryMs) {
          await deps.previews.sweep(Date.now());
          sweptAt = performance.now();
        }
        await requestUnseen(deps);
        const { ready, failed } = await prepareWaiting(deps, {}, isStopped);
        if (ready + failed > 0) deps.log.info({ event: 'preview.prepared', ready, failed });
      } catch (error) {
        deps.log.error({ event: 'preview.preparing-failed', err: error });
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
