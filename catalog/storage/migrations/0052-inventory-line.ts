import type { Kysely } from 'kysely';

/** What the inventory's table shows, filters and sorts by, a row for each dataset; kept in the transaction that writes it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('inventory_line')
    .addColumn('dataset_id', 'text', (c) =>
      c.primaryKey().references('dataset.id').onDelete('cascade'),
    )
    .addColumn('publisher_id', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('title_sort', 'text', (c) => c.notNull())
    .addColumn('title_words', 'text', (c) => c.notNull())
    .addColumn('words', 'text', (c) => c.notNull())
    .addColumn('themes', 'text', (c) => c.notNull())
    .addColumn('plan_year', 'text')
    .addColumn('quarter', 'text')
    .addColumn('officer', 'text', (c) => c.notNull())
    .addColumn('officer_name', 'text', (c) => c.notNull())
    .addColumn('missing', 'text', (c) => c.notNull())
    .addColumn('missing_count', 'integer', (c) => c.notNull())
    .addColumn('advised', 'text', (c) => c.notNull())
    .addColumn('due', 'text')
    .addColumn('due_kind', 'text')
    .addColumn('returned', 'integer', (c) => c.notNull())
    .addColumn('changed_at', 'text', (c) => c.notNull())
    .execute();
  for (const columns of [['publisher_id', 'state'], ['state', 'changed_at'], ['due']]) {
    await db.schema
      .createIndex(`inventory_line_${columns[0]}`)
      .on('inventory_line')
      .columns(columns)
      .execute();
  }
}
