import type { Kysely } from 'kysely';

/** Who of the agency has taken an inquiry on, and since when. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('inquiry').addColumn('handler', 'text').execute();
  await db.schema.alterTable('inquiry').addColumn('taken_at', 'text').execute();
}
