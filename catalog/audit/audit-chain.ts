import { createHash } from 'node:crypto';
import type { Change } from './changes-between.ts';

/** What else is told of an act. */
export interface AuditDetail {
  readonly changes?: readonly Change[];
  readonly reason?: string;
  /** An act upon many at once tells how many, and which. */
  readonly count?: number;
  readonly ids?: readonly string[];
}

/** An act as it is kept. Rows without a gap from 1 on. */
export interface AuditEntry {
  readonly seq: number;
  readonly at: string;
  readonly actor: string;
  /** The account or token behind the name; absent for the command line. */
  readonly actorId?: string;
  /** `dataset.revise`, `account.disable`, `session.sign-in-failed`. */
  readonly act: string;
  /** `dataset/tuyen-xe-buyt`. */
  readonly subject: string;
  readonly agency?: string;
  readonly detail: AuditDetail;
  readonly previousHash: string;
  readonly hash: string;
}

/** What a row's hash must be: SHA-256 over the hash before it and all that the row says, in hexadecimal. */
export function hashOfEntry(entry: Omit<AuditEntry, 'hash'>): string {
  const { seq, at, actor, actorId = null, act, subject, agency = null, detail } = entry;
  const content = JSON.stringify([seq, at, actor, actorId, act, subject, agency, detail]);
  return createHash('sha256').update(`${entry.previousHash}\n${content}`).digest('hex');
}

/** The first row that does not follow from the one before it. */
export function firstBroken(
  entries: readonly AuditEntry[],
  last: { readonly seq: number; readonly hash: string },
): { readonly seq: number; readonly because: 'gap' | 'link' | 'content' } | undefined {
  let before = last;
  for (const entry of entries) {
    if (entry.seq !== before.seq + 1) return { seq: before.seq + 1, because: 'gap' };
    if (entry.previousHash !== before.hash) return { seq: entry.seq, because: 'link' };
    if (entry.hash !== hashOfEntry(entry)) return { seq: entry.seq, because: 'content' };
    before = entry;
  }
  return undefined;
}
