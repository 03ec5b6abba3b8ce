import type { Tx } from '../storage/database.ts';
import { type AuditDetail, type AuditEntry, hashOfEntry } from './audit-chain.ts';
import { auditRepository } from './audit-repository.ts';
import { changesBetween } from './changes-between.ts';

/** Something that somebody did. */
export interface RecordedAct {
  /** When, as the product's clock says. */
  readonly at: string;
  /** Who: an `Actor` is one. */
  readonly by: { readonly name: string; readonly id?: string };
  /** What was done to what kind of thing: `dataset.revise`. */
  readonly act: string;
  /** To which: `dataset/tuyen-xe-buyt`. */
  readonly subject: string;
  /** Whose it is; approvers of that agency may read of it. */
  readonly agency?: string | undefined;
  /** The record before and after, as JSON; the difference is kept. */
  readonly before?: unknown;
  readonly after?: unknown;
  readonly reason?: string | undefined;
  /** For an act upon many at once. */
  readonly ids?: readonly string[] | undefined;
}

/** Adds an act to the audit, in the transaction that does it: no act without its row, no row without its act. */
export async function recordAct(tx: Tx, act: RecordedAct): Promise<void> {
  await recordActs(tx, [act]);
}

/**
 * Adds several. Best the last thing in a transaction: on PostgreSQL, others who write wait from here on until it is
 * over, for the chain has one end.
 */
export async function recordActs(tx: Tx, acts: readonly RecordedAct[]): Promise<void> {
  if (acts.length === 0) return;
  const repository = auditRepository(tx);
  let last = await repository.reserve(acts.length);
  const entries: AuditEntry[] = [];
  for (const act of acts) {
    const entry = entryOf(act, last);
    entries.push(entry);
    last = entry;
  }
  await repository.append(entries);
}

function entryOf(act: RecordedAct, last: { readonly seq: number; readonly hash: string }) {
  const entry = {
    seq: last.seq + 1,
    at: act.at,
    actor: act.by.name,
    ...(act.by.id !== undefined && { actorId: act.by.id }),
    act: act.act,
    subject: act.subject,
    ...(act.agency !== undefined && { agency: act.agency }),
    detail: detailOf(act),
    previousHash: last.hash,
  };
  return { ...entry, hash: hashOfEntry(entry) };
}

function detailOf({ before, after, reason, ids }: RecordedAct): AuditDetail {
  // Through JSON, so that what is hashed is what is read back.
  return JSON.parse(
    JSON.stringify({
      ...((before !== undefined || after !== undefined) && {
        changes: changesBetween(before, after),
      }),
      ...(reason !== undefined && { reason }),
      ...(ids && { count: ids.length, ids }),
    }),
  ) as AuditDetail;
}
