import type { Kysely } from 'kysely';

/** The tables that files were turned into for looking at, each prepared by one process alone, and what is known of them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('preview')
    .addColumn('key', 'text', (c) => c.primaryKey())
    .addColumn('job_json', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('requested_at', 'text', (c) => c.notNull())
    .addColumn('leased_until', 'text')
    .addColumn('prepared_at', 'text')
    .addColumn('used_at', 'text', (c) => c.notNull())
    .addColumn('byte_size', 'bigint', (c) => c.notNull())
    .addColumn('failure', 'text')
    .addColumn('facts_json', 'text')
    .execute();
  await db.schema
    .createIndex('preview_state')
    .on('preview')
    .columns(['state', 'requested_at'])
    .execute();
}
