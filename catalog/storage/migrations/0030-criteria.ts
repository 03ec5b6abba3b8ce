import type { Kysely } from 'kysely';

/** Versions of the criteria, and what was measured of whom in which period. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('criteria')
    .addColumn('version', 'integer', (c) => c.primaryKey())
    .addColumn('revision', 'integer', (c) => c.notNull())
    .addColumn('in_force_from', 'text')
    .addColumn('record_json', 'text', (c) => c.notNull())
    .addColumn('changed_at', 'text', (c) => c.notNull())
    .execute();

  await db.schema
    .createTable('indicator_period')
    .addColumn('period', 'text', (c) => c.primaryKey())
    .addColumn('version', 'integer', (c) => c.notNull().references('criteria.version'))
    .addColumn('closed', 'integer', (c) => c.notNull())
    .addColumn('measures_json', 'text', (c) => c.notNull())
    .addColumn('taken_at', 'text', (c) => c.notNull())
    .execute();

  await db.schema
    .createTable('indicator')
    .addColumn('period', 'text', (c) => c.notNull().references('indicator_period.period'))
    .addColumn('scope', 'text', (c) => c.notNull())
    .addColumn('agency_id', 'text')
    .addColumn('themes', 'text')
    .addColumn('measures_json', 'text', (c) => c.notNull())
    .addColumn('values_json', 'text', (c) => c.notNull())
    .addColumn('missing_json', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('indicator_key', ['period', 'scope'])
    .execute();
  await db.schema
    .createIndex('indicator_scope')
    .on('indicator')
    .columns(['scope', 'period'])
    .execute();
}
