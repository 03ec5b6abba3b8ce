import type { Actor } from '../access/actor.ts';
import { agencyRepository } from '../inventory/agency-repository.ts';
import { datasetRepository } from '../inventory/dataset-repository.ts';
import { saveAgency } from '../inventory/save-agency.ts';
import { type ReflectChanges, writeDatasets } from '../inventory/write-datasets.ts';
import type { Clock } from '../kernel/clock.ts';
import { CatalogError } from '../kernel/errors.ts';
import type { Message } from '../kernel/lang-text.ts';
import type { Database, Tx } from '../storage/database.ts';
import { type Accepted, accept, nameOf, type Rejection } from './accept-item.ts';
import type { IncomingItem } from './import-item.ts';
import type { ImportPolicy } from './import-policy.ts';
import { judge } from './judge-item.ts';
import { settleAgencies, settleDatasets } from './settle-names.ts';

/** What an import did, in the words of the contract. */
export interface ImportReport {
  read: number;
  created: number;
  updated: number;
  unchanged: number;
  /** Of the created and updated ones, those that the public sees now. */
  published: number;
  readonly rejected: Rejection[];
  /** What was mended on the way in, by line. */
  readonly notes: { readonly line: number; readonly id: string; readonly note: Message }[];
}

/** A report of an import that has not begun. */
export function emptyReport(): ImportReport {
  return { read: 0, created: 0, updated: 0, unchanged: 0, published: 0, rejected: [], notes: [] };
}

export interface ImportDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly reflect: ReflectChanges;
  readonly actor: Actor;
  readonly dryRun: boolean;
  /** Told the ids of a batch, the unchanged too, inside the transaction that stores it. */
  onStored?(tx: Tx, ids: readonly string[]): Promise<void>;
  /** Told after every batch is safely stored. */
  onProgress?(report: ImportReport): void;
}

/** So many are stored together: more would only take memory. */
const batchSize = 250;

/**
 * Imports records, a batch a transaction, past every bad one. Run twice, it changes nothing the second time.
 *
 * What the report counts as done is committed: after a crash it is there, and running it again does the rest.
 */
export async function importRecords(
  items: AsyncIterable<IncomingItem>,
  policy: ImportPolicy,
  deps: ImportDeps,
): Promise<ImportReport> {
  const report = emptyReport();
  const lineOf = new Map<string, number>();
  let batch: Accepted[] = [];
  let storing: Promise<void> = Promise.resolve();

  // One batch is stored while the next is read: parsing and writing take turns on two threads.
  const store = async () => {
    await storing;
    const full = batch;
    batch = [];
    storing = storeBatch(full, policy, deps, report).then(() => deps.onProgress?.(report));
    // What goes wrong is thrown where the next batch, or the end, waits for it.
    storing.catch(() => undefined);
  };
  for await (const item of items) {
    if ('remark' in item) {
      const { line, remark, isLoss } = item;
      if (isLoss) report.rejected.push({ line, reason: remark });
      else report.notes.push({ line, id: '', note: remark });
      continue;
    }
    report.read += 1;
    const accepted = accept(item, policy, lineOf);
    if ('reason' in accepted) {
      report.rejected.push(accepted);
      continue;
    }
    lineOf.set(nameOf(accepted.record), accepted.line);
    const noted = 'notes' in item ? (item.notes ?? []) : [];
    for (const note of [...noted, ...accepted.notes]) {
      report.notes.push({ line: item.line, id: accepted.record.id, note });
    }
    batch.push(accepted);
    if (batch.length >= batchSize) await store();
  }
  if (batch.length > 0) await store();
  await storing;
  report.rejected.sort((a, b) => a.line - b.line);
  return report;
}

async function storeBatch(
  batch: readonly Accepted[],
  policy: ImportPolicy,
  deps: ImportDeps,
  report: ImportReport,
): Promise<void> {
  try {
    await storeTogether(batch, policy, deps, report);
  } catch (error) {
    const [only] = batch;
    if (batch.length === 1 && only) {
      if (!(error instanceof CatalogError)) throw error;
      report.rejected.push({ line: only.line, id: only.record.id, reason: error.detail });
      return;
    }
    // One of them is in the way: each on its own, so that the others get in.
    if (!(error instanceof CatalogError)) throw error;
    for (const item of batch) await storeBatch([item], policy, deps, report);
  }
}

/** Undoes a transaction on purpose. */
class DryRun extends Error {}

async function storeTogether(
  batch: readonly Accepted[],
  policy: ImportPolicy,
  deps: ImportDeps,
  report: ImportReport,
): Promise<void> {
  let counts: Pick<ImportReport, 'created' | 'updated' | 'unchanged' | 'published'> | undefined;
  const work = async (tx: Tx) => {
    const settled = await settleBatch(tx, batch, deps);
    await assertPublishersKnown(tx, settled);
    const existing = await datasetRepository(tx).findMany(settled.map(({ record }) => record.id));
    const at = deps.clock();
    const changes = settled.flatMap((item) => {
      const verdict = judge(item, existing.get(item.record.id), policy, at);
      return 'change' in verdict ? [verdict.change] : [];
    });
    await writeDatasets(tx, changes, deps.actor, deps.reflect);
    await deps.onStored?.(
      tx,
      settled.map(({ record }) => record.id),
    );
    const created = changes.filter(({ before }) => !before).length;
    counts = {
      created,
      updated: changes.length - created,
      unchanged: batch.length - changes.length,
      published: changes.filter(({ after }) => after.state === 'published').length,
    };
    if (deps.dryRun) throw new DryRun();
  };
  try {
    await deps.database.transaction(work);
  } catch (error) {
    if (!(error instanceof DryRun)) throw error;
  }
  report.created += counts?.created ?? 0;
  report.updated += counts?.updated ?? 0;
  report.unchanged += counts?.unchanged ?? 0;
  report.published += counts?.published ?? 0;
}

/**
 * Gives agencies and datasets their ids here. Agencies that come with their datasets are registered; one that is known
 * already keeps what is known of it.
 */
async function settleBatch(
  tx: Tx,
  batch: readonly Accepted[],
  deps: ImportDeps,
): Promise<readonly Accepted[]> {
  const incoming = new Set(batch.flatMap(({ agency }) => agency ?? []));
  const agencies = await settleAgencies(incoming, tx);
  const known = await agencyRepository(tx).known([...agencies.values()].map(({ id }) => id));
  const saved = new Set<string>(known);
  for (const agency of agencies.values()) {
    if (saved.has(agency.id)) continue;
    saved.add(agency.id);
    await saveAgency(tx, agency, deps.clock, deps.actor);
  }
  const records = batch.map(({ record, agency }) => {
    const publisher = agency && agencies.get(agency)?.id;
    return publisher === undefined || publisher === record.publisher
      ? record
      : { ...record, publisher };
  });
  const settled = await settleDatasets(records, tx);
  return batch.map((item, index) => ({ ...item, record: settled[index] ?? item.record }));
}

async function assertPublishersKnown(tx: Tx, batch: readonly Accepted[]): Promise<void> {
  const wanted = [...new Set(batch.map(({ record }) => record.publisher))];
  const known = await agencyRepository(tx).known(wanted);
  const unknown = wanted.find((id) => !known.has(id));
  if (unknown === undefined) return;
  throw new CatalogError('invalid', 'agency-unknown', {
    vi: `Không có cơ quan "${unknown}"; hãy nhập cơ quan trước (khue import agencies).`,
    en: `There is no agency "${unknown}"; import the agencies first (khue import agencies).`,
  });
}
