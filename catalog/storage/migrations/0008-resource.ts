import type { Kysely } from 'kysely';

/**
 * Series of datasets and data services: records with an address of their own, in the open from the moment they are
 * written, with their forms beside them. `live` is 0 once one is withdrawn.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('resource')
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('publisher_id', 'text', (column) => column.notNull())
    .addColumn('revision', 'integer', (column) => column.notNull())
    .addColumn('live', 'integer', (column) => column.notNull())
    .addColumn('record_json', 'text', (column) => column.notNull())
    .addColumn('changed_at', 'text', (column) => column.notNull())
    .addColumn('reason', 'text')
    .addColumn('etag', 'text', (column) => column.notNull())
    .addColumn('jsonld', 'text', (column) => column.notNull())
    .addColumn('ttl', 'text', (column) => column.notNull())
    .addColumn('nt', 'text', (column) => column.notNull())
    .addColumn('rdf', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('resource_key', ['kind', 'id'])
    .execute();
}
