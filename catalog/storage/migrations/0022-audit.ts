import { type Kysely, SqliteAdapter, sql } from 'kysely';

/**
 * Every act, each row bound to the one before it by a hash. Rows are added and never touched again: the database itself
 * refuses it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('audit')
    .addColumn('seq', 'integer', (c) => c.primaryKey())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('actor', 'text', (c) => c.notNull())
    .addColumn('actor_id', 'text')
    .addColumn('act', 'text', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('agency_id', 'text')
    .addColumn('detail_json', 'text', (c) => c.notNull())
    .addColumn('previous_hash', 'text', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('audit_agency').on('audit').columns(['agency_id', 'seq']).execute();
  await db.schema.createIndex('audit_subject').on('audit').columns(['subject', 'seq']).execute();

  // The end of the chain: whoever adds to it holds this row until the transaction is over.
  await db.schema
    .createTable('audit_head')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .execute();
  await sql`insert into audit_head (id, seq, hash) values (1, 0, '')`.execute(db);

  if (db.getExecutor().adapter instanceof SqliteAdapter) await protectOnSqlite(db);
  else await protectOnPostgres(db);
}

async function protectOnPostgres(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function audit_is_append_only() returns trigger language plpgsql as $$
    begin raise exception 'the audit is append-only'; end $$`.execute(db);
  await sql`
    create trigger audit_no_change before update or delete on audit
    for each row execute function audit_is_append_only()`.execute(db);
  await sql`
    create trigger audit_no_truncate before truncate on audit
    for each statement execute function audit_is_append_only()`.execute(db);
}

async function protectOnSqlite(db: Kysely<unknown>): Promise<void> {
  for (const act of ['update', 'delete']) {
    await sql`
      create trigger ${sql.raw(`audit_no_${act}`)} before ${sql.raw(act)} on audit
      begin select raise(abort, 'the audit is append-only'); end`.execute(db);
  }
}
