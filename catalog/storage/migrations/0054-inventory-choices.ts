import type { Kysely } from 'kysely';

/** The officers and quarters to choose from above the inventory's table are read from an index alone. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('inventory_line_officer')
    .on('inventory_line')
    .columns(['officer', 'officer_name'])
    .execute();
  await db.schema
    .createIndex('inventory_line_quarter')
    .on('inventory_line')
    .columns(['quarter'])
    .execute();
}
