import type { Kysely } from 'kysely';

/** The order in which revisions were made, so that the feed of changes finds a page without reading records. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('dataset_revision_made')
    .on('dataset_revision')
    .columns(['made_at', 'dataset_id', 'revision', 'state'])
    .execute();
}
