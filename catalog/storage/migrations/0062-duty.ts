import type { Kysely } from 'kysely';

/**
 * What is due of each dataset and whose it is, kept in the transaction that writes the dataset; which reminders went out;
 * what is to be told to people; and how they want to be told.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('duty')
    .addColumn('dataset_id', 'text', (c) => c.notNull().references('dataset.id'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('agency_id', 'text', (c) => c.notNull())
    .addColumn('officer', 'text', (c) => c.notNull())
    .addColumn('due', 'text')
    .addColumn('period_days', 'integer')
    .addPrimaryKeyConstraint('duty_key', ['dataset_id', 'kind'])
    .execute();
  await db.schema.createIndex('duty_due').on('duty').columns(['due', 'dataset_id']).execute();
  await db.schema.createIndex('duty_agency').on('duty').columns(['agency_id', 'due']).execute();
  await db.schema.createIndex('duty_officer').on('duty').columns(['officer', 'due']).execute();

  await db.schema
    .createTable('reminder')
    .addColumn('dataset_id', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('due', 'text', (c) => c.notNull())
    .addColumn('step', 'text', (c) => c.notNull())
    .addColumn('day', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('reminder_key', ['dataset_id', 'kind', 'due', 'step'])
    .execute();

  await db.schema
    .createTable('notice')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('account_id', 'text', (c) => c.notNull().references('account.id'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('reason', 'text')
    .addColumn('at', 'text', (c) => c.notNull())
    .execute();

  await db.schema
    .createTable('account_notice')
    .addColumn('account_id', 'text', (c) => c.primaryKey().references('account.id'))
    .addColumn('lang', 'text', (c) => c.notNull())
    .addColumn('reminders', 'integer', (c) => c.notNull())
    .addColumn('calendar_hash', 'text', (c) => c.unique())
    .execute();
}
