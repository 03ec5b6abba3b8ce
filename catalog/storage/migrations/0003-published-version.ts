import type { Kysely } from 'kysely';

/** Which version of the catalogue touched a published dataset last, so that what is kept in memory can follow. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('published')
    .addColumn('version', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
  await db.schema
    .createIndex('published_version')
    .on('published')
    .columns(['version', 'live'])
    .execute();
}
