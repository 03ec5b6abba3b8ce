import type { CreateTableBuilder, Kysely } from 'kysely';

const figures = [
  'total',
  'findability',
  'accessibility',
  'interoperability',
  'reusability',
  'contextuality',
  'correct',
  'complete',
  'clean',
  'live',
  'unified',
  'shared',
];

/**
 * How good each published dataset is, how that changed from day to day, what agencies' datasets have on average, and
 * what addresses answered.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('link_check')
    .addColumn('url', 'text', (c) => c.primaryKey())
    .addColumn('status', 'integer')
    .addColumn('checked_at', 'text', (c) => c.notNull())
    .addColumn('error', 'text')
    .addColumn('failures', 'integer', (c) => c.notNull())
    .execute();

  await db.schema.alterTable('published').addColumn('measured', 'text').execute();

  await withFigures(
    db.schema
      .createTable('quality')
      .addColumn('dataset_id', 'text', (c) => c.primaryKey().references('dataset.id'))
      .addColumn('publisher_id', 'text', (c) => c.notNull())
      .addColumn('revision', 'integer', (c) => c.notNull())
      .addColumn('scored_at', 'text', (c) => c.notNull())
      .addColumn('changed_at', 'text', (c) => c.notNull())
      .addColumn('share', 'real', (c) => c.notNull())
      .addColumn('metrics_json', 'text', (c) => c.notNull()),
  ).execute();
  await db.schema
    .createIndex('quality_publisher')
    .on('quality')
    .columns(['publisher_id', 'total'])
    .execute();

  await withFigures(
    db.schema
      .createTable('quality_history')
      .addColumn('dataset_id', 'text', (c) => c.notNull().references('dataset.id'))
      .addColumn('day', 'text', (c) => c.notNull())
      .addColumn('publisher_id', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('quality_history_key', ['dataset_id', 'day']),
  ).execute();

  await withFigures(
    db.schema
      .createTable('quality_average')
      .addColumn('agency_id', 'text', (c) => c.notNull())
      .addColumn('day', 'text', (c) => c.notNull())
      .addColumn('datasets', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('quality_average_key', ['agency_id', 'day']),
  ).execute();
}

function withFigures<Name extends string>(table: CreateTableBuilder<Name>) {
  return figures.reduce((made, figure) => made.addColumn(figure, 'integer'), table);
}
