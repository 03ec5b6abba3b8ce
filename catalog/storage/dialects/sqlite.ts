import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import {
  CompiledQuery,
  type DatabaseConnection,
  Kysely,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  type SqliteDialectConfig,
  SqliteDriver,
  sql,
} from 'kysely';
import type { Tables } from '../tables.ts';
import {
  type DialectTraits,
  type OpenedDatabase,
  type Row,
  versionQuery,
  type Wanted,
  walkedTogether,
} from './dialect.ts';

/**
 * Takes the write lock when a transaction begins. A deferred transaction that reads first and writes later fails at
 * once when another process has written in between, whatever the busy timeout.
 */
class ImmediateDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}

/**
 * Lets migrations run in one transaction, which SQLite can and Kysely does not expect: two processes that start at
 * once take turns, and one that is killed leaves no half of a table set behind.
 */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class ImmediateDialect extends SqliteDialect {
  readonly #settings: SqliteDialectConfig;

  constructor(settings: SqliteDialectConfig) {
    super(settings);
    this.#settings = settings;
  }

  override createDriver(): SqliteDriver {
    return new ImmediateDriver(this.#settings);
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter();
  }
}

const traits: DialectTraits = {
  name: 'sqlite',
  isUniqueViolation: (error) =>
    ['SQLITE_CONSTRAINT_PRIMARYKEY', 'SQLITE_CONSTRAINT_UNIQUE'].includes(codeOf(error)),
  isRetryable: (error) => codeOf(error).startsWith('SQLITE_BUSY'),
  async indexDocuments(tx, documents) {
    if (documents.length === 0) return;
    await traits.removeDocuments(
      tx,
      documents.map(({ position }) => position),
    );
    const rows = documents.map((d) => sql`(${d.position}, ${d.title}, ${d.keyword}, ${d.body})`);
    await sql`insert into search (rowid, title, keyword, body) values ${sql.join(rows)}`.execute(
      tx,
    );
  },
  async removeDocuments(tx, positions) {
    if (positions.length === 0) return;
    await sql`delete from search where rowid in (${sql.join(positions)})`.execute(tx);
  },
  holding: (wanted) =>
    sql`(select rowid as position from search where search match ${wanted.map(oneOf).join(' AND ')})`,
  phrase: (words, { isPrefix, within }) => {
    const expression = `"${words.join(' ')}"${isPrefix ? '*' : ''}`;
    return sql`(select rowid as position from search where search match ${inColumn(expression, within)})`;
  },
  bytewise: (column) => sql`${sql.ref(column)} collate binary`,
  gather: (column) => sql`group_concat(${sql.ref(column)})`,
  rowsOf: (rows) => sql`json_each(${JSON.stringify(rows)})`,
  among: (column, values) =>
    sql`${sql.ref(column)} in (select value from json_each(${JSON.stringify(values)}))`,
  openMonth: async () => undefined,
  dropMonth: async () => undefined,
  async *walk(db, table) {
    for (let after = 0; ; ) {
      const { rows } = await sql<Row & { readonly walked: number }>`
        select rowid as walked, * from ${sql.table(table)}
        where rowid > ${after} order by rowid limit ${walkedTogether}`.execute(db);
      const last = rows.at(-1);
      if (!last) return;
      after = last.walked;
      yield rows.map(({ walked: _walked, ...row }) => row);
    }
  },
  async wipe(tx, table) {
    await sql`pragma secure_delete = on`.execute(tx);
    await sql`delete from ${sql.table(table)}`.execute(tx);
    await sql`pragma secure_delete = off`.execute(tx);
  },
};

/** FTS5 §3: phrases in quotation marks; `*` behind one is for its last word. */
function oneOf({ words, isPrefix, phrases }: Wanted): string {
  const last = words.length - 1;
  const every = words.map((word, at) => `"${word}"${isPrefix && at === last ? '*' : ''}`);
  const others = phrases.map((phrase) => `"${phrase.join(' ')}"`);
  return `(${[`(${every.join(' AND ')})`, ...others].join(' OR ')})`;
}

/** FTS5 §3.6, column filters. */
function inColumn(expression: string, column: 'title' | undefined): string {
  return column === undefined ? expression : `${column} : (${expression})`;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** How long a connection waits for another process that writes. */
const busyTimeoutMs = 10_000;

/** Statements that a connection keeps prepared; the pages and an import need fewer. */
const mostPrepared = 100;

/**
 * A connection that prepares each statement once: Kysely would do so each time it is run. Not pragmas: some act while
 * they are prepared.
 *
 * @see https://www.sqlite.org/pragma.html
 */
function preparingOnce(connection: BetterSqlite3.Database): SqliteDatabase {
  const prepared = new Map<string, BetterSqlite3.Statement>();
  return {
    prepare(query) {
      const known = prepared.get(query);
      // One that is still giving rows cannot be begun anew.
      if (known && !known.busy) return known;
      const statement = connection.prepare(query);
      if (/^\s*pragma/i.test(query)) return statement;
      if (prepared.size >= mostPrepared) prepared.clear();
      prepared.set(query, statement);
      return statement;
    },
    close: () => connection.close(),
  };
}

/** Opens a SQLite file: one connection that writes, one that reads, and one for each snapshot. */
export function openSqlite(file: string): OpenedDatabase {
  mkdirSync(dirname(file), { recursive: true });
  const writer = new BetterSqlite3(file, { timeout: busyTimeoutMs });
  writer.pragma('page_size = 8192');
  writer.pragma('journal_mode = WAL');
  writer.pragma('synchronous = FULL');
  writer.pragma('foreign_keys = ON');
  // 32 MB hold a batch of an import; 128 MB of log are written back at once, so that a page that changes often is
  // copied into the file seldom.
  writer.pragma('cache_size = -32768');
  writer.pragma('wal_autocheckpoint = 16384');
  const openReader = () => {
    const reader = new BetterSqlite3(file, { timeout: busyTimeoutMs });
    reader.pragma('query_only = ON');
    return reader;
  };
  const write = new Kysely<Tables>({
    dialect: new ImmediateDialect({ database: preparingOnce(writer) }),
  });
  const reader = openReader();
  // Snapshots walk through the whole file once, and would only fill the memory with it.
  reader.pragma('mmap_size = 67108864');
  const read = new Kysely<Tables>({
    dialect: new SqliteDialect({ database: preparingOnce(reader) }),
  });
  let asking: BetterSqlite3.Statement<[], number> | undefined;
  return {
    write,
    read,
    current: read,
    traits,
    version() {
      asking ??= reader.prepare<[], number>(versionQuery).pluck();
      return asking.get() ?? 0;
    },
    aside: (work) =>
      write.connection().execute(async (connection) => {
        await sql`pragma busy_timeout = 0`.execute(connection);
        await sql`pragma synchronous = normal`.execute(connection);
        try {
          return await connection.transaction().execute(work);
        } finally {
          await sql`pragma synchronous = full`.execute(connection);
          await sql.raw(`pragma busy_timeout = ${busyTimeoutMs}`).execute(connection);
        }
      }),
    // The log still holds old pages until it is written back and begun anew, which a reader may keep from happening.
    scrub: () =>
      write.connection().execute(async (connection) => {
        await sql`pragma busy_timeout = 0`.execute(connection);
        try {
          const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(
            connection,
          );
          return rows[0]?.busy === 0;
        } finally {
          await sql.raw(`pragma busy_timeout = ${busyTimeoutMs}`).execute(connection);
        }
      }),
    async openSnapshot() {
      const snapshot = openReader();
      snapshot.exec('begin');
      const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: snapshot }) });
      return { db, close: () => db.destroy() };
    },
    async close() {
      await read.destroy();
      await write.destroy();
    },
  };
}
