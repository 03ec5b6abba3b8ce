import { type Kysely, sql } from 'kysely';

/** Agencies, datasets with their revisions, what is published of them, plans, downloads, tokens. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('agency')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('revision', 'integer', (c) => c.notNull())
    .addColumn('record_json', 'text', (c) => c.notNull())
    .addColumn('changed_at', 'text', (c) => c.notNull())
    .execute();

  await db.schema
    .createTable('dataset')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('publisher_id', 'text', (c) => c.notNull().references('agency.id'))
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('revision', 'integer', (c) => c.notNull())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('record_json', 'text', (c) => c.notNull())
    .addColumn('openness', 'text')
    .addColumn('plan_year', 'text')
    .addColumn('release_due', 'text')
    .addColumn('accrual_periodicity', 'text')
    .addColumn('modified', 'text')
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('changed_at', 'text', (c) => c.notNull())
    .addColumn('released_at', 'text')
    .addColumn('withdrawn_at', 'text')
    .addColumn('reason', 'text')
    .execute();
  await db.schema
    .createIndex('dataset_publisher')
    .on('dataset')
    .columns(['publisher_id', 'id'])
    .execute();
  await db.schema.createIndex('dataset_state').on('dataset').columns(['state', 'id']).execute();
  await db.schema
    .createIndex('dataset_plan')
    .on('dataset')
    .columns(['plan_year', 'release_due'])
    .execute();

  await db.schema
    .createTable('dataset_revision')
    .addColumn('dataset_id', 'text', (c) => c.notNull().references('dataset.id'))
    .addColumn('revision', 'integer', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('act', 'text', (c) => c.notNull())
    .addColumn('record_json', 'text', (c) => c.notNull())
    .addColumn('author', 'text', (c) => c.notNull())
    .addColumn('reason', 'text')
    .addColumn('made_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('dataset_revision_key', ['dataset_id', 'revision'])
    .execute();

  await db.schema
    .createTable('distribution')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('dataset_id', 'text', (c) => c.notNull().references('dataset.id'))
    .addColumn('access_url', 'text', (c) => c.notNull())
    .addColumn('download_url', 'text')
    .execute();
  await db.schema
    .createIndex('distribution_dataset')
    .on('distribution')
    .column('dataset_id')
    .execute();

  await db.schema
    .createTable('file')
    .addColumn('distribution_id', 'text', (c) => c.primaryKey())
    .addColumn('file_name', 'text', (c) => c.notNull())
    .addColumn('media_type', 'text', (c) => c.notNull())
    .addColumn('byte_size', 'bigint', (c) => c.notNull())
    .addColumn('sha256', 'text', (c) => c.notNull())
    .addColumn('stored_at', 'text', (c) => c.notNull())
    .execute();

  await db.schema
    .createTable('published')
    .addColumn('position', 'integer', (c) => c.primaryKey())
    .addColumn('dataset_id', 'text', (c) => c.notNull().unique().references('dataset.id'))
    .addColumn('live', 'integer', (c) => c.notNull())
    .addColumn('etag', 'text', (c) => c.notNull())
    .addColumn('publisher_id', 'text', (c) => c.notNull())
    .addColumn('title_sort', 'text', (c) => c.notNull())
    .addColumn('issued', 'text')
    .addColumn('modified', 'text')
    .addColumn('changed_at', 'text', (c) => c.notNull())
    .addColumn('downloads', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
  await db.schema
    .createIndex('published_title')
    .on('published')
    .columns(['live', 'title_sort'])
    .execute();
  await db.schema
    .createIndex('published_modified')
    .on('published')
    .columns(['live', 'modified'])
    .execute();
  await db.schema
    .createIndex('published_issued')
    .on('published')
    .columns(['live', 'issued'])
    .execute();
  await db.schema
    .createIndex('published_downloads')
    .on('published')
    .columns(['live', 'downloads'])
    .execute();
  await db.schema
    .createIndex('published_changed')
    .on('published')
    .columns(['changed_at'])
    .execute();

  // A table a syntax: an export reads one from end to end, and never touches the others' pages.
  for (const syntax of ['jsonld', 'ttl', 'nt', 'rdf']) {
    await db.schema
      .createTable(`published_${syntax}`)
      .addColumn('position', 'integer', (c) => c.primaryKey().references('published.position'))
      .addColumn('body', 'text', (c) => c.notNull())
      .execute();
  }

  await db.schema
    .createTable('published_facet')
    .addColumn('facet', 'text', (c) => c.notNull())
    .addColumn('value', 'text', (c) => c.notNull())
    .addColumn('position', 'integer', (c) => c.notNull().references('published.position'))
    .addPrimaryKeyConstraint('published_facet_key', ['facet', 'value', 'position'])
    .execute();
  await db.schema
    .createIndex('published_facet_position')
    .on('published_facet')
    .column('position')
    .execute();

  await db.schema
    .createTable('plan')
    .addColumn('year', 'text', (c) => c.primaryKey())
    .addColumn('revision', 'integer', (c) => c.notNull())
    .addColumn('record_json', 'text', (c) => c.notNull())
    .addColumn('changed_at', 'text', (c) => c.notNull())
    .execute();

  await db.schema
    .createTable('usage_day')
    .addColumn('day', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('dataset_id', 'text', (c) => c.notNull())
    .addColumn('distribution_id', 'text', (c) => c.notNull())
    .addColumn('count', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('usage_day_key', ['dataset_id', 'kind', 'day', 'distribution_id'])
    .execute();
  await db.schema.createIndex('usage_day_day').on('usage_day').columns(['day', 'kind']).execute();

  await db.schema
    .createTable('token')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('hash', 'text', (c) => c.notNull().unique())
    .addColumn('label', 'text', (c) => c.notNull())
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('agency_id', 'text', (c) => c.references('agency.id'))
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'text')
    .addColumn('revoked_at', 'text')
    .execute();

  await db.schema
    .createTable('setting')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('value', 'text', (c) => c.notNull())
    .execute();

  await db.schema
    .createTable('counter')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('value', 'integer', (c) => c.notNull())
    .execute();
  await sql`insert into counter (name, value) values ('position', 0), ('catalog-version', 0)`.execute(
    db,
  );
}
