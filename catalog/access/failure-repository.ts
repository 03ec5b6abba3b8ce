import type { Queryable } from '../storage/database.ts';

export interface Failures {
  readonly failures: number;
  readonly failedAt: string;
  readonly blockedUntil: string;
}

/** Every SQL statement that touches table `sign_in_failure`. */
export function failureRepository(db: Queryable) {
  return {
    /** The count under a key, held until the transaction is over, so that no two attempts see the same. */
    async hold(key: string, now: string): Promise<Failures> {
      await db
        .insertInto('sign_in_failure')
        .values({ key, failures: 0, failed_at: now, blocked_until: '' })
        .onConflict((conflict) => conflict.column('key').doNothing())
        .execute();
      const row = await db
        .updateTable('sign_in_failure')
        .set((eb) => ({ failures: eb.ref('failures') }))
        .where('key', '=', key)
        .returning(['failures', 'failed_at', 'blocked_until'])
        .executeTakeFirstOrThrow();
      return {
        failures: row.failures,
        failedAt: row.failed_at,
        blockedUntil: row.blocked_until,
      };
    },

    async save(key: string, { failures, failedAt, blockedUntil }: Failures): Promise<void> {
      await db
        .updateTable('sign_in_failure')
        .set({ failures, failed_at: failedAt, blocked_until: blockedUntil })
        .where('key', '=', key)
        .execute();
    },

    async forget(key: string): Promise<void> {
      await db.deleteFrom('sign_in_failure').where('key', '=', key).execute();
    },

    /** Forgets what happened before. */
    async sweep(before: string): Promise<void> {
      await db.deleteFrom('sign_in_failure').where('failed_at', '<', before).execute();
    },
  };
}
