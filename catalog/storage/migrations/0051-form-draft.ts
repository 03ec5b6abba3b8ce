import type { Kysely } from 'kysely';

/** What people have typed into a form and not saved yet. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('form_draft')
    .addColumn('account_id', 'text', (c) => c.notNull().references('account.id'))
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('revision', 'integer', (c) => c.notNull())
    .addColumn('fields', 'text', (c) => c.notNull())
    .addColumn('saved_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('form_draft_key', ['account_id', 'subject'])
    .execute();
}
