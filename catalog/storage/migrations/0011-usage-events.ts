import { type Kysely, SqliteAdapter, sql } from 'kysely';

/**
 * Each use as an event, what they add up to by day and month, counted and raw, why what was removed was removed, and
 * how many visitors there were. On PostgreSQL the events lie in a partition for each month.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const isSqlite = db.getExecutor().adapter instanceof SqliteAdapter;
  const id = isSqlite ? sql`id integer primary key` : sql`id bigserial`;
  const partitions = isSqlite ? sql`` : sql`partition by range (day)`;
  await sql`
    create table usage_event (
      ${id},
      day text not null,
      at text not null,
      kind text not null,
      dataset_id text not null,
      distribution_id text not null,
      outcome text not null,
      access_method text not null,
      visitor text not null,
      rule text
    ) ${partitions}`.execute(db);
  await sql`create index usage_event_visitor on usage_event (day, visitor)`.execute(db);

  await db.schema
    .alterTable('usage_day')
    .addColumn('raw', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
  // What was counted before left out robots only, and kept no events: raw is at least that.
  await sql`update usage_day set raw = count`.execute(db);

  await db.schema
    .createTable('usage_month')
    .addColumn('month', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('dataset_id', 'text', (c) => c.notNull())
    .addColumn('distribution_id', 'text', (c) => c.notNull())
    .addColumn('count', 'integer', (c) => c.notNull())
    .addColumn('raw', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('usage_month_key', ['dataset_id', 'kind', 'month', 'distribution_id'])
    .execute();
  await sql`
    insert into usage_month (month, kind, dataset_id, distribution_id, count, raw)
    select substr(day, 1, 7), kind, dataset_id, distribution_id, sum(count), sum(raw)
    from usage_day group by substr(day, 1, 7), kind, dataset_id, distribution_id`.execute(db);

  // The whole city's, so that nobody adds up every dataset to show them.
  await db.schema
    .createTable('usage_total')
    .addColumn('day', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('count', 'integer', (c) => c.notNull())
    .addColumn('raw', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('usage_total_key', ['day', 'kind'])
    .execute();
  await sql`
    insert into usage_total (day, kind, count, raw)
    select day, kind, sum(count), sum(raw) from usage_day group by day, kind`.execute(db);

  await db.schema
    .createTable('usage_removed')
    .addColumn('day', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('dataset_id', 'text', (c) => c.notNull())
    .addColumn('rule', 'text', (c) => c.notNull())
    .addColumn('count', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('usage_removed_key', ['dataset_id', 'kind', 'day', 'rule'])
    .execute();
  await db.schema.createIndex('usage_removed_day').on('usage_removed').column('day').execute();

  await db.schema
    .createTable('usage_sketch')
    .addColumn('dataset_id', 'text', (c) => c.notNull())
    .addColumn('period', 'text', (c) => c.notNull())
    .addColumn('sketch', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('usage_sketch_key', ['dataset_id', 'period'])
    .execute();
  await db.schema.createIndex('usage_sketch_period').on('usage_sketch').column('period').execute();

  await db.schema
    .createTable('usage_robot')
    .addColumn('day', 'text', (c) => c.notNull())
    .addColumn('visitor', 'text', (c) => c.notNull())
    .addColumn('rule', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('usage_robot_key', ['day', 'visitor'])
    .execute();

  // Unlogged: a salt is in no write-ahead log and in no physical backup, and gone after a crash of the server.
  const salt = isSqlite ? sql`table` : sql`unlogged table`;
  await sql`create ${salt} usage_salt (day text primary key, salt text not null)`.execute(db);

  await db.schema
    .createTable('usage_writer')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('batch', 'integer', (c) => c.notNull())
    .addColumn('written_at', 'text', (c) => c.notNull())
    .execute();

  await db.schema
    .createTable('usage_lost')
    .addColumn('day', 'text', (c) => c.primaryKey())
    .addColumn('count', 'integer', (c) => c.notNull())
    .execute();

  // Days up to this one are never counted again from events, because not all of their events are there.
  await sql`
    insert into setting (name, value)
    select 'usage-closed-until', coalesce(max(day), '') from usage_day`.execute(db);
  await sql`insert into counter (name, value) values ('usage', 0)`.execute(db);
}
