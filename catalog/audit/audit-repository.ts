import type { Queryable } from '../storage/database.ts';
import type { AuditTable } from '../storage/tables.ts';
import type { AuditDetail, AuditEntry } from './audit-chain.ts';

export interface AuditFilter {
  /** Only acts upon these agencies; absent: all, also those upon none. */
  readonly agencies?: readonly string[] | undefined;
  readonly actor?: string | undefined;
  /** `dataset`, or `dataset.revise`. */
  readonly act?: string | undefined;
  readonly subject?: string | undefined;
  /** Instants; `from` is within, `to` is not. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Rows that go into one statement: SQLite binds at most 32,766 values. */
const atOnce = 1000;

/** Every SQL statement that touches tables `audit` and `audit_head`. */
export function auditRepository(db: Queryable) {
  return {
    /** Takes the next `count` numbers, and holds the end of the chain until the transaction is over. */
    async reserve(count: number): Promise<{ readonly seq: number; readonly hash: string }> {
      const head = await db
        .updateTable('audit_head')
        .set((eb) => ({ seq: eb('seq', '+', count) }))
        .where('id', '=', 1)
        .returning(['seq', 'hash'])
        .executeTakeFirstOrThrow();
      return { seq: Number(head.seq) - count, hash: head.hash };
    },

    /** Adds to the chain and moves its end. At least one. */
    async append(entries: readonly AuditEntry[]): Promise<void> {
      for (let first = 0; first < entries.length; first += atOnce) {
        const rows = entries.slice(first, first + atOnce).map(toRow);
        await db.insertInto('audit').values(rows).execute();
      }
      const hash = entries.at(-1)?.hash ?? '';
      await db.updateTable('audit_head').set({ hash }).where('id', '=', 1).execute();
    },

    async head(): Promise<{ readonly seq: number; readonly hash: string }> {
      const head = await db
        .selectFrom('audit_head')
        .select(['seq', 'hash'])
        .where('id', '=', 1)
        .executeTakeFirstOrThrow();
      return { seq: Number(head.seq), hash: head.hash };
    },

    /** In the order of their happening, after `seq`. */
    async walk(after: number, limit: number): Promise<readonly AuditEntry[]> {
      const rows = await db
        .selectFrom('audit')
        .selectAll()
        .where('seq', '>', after)
        .orderBy('seq')
        .limit(limit)
        .execute();
      return rows.map(fromRow);
    },

    /** The latest first, before `seq`. */
    async list(
      filter: AuditFilter,
      before: number | undefined,
      limit: number,
    ): Promise<readonly AuditEntry[]> {
      const { agencies, actor, act, subject, from, to } = filter;
      let query = db.selectFrom('audit').selectAll();
      if (before !== undefined) query = query.where('seq', '<', before);
      if (agencies) query = query.where('agency_id', 'in', ['', ...agencies]);
      if (actor) query = query.where('actor', '=', actor);
      if (act) {
        query = query.where((eb) => eb.or([eb('act', '=', act), eb('act', 'like', `${act}.%`)]));
      }
      if (subject) query = query.where('subject', '=', subject);
      if (from) query = query.where('at', '>=', from);
      if (to) query = query.where('at', '<', to);
      return (await query.orderBy('seq', 'desc').limit(limit).execute()).map(fromRow);
    },
  };
}

function toRow(entry: AuditEntry): AuditTable {
  return {
    seq: entry.seq,
    at: entry.at,
    actor: entry.actor,
    actor_id: entry.actorId ?? null,
    act: entry.act,
    subject: entry.subject,
    agency_id: entry.agency ?? null,
    detail_json: JSON.stringify(entry.detail),
    previous_hash: entry.previousHash,
    hash: entry.hash,
  };
}

function fromRow(row: AuditTable): AuditEntry {
  return {
    seq: row.seq,
    at: row.at,
    actor: row.actor,
    ...(row.actor_id !== null && { actorId: row.actor_id }),
    act: row.act,
    subject: row.subject,
    ...(row.agency_id !== null && { agency: row.agency_id }),
    detail: JSON.parse(row.detail_json) as AuditDetail,
    previousHash: row.previous_hash,
    hash: row.hash,
  };
}
