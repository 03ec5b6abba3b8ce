import { setTimeout as sleep } from 'node:timers/promises';
import {
  Kysely,
  type MigrationLockOptions,
  PostgresAdapter,
  PostgresDialect,
  type PostgresDialectConfig,
  type RawBuilder,
  sql,
} from 'kysely';
import pg from 'pg';
import { takeTurns } from '../../kernel/take-turns.ts';
import type { Tables } from '../tables.ts';
import {
  type DialectTraits,
  daysOf,
  type OpenedDatabase,
  type Row,
  versionQuery,
  type Wanted,
  walkedTogether,
} from './dialect.ts';

const leaseSeconds = 600;

/**
 * Keeps migrators apart by an expiring lease in Kysely's own lock row. The advisory lock that Kysely would take does
 * not exist on every engine that speaks PostgreSQL's protocol.
 */
class LeaseAdapter extends PostgresAdapter {
  override async acquireMigrationLock(
    db: Kysely<unknown>,
    options: MigrationLockOptions,
  ): Promise<void> {
    for (let attempt = 0; attempt < leaseSeconds * 20; attempt += 1) {
      const now = Math.floor(Date.now() / 1000);
      const taken = await sql`
        update ${sql.table(options.lockTable)} set is_locked = ${now + leaseSeconds}
        where id = ${options.lockRowId} and is_locked < ${now}`.execute(db);
      if (Number(taken.numAffectedRows) === 1) return;
      await sleep(50);
    }
    throw new Error('another process has held the migration lock for ten minutes');
  }

  override async releaseMigrationLock(
    db: Kysely<unknown>,
    options: MigrationLockOptions,
  ): Promise<void> {
    await sql`update ${sql.table(options.lockTable)} set is_locked = 0 where id = ${options.lockRowId}`.execute(
      db,
    );
  }
}

class WireDialect extends PostgresDialect {
  override createAdapter(): PostgresAdapter {
    return new LeaseAdapter();
  }
}

const traits: DialectTraits = {
  name: 'postgres',
  isUniqueViolation: (error) => sqlState(error) === '23505',
  isRetryable: (error) => ['40001', '40P01'].includes(sqlState(error)),
  async indexDocuments(tx, documents) {
    if (documents.length === 0) return;
    const rows = documents.map(
      (d) => sql`(${d.position}::integer,
        setweight(to_tsvector('simple', ${d.title}), 'A') ||
        setweight(to_tsvector('simple', ${d.keyword}), 'B') ||
        setweight(to_tsvector('simple', ${d.body}), 'D'))`,
    );
    await sql`
      insert into search (position, document) values ${sql.join(rows)}
      on conflict (position) do update set document = excluded.document`.execute(tx);
  },
  async removeDocuments(tx, positions) {
    if (positions.length === 0) return;
    await sql`delete from search where position in (${sql.join(positions)})`.execute(tx);
  },
  holding: (wanted) =>
    sql`(select position from search
      where document @@ to_tsquery('simple', ${wanted.map(oneOf).join(' & ')}))`,
  phrase: (words, { isPrefix, within }) => {
    const last = isPrefix ? words.length - 1 : undefined;
    const expression = labelled(words, within, last).join(' <-> ');
    return sql`(select position from search where document @@ to_tsquery('simple', ${expression}))`;
  },
  bytewise: (column) => sql`${sql.ref(column)} collate "C"`,
  gather: (column) => sql`string_agg(${sql.ref(column)}::text, ',')`,
  rowsOf: (rows) => sql`jsonb_array_elements(${JSON.stringify(rows)}::jsonb)`,
  // An array finds its way through an index where a subquery of unknown length does not.
  among: (column, values) => sql`${sql.ref(column)} = any(${values}::text[])`,
  async openMonth(tx, table, month) {
    const { from, to } = daysOf(month);
    await sql`
      create table if not exists ${partitionOf(table, month)} partition of ${sql.table(table)}
      for values from (${sql.lit(from)}) to (${sql.lit(to)})`.execute(tx);
  },
  async dropMonth(tx, table, month) {
    await sql`drop table if exists ${partitionOf(table, month)}`.execute(tx);
  },
  async *walk(db, table) {
    await sql`declare walk no scroll cursor for select * from ${sql.table(table)}`.execute(db);
    try {
      for (;;) {
        const { rows } = await sql<Row>`fetch ${sql.lit(walkedTogether)} from walk`.execute(db);
        if (rows.length === 0) return;
        yield rows;
      }
    } finally {
      await sql`close walk`.execute(db);
    }
  },
  // Another file takes the place of the table's, whose rows are in no log either where it is unlogged.
  wipe: async (tx, table) => void (await sql`truncate ${sql.table(table)}`.execute(tx)),
};

function oneOf({ words, isPrefix, phrases }: Wanted): string {
  const every = labelled(words, undefined, isPrefix ? words.length - 1 : undefined).join(' & ');
  const others = phrases.map((phrase) => `(${phrase.join(' <-> ')})`);
  return `(${[`(${every})`, ...others].join(' | ')})`;
}

/** Words of a tsquery, one of them as a prefix. Weight A is the title's, see `indexDocuments`. */
function labelled(
  words: readonly string[],
  within: 'title' | undefined,
  prefixAt: number | undefined,
): readonly string[] {
  const weight = within === 'title' ? 'A' : '';
  return words.map((word, at) => {
    const label = `${at === prefixAt ? '*' : ''}${weight}`;
    return label === '' ? word : `${word}:${label}`;
  });
}

function partitionOf(table: string, month: string): RawBuilder<unknown> {
  return sql.table(`${table}_${month.replace('-', '_')}`);
}

function sqlState(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

const int8 = 20;

function pool(url: string): pg.Pool {
  const made = new pg.Pool({
    connectionString: url,
    max: 10,
    types: {
      // Counts and sizes are far below 2^53.
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        oid === int8 ? Number : pg.types.getTypeParser(oid, format as 'text'),
    } as pg.CustomTypesConfig,
  });
  // An idle connection that the server cuts must not end the process; the pool opens another.
  made.on('error', () => undefined);
  return made;
}

function kysely(connections: pg.Pool): Kysely<Tables> {
  const config: PostgresDialectConfig = { pool: connections };
  return new Kysely<Tables>({ dialect: new WireDialect(config) });
}

/** Opens PostgreSQL, or an engine that speaks its protocol. Reads go to `readUrl` where there is a replica. */
export function openPostgres(url: string, readUrl: string | undefined): OpenedDatabase {
  const connections = pool(url);
  const readers = readUrl === undefined ? connections : pool(readUrl);
  const write = kysely(connections);
  const read = readUrl === undefined ? write : kysely(readers);
  return {
    write,
    read,
    current: write,
    traits,
    version: takeTurns(async () => {
      const query = { name: 'catalog-version', text: versionQuery };
      const { rows } = await readers.query<{ value: number }>(query);
      return rows[0]?.value ?? 0;
    }),
    aside: (work) => write.transaction().execute(work),
    scrub: async () => true,
    async openSnapshot() {
      const transaction = await read
        .startTransaction()
        .setIsolationLevel('repeatable read')
        .setAccessMode('read only')
        .execute();
      return {
        db: transaction,
        close: async () => {
          await transaction.commit().execute();
        },
      };
    },
    async close() {
      if (read !== write) await read.destroy();
      await write.destroy();
    },
  };
}
