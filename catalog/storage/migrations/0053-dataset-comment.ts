import type { Kysely } from 'kysely';

/** What editors, approvers and the coordinator say to each other about a dataset. Rows are added and never changed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('dataset_comment')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('dataset_id', 'text', (c) =>
      c.notNull().references('dataset.id').onDelete('cascade'),
    )
    .addColumn('pointer', 'text')
    .addColumn('body', 'text', (c) => c.notNull())
    .addColumn('author', 'text', (c) => c.notNull())
    .addColumn('author_id', 'text')
    .addColumn('made_at', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('dataset_comment_dataset')
    .on('dataset_comment')
    .columns(['dataset_id', 'made_at'])
    .execute();
}
