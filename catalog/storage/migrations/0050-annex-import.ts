import type { Kysely } from 'kysely';

/** Tables that people sent, how they are to be read, and what was made of them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('annex_import')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('account_id', 'text', (c) => c.notNull().references('account.id'))
    .addColumn('plan_year', 'text', (c) => c.notNull())
    .addColumn('file_name', 'text', (c) => c.notNull())
    .addColumn('upload_json', 'text', (c) => c.notNull())
    .addColumn('reading_json', 'text', (c) => c.notNull())
    .addColumn('corrections_json', 'text', (c) => c.notNull())
    .addColumn('outcome_json', 'text')
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('changed_at', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('annex_import_account')
    .on('annex_import')
    .columns(['account_id', 'changed_at'])
    .execute();
}
