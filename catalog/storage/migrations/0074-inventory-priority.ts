import type { Kysely } from 'kysely';

/** The inventory's table is sorted by priority too; its lines are written anew when the product starts. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('inventory_line').addColumn('priority_tenths', 'integer').execute();
  await (db as Kysely<{ inventory_line: object }>).deleteFrom('inventory_line').execute();
}
