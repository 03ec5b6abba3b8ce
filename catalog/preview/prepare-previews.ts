import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, later } from '../kernel/clock.ts';
import type { Database } from '../storage/database.ts';
import type { FileStore } from '../storage/file-store.ts';
import type { PreviewFailure } from './preview-facts.ts';
import type { PreviewSource } from './preview-job.ts';
import { type Prepared, type Preview, previewRepository } from './preview-repository.ts';
import type { PreviewStore } from './preview-store.ts';
import { type PreparationLimits, preparationLimits, runPreparation } from './run-preparation.ts';

/** Fetches what lies elsewhere into a file. Gives why it could not; absent: it is there. */
export type FetchLinked = (url: string, file: string) => Promise<PreviewFailure | undefined>;

export interface PrepareDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly files: FileStore;
  readonly previews: PreviewStore;
  readonly fetchLinked: FetchLinked;
  /** Room on disk for all tables together. */
  readonly mostBytes: number;
  readonly limits?: PreparationLimits;
  /** Told of what went wrong unexpectedly. */
  readonly onTrouble: (key: string, said: string) => void;
}

const minuteMs = 60_000;
/** Longer than fetching and preparing may take together: nobody else takes a file that is just being prepared. */
const leaseMs = 15 * minuteMs;
/** A file at which processes die is left alone. */
const mostAttempts = 2;

/**
 * Prepares what waits, the longest first. Several processes may do so at once: each file is one's alone meanwhile.
 *
 * @param isStopped asked between two files
 * @returns how many were shown to be tables, and how many not
 */
export async function preparePreviews(
  deps: PrepareDeps,
  isStopped: () => boolean = () => false,
): Promise<{ readonly ready: number; readonly failed: number }> {
  const { database, clock } = deps;
  const counts = { ready: 0, failed: 0 };
  while (!isStopped()) {
    const preview = await takeOne(deps);
    if (!preview) break;
    const outcome: Prepared =
      preview.attempts > mostAttempts ? { failure: 'failed' } : await prepareOne(preview, deps);
    await database.transaction((tx) => previewRepository(tx).conclude(preview, outcome, clock()));
    counts['facts' in outcome ? 'ready' : 'failed'] += 1;
    await makeRoom(deps);
  }
  return counts;
}

async function takeOne({ database, clock }: PrepareDeps): Promise<Preview | undefined> {
  const now = clock();
  for (const preview of await previewRepository(database.current).waiting(now)) {
    const until = later(now, leaseMs);
    const taken = await database.transaction((tx) => previewRepository(tx).take(preview, until));
    if (taken) return taken;
  }
  return undefined;
}

async function prepareOne(preview: Preview, deps: PrepareDeps): Promise<Prepared> {
  const { previews, limits = preparationLimits, onTrouble } = deps;
  const { key, job } = preview;
  const folder = await previews.makeWorkFolder();
  try {
    const fetched = await fetchSource(job.source, folder, deps);
    if (typeof fetched !== 'object') return { failure: fetched };
    const target = join(folder, 'table.parquet');
    const { declared, choice } = job;
    const order = { file: fetched.file, declared, choice, folder, target };
    const result = await runPreparation(order, limits);
    if ('facts' in result) {
      return { facts: result.facts, byteSize: await previews.keep(key, target) };
    }
    if (result.said !== undefined) onTrouble(key, result.said);
    return { failure: result.failure };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function fetchSource(
  source: PreviewSource,
  folder: string,
  { files, fetchLinked }: PrepareDeps,
): Promise<{ readonly file: string } | PreviewFailure> {
  if ('sha256' in source) {
    const isThere = await files.has(source.sha256);
    return isThere ? { file: files.pathOf(source.sha256) } : 'not-found';
  }
  const file = join(folder, 'fetched');
  return (await fetchLinked(source.url, file)) ?? { file };
}

/** Lets the tables go that were not looked at for longest, until the others fit. */
async function makeRoom({ database, previews, mostBytes }: PrepareDeps): Promise<void> {
  const stored = await previewRepository(database.current).stored();
  let bytes = stored.reduce((sum, { byteSize }) => sum + byteSize, 0);
  for (const { key, byteSize } of stored.slice(0, -1)) {
    if (bytes <= mostBytes) return;
    await database.transaction((tx) => previewRepository(tx).evict(key));
    await previews.drop(key);
    bytes -= byteSize;
  }
}
