import type { Kysely } from 'kysely';

/** The steps to a promised release, where somebody chose their days or ticked them; and which promises wait for which. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('milestone')
    .addColumn('dataset_id', 'text', (c) => c.notNull().references('dataset.id'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('due', 'text')
    .addColumn('done_on', 'text')
    .addColumn('done_by', 'text')
    .addPrimaryKeyConstraint('milestone_key', ['dataset_id', 'kind'])
    .execute();
  await db.schema
    .createTable('commitment_dependency')
    .addColumn('dataset_id', 'text', (c) => c.notNull().references('dataset.id'))
    .addColumn('depends_on', 'text', (c) => c.notNull().references('dataset.id'))
    .addPrimaryKeyConstraint('commitment_dependency_key', ['dataset_id', 'depends_on'])
    .execute();
}
