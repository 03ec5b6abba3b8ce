import type { Queryable } from '../storage/database.ts';

/** A link that is good for one use. */
export interface OneTimeLink {
  readonly hash: string;
  /** Whose password it sets; absent: it makes the first administrator. */
  readonly accountId?: string;
  readonly createdAt: string;
  readonly expiresAt: string;
}

/** Every SQL statement that touches table `one_time_link`. */
export function linkRepository(db: Queryable) {
  return {
    async insert({ hash, accountId, createdAt, expiresAt }: OneTimeLink): Promise<void> {
      await db
        .insertInto('one_time_link')
        .values({
          hash,
          account_id: accountId ?? null,
          created_at: createdAt,
          expires_at: expiresAt,
        })
        .execute();
    },

    async find(hash: string): Promise<OneTimeLink | undefined> {
      const row = await db
        .selectFrom('one_time_link')
        .selectAll()
        .where('hash', '=', hash)
        .executeTakeFirst();
      if (!row) return undefined;
      return {
        hash: row.hash,
        ...(row.account_id !== null && { accountId: row.account_id }),
        createdAt: row.created_at,
        expiresAt: row.expires_at,
      };
    },

    /** Uses a link up. Gives false when somebody else was faster. */
    async take(hash: string): Promise<boolean> {
      const result = await db
        .deleteFrom('one_time_link')
        .where('hash', '=', hash)
        .executeTakeFirst();
      return result.numDeletedRows > 0n;
    },

    /** Withdraws every link of an account; without one, those of the set-up. */
    async withdraw(accountId: string | undefined): Promise<void> {
      const links = db.deleteFrom('one_time_link');
      await (accountId === undefined
        ? links.where('account_id', 'is', null)
        : links.where('account_id', '=', accountId)
      ).execute();
    },
  };
}
