import type { Queryable } from '../storage/database.ts';
import { firstBroken } from './audit-chain.ts';
import { auditRepository } from './audit-repository.ts';

export interface AuditVerdict {
  readonly acts: number;
  /** The hash of the last row: written down elsewhere, it proves that nothing before it was changed. */
  readonly hash: string;
  /** The first row that does not hold. */
  readonly broken?: { readonly seq: number; readonly because: 'gap' | 'link' | 'content' | 'end' };
}

const pageSize = 1000;

/** Computes every hash of the audit again. Give it a snapshot when others write at the same time. */
export async function verifyAudit(db: Queryable): Promise<AuditVerdict> {
  const repository = auditRepository(db);
  const head = await repository.head();
  let last = { seq: 0, hash: '' };
  for (;;) {
    const page = await repository.walk(last.seq, pageSize);
    const broken = firstBroken(page, last);
    if (broken) return { acts: last.seq, hash: head.hash, broken };
    last = page.at(-1) ?? last;
    if (page.length < pageSize) break;
  }
  const verdict = { acts: last.seq, hash: last.hash };
  if (last.seq === head.seq && last.hash === head.hash) return verdict;
  return { ...verdict, broken: { seq: last.seq + 1, because: 'end' } };
}
