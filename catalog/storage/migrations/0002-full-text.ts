import { type Kysely, SqliteAdapter, sql } from 'kysely';

/** The search index: FTS5 on SQLite, a weighted tsvector on PostgreSQL, both over text that the catalogue folded. */
export async function up(db: Kysely<unknown>): Promise<void> {
  if (db.getExecutor().adapter instanceof SqliteAdapter) {
    await sql`
      create virtual table search using fts5(
        title, keyword, body, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='2 3'
      )`.execute(db);
    return;
  }
  await sql`create table search (position integer primary key, document tsvector not null)`.execute(
    db,
  );
  await sql`create index search_document on search using gin (document)`.execute(db);
}
