import { type Kysely, sql } from 'kysely';

/** What people make of the data, what they ask for and report, and how often something came from one place. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('reuse')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('type', 'text', (c) => c.notNull())
    .addColumn('url', 'text', (c) => c.notNull())
    .addColumn('record_json', 'text', (c) => c.notNull())
    .addColumn('revision_json', 'text')
    .addColumn('email', 'text', (c) => c.notNull())
    .addColumn('key_hash', 'text', (c) => c.notNull().unique())
    .addColumn('reason', 'text')
    .addColumn('submitted_at', 'text', (c) => c.notNull())
    .addColumn('changed_at', 'text', (c) => c.notNull())
    .addColumn('published_at', 'text')
    .addColumn('withdrawn_at', 'text')
    .addColumn('checked_at', 'text')
    .addColumn('failures', 'integer', (c) => c.notNull())
    .addColumn('dead_since', 'text')
    .addColumn('proven_at', 'text')
    .execute();
  await db.schema
    .createIndex('reuse_state')
    .on('reuse')
    .columns(['state', 'published_at', 'id'])
    .execute();

  await db.schema
    .createTable('reuse_dataset')
    .addColumn('reuse_id', 'text', (c) => c.notNull().references('reuse.id'))
    .addColumn('dataset_id', 'text', (c) => c.notNull().references('dataset.id'))
    .addPrimaryKeyConstraint('reuse_dataset_key', ['dataset_id', 'reuse_id'])
    .execute();
  await db.schema
    .createIndex('reuse_dataset_reuse')
    .on('reuse_dataset')
    .column('reuse_id')
    .execute();

  await db.schema
    .createTable('inquiry')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('shown', 'integer', (c) => c.notNull())
    .addColumn('record_json', 'text', (c) => c.notNull())
    .addColumn('folded', 'text', (c) => c.notNull())
    .addColumn('email', 'text')
    .addColumn('agency_id', 'text', (c) => c.references('agency.id'))
    .addColumn('dataset_id', 'text', (c) => c.references('dataset.id'))
    .addColumn('supporters', 'integer', (c) => c.notNull())
    .addColumn('received_at', 'text', (c) => c.notNull())
    .addColumn('due', 'text', (c) => c.notNull())
    .addColumn('answered_at', 'text')
    .addColumn('answer_json', 'text')
    .addColumn('reason', 'text')
    .addColumn('changed_at', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('inquiry_kind')
    .on('inquiry')
    .columns(['kind', 'received_at', 'id'])
    .execute();
  await db.schema.createIndex('inquiry_agency').on('inquiry').column('agency_id').execute();
  await db.schema.createIndex('inquiry_dataset').on('inquiry').column('dataset_id').execute();

  await db.schema
    .createTable('inquiry_support')
    .addColumn('inquiry_id', 'text', (c) => c.notNull().references('inquiry.id'))
    .addColumn('supporter', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('inquiry_support_key', ['inquiry_id', 'supporter'])
    .execute();

  await db.schema
    .createTable('usefulness')
    .addColumn('dataset_id', 'text', (c) => c.notNull().references('dataset.id'))
    .addColumn('day', 'text', (c) => c.notNull())
    .addColumn('useful', 'integer', (c) => c.notNull())
    .addColumn('useless', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('usefulness_key', ['dataset_id', 'day'])
    .execute();

  await db.schema
    .createTable('throttle')
    .addColumn('key', 'text', (c) => c.primaryKey())
    .addColumn('count', 'integer', (c) => c.notNull())
    .addColumn('expires_at', 'text', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('throttle_expiry').on('throttle').column('expires_at').execute();

  // Grows with everything that pages of datasets show of these.
  await sql`insert into counter (name, value) values ('reuse', 0)`.execute(db);
}
