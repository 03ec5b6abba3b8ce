import { sql } from 'kysely';
import type { Database, Queryable, Tx } from '../storage/database.ts';

/** A process that writes events, and how many batches it has written. */
export interface Writer {
  readonly id: string;
  readonly batch: number;
}

/** Every SQL statement that touches what counting remembers of itself: writers, robots, salts. */
export function usageStateRepository(tx: Tx, { traits }: Pick<Database, 'traits'>) {
  return {
    /** Lets one transaction count at a time, whichever process it is of. Held until it ends. */
    async lock(): Promise<void> {
      await tx
        .updateTable('counter')
        .set((eb) => ({ value: eb('value', '+', 1) }))
        .where('name', '=', 'usage')
        .execute();
    },

    /** Notes a batch as written. Gives false when it was noted before. */
    async advance({ id, batch }: Writer, at: string): Promise<boolean> {
      const { rows } = await sql<{ batch: number }>`
        insert into usage_writer (id, batch, written_at) values (${id}, ${batch}, ${at})
        on conflict (id) do update set batch = excluded.batch, written_at = excluded.written_at
        where usage_writer.batch < excluded.batch
        returning batch`.execute(tx);
      return rows.length > 0;
    },

    async forgetWriters(before: string): Promise<void> {
      await tx.deleteFrom('usage_writer').where('written_at', '<', before).execute();
    },

    /** Which of those visitors behaved as robots do, and how. */
    async robots(day: string, visitors: readonly string[]): Promise<ReadonlyMap<string, string>> {
      const rows = await tx
        .selectFrom('usage_robot')
        .select(['visitor', 'rule'])
        .where('day', '=', day)
        .where(traits.among('visitor', visitors))
        .execute();
      return new Map(rows.map(({ visitor, rule }) => [visitor, rule]));
    },

    async addRobots(day: string, robots: ReadonlyMap<string, string>): Promise<void> {
      if (robots.size === 0) return;
      await sql`
        insert into usage_robot (day, visitor, rule)
        select ${day}, value ->> 0, value ->> 1 from ${traits.rowsOf([...robots])} as item
        where true on conflict (day, visitor) do nothing`.execute(tx);
    },

    async replaceRobots(day: string, robots: ReadonlyMap<string, string>): Promise<void> {
      await tx.deleteFrom('usage_robot').where('day', '=', day).execute();
      await this.addRobots(day, robots);
    },

    async forgetRobots(before: string): Promise<void> {
      await tx.deleteFrom('usage_robot').where('day', '<', before).execute();
    },

    /** The salt of a day: the given one, unless there is one already. */
    async salt(day: string, fresh: string): Promise<string> {
      await tx
        .insertInto('usage_salt')
        .values({ day, salt: fresh })
        .onConflict((conflict) => conflict.column('day').doNothing())
        .execute();
      const { salt } = await tx
        .selectFrom('usage_salt')
        .select('salt')
        .where('day', '=', day)
        .executeTakeFirstOrThrow();
      return salt;
    },

    /** Destroys every salt but those of the given days. Gives how many. */
    async keepSalts(days: readonly string[]): Promise<number> {
      const salts = await tx.selectFrom('usage_salt').selectAll().execute();
      const kept = salts.filter(({ day }) => days.includes(day));
      if (kept.length === salts.length) return 0;
      await traits.wipe(tx, 'usage_salt');
      if (kept.length > 0) await tx.insertInto('usage_salt').values(kept).execute();
      return salts.length - kept.length;
    },
  };
}

/** A number that grows with every batch of events: what is made from figures is as new as this. */
export async function usageVersion(db: Queryable): Promise<number> {
  const { value } = await db
    .selectFrom('counter')
    .select('value')
    .where('name', '=', 'usage')
    .executeTakeFirstOrThrow();
  return value;
}
