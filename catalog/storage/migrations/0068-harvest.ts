import type { Kysely } from 'kysely';

/** The catalogues that are read time and again, and which datasets were last seen in which of them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('harvest_source')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('record_json', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('round', 'integer', (c) => c.notNull())
    .addColumn('due_at', 'text')
    .addColumn('began_at', 'text')
    .addColumn('ended_at', 'text')
    .addColumn('report_json', 'text')
    .execute();
  await db.schema
    .createTable('harvest_dataset')
    .addColumn('source', 'text', (c) =>
      c.notNull().references('harvest_source.name').onDelete('cascade'),
    )
    .addColumn('dataset_id', 'text', (c) => c.notNull().references('dataset.id'))
    .addColumn('round', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('harvest_dataset_key', ['source', 'dataset_id'])
    .execute();
}
