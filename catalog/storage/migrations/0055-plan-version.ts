import type { Kysely } from 'kysely';

/** Plans as decisions froze them, and what became of each agency's proposals. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('plan_version')
    .addColumn('year', 'text', (c) => c.notNull().references('plan.year'))
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('record_json', 'text', (c) => c.notNull())
    .addColumn('issued_at', 'text', (c) => c.notNull())
    .addColumn('issued_by', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('plan_version_key', ['year', 'version'])
    .execute();
  await db.schema
    .createTable('plan_proposal')
    .addColumn('year', 'text', (c) => c.notNull())
    .addColumn('dataset_id', 'text', (c) => c.notNull().references('dataset.id'))
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('reason', 'text')
    .addColumn('into_id', 'text')
    .addColumn('decided_by', 'text', (c) => c.notNull())
    .addColumn('decided_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('plan_proposal_key', ['year', 'dataset_id'])
    .execute();
}
