import type { Kysely } from 'kysely';

/** Reports of the strategy, each version as it was closed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('report')
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('closed_at', 'text', (c) => c.notNull())
    .addColumn('closed_by', 'text', (c) => c.notNull())
    .addColumn('remarks_json', 'text')
    .addColumn('reason', 'text')
    .addColumn('figures_json', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('report_key', ['id', 'version'])
    .execute();
}
