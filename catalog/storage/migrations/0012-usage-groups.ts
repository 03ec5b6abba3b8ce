import { type Kysely, sql } from 'kysely';

/** What agencies and themes were used, by month, and which datasets are counted for which of them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('usage_group')
    .addColumn('grouping', 'text', (c) => c.notNull())
    .addColumn('value', 'text', (c) => c.notNull())
    .addColumn('month', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('count', 'integer', (c) => c.notNull())
    .addColumn('raw', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('usage_group_key', ['grouping', 'value', 'month', 'kind'])
    .execute();
  await db.schema
    .createTable('usage_member')
    .addColumn('dataset_id', 'text', (c) => c.notNull())
    .addColumn('grouping', 'text', (c) => c.notNull())
    .addColumn('value', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('usage_member_key', ['dataset_id', 'grouping', 'value'])
    .execute();
  // Every dataset that was ever published is looked at once.
  await sql`insert into setting (name, value) values ('usage-grouped-version', '-1')`.execute(db);
}
