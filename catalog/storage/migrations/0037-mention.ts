import type { Kysely } from 'kysely';

/** Pages elsewhere that say they link to a page of ours. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('mention')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('target', 'text', (c) => c.notNull())
    .addColumn('dataset_id', 'text', (c) => c.notNull().references('dataset.id'))
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('title', 'text')
    .addColumn('reason', 'text')
    .addColumn('reuse_id', 'text', (c) => c.references('reuse.id'))
    .addColumn('received_at', 'text', (c) => c.notNull())
    .addColumn('checked_at', 'text')
    .execute();
  await db.schema
    .createIndex('mention_pair')
    .on('mention')
    .columns(['source', 'target'])
    .unique()
    .execute();
  await db.schema
    .createIndex('mention_state')
    .on('mention')
    .columns(['state', 'received_at'])
    .execute();
}
