import { isDeepStrictEqual } from 'node:util';
import type { Actor } from '../access/actor.ts';
import { agencyRepository } from '../inventory/agency-repository.ts';
import { type Dataset, datasetRepository } from '../inventory/dataset-repository.ts';
import { saveAgency } from '../inventory/save-agency.ts';
import {
  type DatasetChange,
  type ReflectChanges,
  writeDatasets,
} from '../inventory/write-datasets.ts';
import type { Clock } from '../kernel/clock.ts';
import { CatalogError, type Finding } from '../kernel/errors.ts';
import type { Message } from '../kernel/lang-text.ts';
import type { AgencyRecord } from '../model/agency.ts';
import type { DatasetRecord, DatasetState } from '../model/dataset.ts';
import type { Database, Tx } from '../storage/database.ts';
import { validateAgainst } from '../validation/json-schema.ts';
import { type Completeness, validateDataset } from '../validation/validate-record.ts';
import type { ImportItem, Remark } from './import-item.ts';
import { repairRecord } from './repair-record.ts';
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

export interface Rejection {
  readonly line: number;
  readonly id?: string;
  readonly reason: Message;
}

/** How an import treats what is there already, and what becomes of what is new. */
export interface ImportPolicy {
  /** The record to store, from the one there is and the one that came. */
  merge(existing: Dataset, incoming: DatasetRecord): DatasetRecord;
  /** The state of a dataset that is new. */
  readonly firstState: DatasetState;
  /** What a record must hold to be published; one that holds less stays a draft. */
  readonly toPublish: Completeness;
}

/** The annex of a decision: it plans. What an agency has completed since is left alone. */
export const planPolicy: ImportPolicy = {
  firstState: 'planned',
  toPublish: 'release',
  merge: ({ record }, incoming) => ({
    ...incoming,
    ...record,
    inventory: {
      ...incoming.inventory,
      ...record.inventory,
      ...(incoming.inventory?.release && {
        release: { ...record.inventory?.release, ...incoming.inventory.release },
      }),
    },
  }),
};

/** Another catalogue: it is the source, and what it says goes; what the plan added here stays. */
export const sourcePolicy: ImportPolicy = {
  firstState: 'published',
  toPublish: 'release',
  merge: ({ record }, incoming) =>
    record.inventory === undefined
      ? incoming
      : { ...incoming, inventory: { ...record.inventory, ...incoming.inventory } },
};

/** A graph that is public elsewhere is published here as it is: what is read in comes out again. */
export const graphPolicy: ImportPolicy = { ...sourcePolicy, toPublish: 'draft' };

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

export type IncomingItem = (ImportItem & { readonly agency?: AgencyRecord }) | Remark;

interface Accepted {
  readonly line: number;
  readonly record: DatasetRecord;
  /** What was mended. */
  readonly notes: readonly Message[];
  readonly agency?: AgencyRecord | undefined;
  readonly releasable: boolean;
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

/** Holds an item against the schemas before it comes near the database. */
function accept(
  item: Exclude<IncomingItem, Remark>,
  policy: ImportPolicy,
  lineOf: ReadonlyMap<string, number>,
): Accepted | Rejection {
  const { line } = item;
  if (!('record' in item)) {
    return { line, reason: item.reason, ...(item.id !== undefined && { id: item.id }) };
  }
  const { record, agency } = item;
  const first = lineOf.get(nameOf(record));
  if (first !== undefined) return { line, id: record.id, reason: repeated(record.id, first) };
  // What may be released may be a draft, so most records are held against the schemas once.
  const isReleasable = (candidate: DatasetRecord) =>
    policy.firstState === 'published' && validateDataset(candidate, policy.toPublish).length === 0;
  const releasable = isReleasable(record);
  const findings = releasable ? [] : validateDataset(record, 'draft');
  const repaired = findings.length > 0 ? repairRecord(record, findings) : { record, notes: [] };
  const agencyFindings = agency ? validateAgainst('agency.schema.json', agency) : [];
  if (!repaired || agencyFindings.length > 0) {
    return { line, id: record.id, reason: inWords([...findings, ...agencyFindings]) };
  }
  const isMended = repaired.record !== record;
  return {
    line,
    ...repaired,
    agency,
    releasable: releasable || (isMended && isReleasable(repaired.record)),
  };
}

/** What a record is known by: its IRI at the source, or its id. */
function nameOf({ id, iri }: DatasetRecord): string {
  return iri ?? id;
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
    const changes = settled.flatMap((item) =>
      toChange(item, existing.get(item.record.id), policy, deps),
    );
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

function toChange(
  { record: incoming, releasable }: Accepted,
  before: Dataset | undefined,
  policy: ImportPolicy,
  deps: ImportDeps,
): readonly DatasetChange[] {
  const at = deps.clock();
  if (!before) {
    const state = policy.firstState === 'published' && !releasable ? 'draft' : policy.firstState;
    const after: Dataset = {
      record: incoming,
      state,
      revision: 1,
      createdAt: at,
      changedAt: at,
      ...(state === 'published' && { releasedAt: at }),
    };
    return [{ after, act: 'import' }];
  }
  if (before.state === 'withdrawn') return [];
  const record = policy.merge(before, incoming);
  if (isDeepStrictEqual(before.record, record)) return [];
  if (before.state === 'published' && validateDataset(record, policy.toPublish).length > 0)
    return [];
  const after: Dataset = { ...before, record, revision: before.revision + 1, changedAt: at };
  return [{ before, after, act: 'import' }];
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

function repeated(id: string, line: number): Message {
  return {
    vi: `Mã "${id}" đã có ở dòng ${line}; mỗi mã chỉ được dùng một lần.`,
    en: `The id "${id}" stands on line ${line} already; each is used once.`,
  };
}

function inWords(findings: readonly Finding[]): Message {
  const say = (language: 'vi' | 'en') =>
    findings
      .slice(0, 5)
      .map(({ pointer, message }) => `${pointer || '/'}: ${message[language]}`)
      .join(' ');
  const more = findings.length - 5;
  return {
    vi: say('vi') + (more > 0 ? ` (và ${more} lỗi nữa)` : ''),
    en: say('en') + (more > 0 ? ` (and ${more} more)` : ''),
  };
}
