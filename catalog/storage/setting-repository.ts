import type { Queryable } from './database.ts';

/** Every SQL statement that touches table `setting`. */
export function settingRepository(db: Queryable) {
  return {
    async find(name: string): Promise<string | undefined> {
      const row = await db
        .selectFrom('setting')
        .select('value')
        .where('name', '=', name)
        .executeTakeFirst();
      return row?.value;
    },

    /** Moves a value that only grows, a date say. Gives false when it stands there already, or further on. */
    async advance(name: string, value: string): Promise<boolean> {
      const row = await db
        .insertInto('setting')
        .values({ name, value })
        .onConflict((conflict) =>
          conflict.column('name').doUpdateSet({ value }).where('setting.value', '<', value),
        )
        .returning('name')
        .executeTakeFirst();
      return row !== undefined;
    },

    async save(name: string, value: string): Promise<void> {
      await db
        .insertInto('setting')
        .values({ name, value })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
        .execute();
    },
  };
}
