import type { Queryable } from '../storage/database.ts';
import type { SessionTable } from '../storage/tables.ts';

/** A signed-in browser. */
export interface Session {
  /** Names it in lists; what the browser holds is another, of which only the hash is kept. */
  readonly id: string;
  readonly accountId: string;
  /** As the browser calls itself. */
  readonly browser: string;
  readonly signedInAt: string;
  readonly seenAt: string;
  readonly expiresAt: string;
}

/** Every SQL statement that touches table `session`. */
export function sessionRepository(db: Queryable) {
  return {
    async insert(session: Session, hash: string): Promise<void> {
      await db
        .insertInto('session')
        .values({
          id: session.id,
          hash,
          account_id: session.accountId,
          browser: session.browser,
          signed_in_at: session.signedInAt,
          seen_at: session.seenAt,
          expires_at: session.expiresAt,
        })
        .execute();
    },

    async findByHash(hash: string): Promise<Session | undefined> {
      const row = await db
        .selectFrom('session')
        .selectAll()
        .where('hash', '=', hash)
        .executeTakeFirst();
      return row && fromRow(row);
    },

    /** Those of an account, the latest first. */
    async list(accountId: string): Promise<readonly Session[]> {
      const rows = await db
        .selectFrom('session')
        .selectAll()
        .where('account_id', '=', accountId)
        .orderBy('seen_at', 'desc')
        .execute();
      return rows.map(fromRow);
    },

    async touch(id: string, seenAt: string): Promise<void> {
      await db.updateTable('session').set({ seen_at: seenAt }).where('id', '=', id).execute();
    },

    /** Ends one of an account's own. Gives whether it was there. */
    async end(accountId: string, id: string): Promise<boolean> {
      const result = await db
        .deleteFrom('session')
        .where('account_id', '=', accountId)
        .where('id', '=', id)
        .executeTakeFirst();
      return result.numDeletedRows > 0n;
    },

    /** Ends all of an account's, but for one that stays. */
    async endAll(accountId: string, except?: string): Promise<void> {
      let query = db.deleteFrom('session').where('account_id', '=', accountId);
      if (except !== undefined) query = query.where('id', '!=', except);
      await query.execute();
    },

    /** Forgets those that ran out, or that nobody has used since. */
    async sweep(now: string, idleSince: string): Promise<void> {
      await db
        .deleteFrom('session')
        .where((eb) => eb.or([eb('expires_at', '<=', now), eb('seen_at', '<=', idleSince)]))
        .execute();
    },
  };
}

function fromRow(row: SessionTable): Session {
  return {
    id: row.id,
    accountId: row.account_id,
    browser: row.browser,
    signedInAt: row.signed_in_at,
    seenAt: row.seen_at,
    expiresAt: row.expires_at,
  };
}
