import type { Queryable } from '../storage/database.ts';

/** Every SQL statement that touches table `throttle`. */
export function throttleRepository(db: Queryable) {
  return {
    /** How often the key was counted, and until when that stands. Absent: never, or long ago. */
    async find(
      key: string,
      now: string,
    ): Promise<{ readonly count: number; readonly expiresAt: string } | undefined> {
      const row = await db
        .selectFrom('throttle')
        .select(['count', 'expires_at as expiresAt'])
        .where('key', '=', key)
        .where('expires_at', '>', now)
        .executeTakeFirst();
      return row && { count: Number(row.count), expiresAt: row.expiresAt };
    },

    /** Counts once more, and gives the count. The row is held until the transaction is over. */
    async count(key: string, expiresAt: string): Promise<number> {
      const row = await db
        .insertInto('throttle')
        .values({ key, count: 1, expires_at: expiresAt })
        .onConflict((conflict) =>
          conflict.column('key').doUpdateSet((eb) => ({ count: eb('throttle.count', '+', 1) })),
        )
        .returning('count')
        .executeTakeFirstOrThrow();
      return Number(row.count);
    },

    async sweep(now: string): Promise<void> {
      await db.deleteFrom('throttle').where('expires_at', '<=', now).execute();
    },
  };
}
