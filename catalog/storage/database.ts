import { type Kysely, Migrator, type Transaction } from 'kysely';
import { CatalogError } from '../kernel/errors.ts';
import type { DialectTraits, OpenedDatabase } from './dialects/dialect.ts';
import { openPostgres } from './dialects/postgres.ts';
import { openSqlite } from './dialects/sqlite.ts';
import { migrations } from './migrations/index.ts';
import type { Tables } from './tables.ts';

export type { Tables } from './tables.ts';

/** A transaction that may write, or the database it is taken from. */
export type Tx = Transaction<Tables>;
/** Anything that can be asked. */
export type Queryable = Kysely<Tables>;

/** The one door to the data. */
export interface Database {
  /** For questions: a connection, or a replica, that never waits for a writer. */
  readonly read: Queryable;
  /** For questions whose answer must not be a moment old, as a replica's may: who has a session still. */
  readonly current: Queryable;
  readonly traits: DialectTraits;
  /** Runs `work` in one transaction: all of it happens, or none. Tried again when two got in each other's way. */
  transaction<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result>;
  /**
   * A transaction that steps aside: where another process is writing, it fails at once instead of making this process
   * wait, and what it commits survives a crash of the process, but not always one of the machine. For what is written
   * all the time, and can be tried again.
   */
  aside<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result>;
  /** Runs `work` over one consistent moment, on a connection of its own. */
  snapshot<Result>(work: (db: Queryable) => Promise<Result>): Promise<Result>;
  /**
   * A number that grows with every public change of a dataset or an agency, as `read` shows it now. The one query that
   * is asked before an answer from memory, so it is as quick as the database allows.
   */
  version(): number | Promise<number>;
  /** Drops from the disk what was wiped. Gives false while somebody still reads it: then it is to be tried again. */
  scrub(): Promise<boolean>;
  /**
   * Brings the tables to the newest form, or to that which a migration made. Gives the names of the migrations that ran.
   *
   * @param to the name of a migration that has not run yet
   */
  migrate(to?: string): Promise<readonly string[]>;
  /** The migrations that have run, in order. */
  applied(): Promise<readonly string[]>;
  /** Whether it answers, and whether every migration has run. */
  isReady(): Promise<boolean>;
  close(): Promise<void>;
}

const attempts = 5;

/**
 * Opens the database that an URL names: `sqlite:PATH` or `postgres://…`. Opening writes nothing but the file.
 *
 * @throws {CatalogError} `malformed` / `database-url-unknown` when it is neither.
 */
export function openDatabase(url: string, readUrl?: string): Database {
  const opened = open(url, readUrl);
  const migrator = new Migrator({
    db: opened.write,
    provider: { getMigrations: async () => ({ ...migrations }) },
    // Two people's migrations may be released in another order than they were numbered; each makes tables of its own.
    allowUnorderedMigrations: true,
  });
  return {
    read: opened.read,
    current: opened.current,
    traits: opened.traits,
    async transaction(work) {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await opened.write.transaction().execute(work);
        } catch (error) {
          if (attempt === attempts || !opened.traits.isRetryable(error)) throw error;
        }
      }
    },
    aside: (work) => opened.aside(work),
    async snapshot(work) {
      const { db, close } = await opened.openSnapshot();
      try {
        return await work(db);
      } finally {
        await close();
      }
    },
    async migrate(to) {
      const { error, results } = await (to === undefined
        ? migrator.migrateToLatest()
        : migrator.migrateTo(to));
      if (error) throw error;
      return (results ?? []).map(({ migrationName }) => migrationName);
    },
    async applied() {
      const all = await migrator.getMigrations();
      return all.flatMap(({ name, executedAt }) => (executedAt === undefined ? [] : [name]));
    },
    async isReady() {
      const all = await migrator.getMigrations();
      return all.every(({ executedAt }) => executedAt !== undefined);
    },
    version: () => opened.version(),
    scrub: () => opened.scrub(),
    close: () => opened.close(),
  };
}

function open(url: string, readUrl: string | undefined): OpenedDatabase {
  if (url.startsWith('sqlite:')) return openSqlite(url.slice('sqlite:'.length));
  if (/^postgres(ql)?:\/\//.test(url)) return openPostgres(url, readUrl);
  throw new CatalogError('malformed', 'database-url-unknown', {
    vi: `DATABASE_URL phải là sqlite:ĐƯỜNG-DẪN hoặc postgres://…, không phải "${url}".`,
    en: `DATABASE_URL must be sqlite:PATH or postgres://…, not "${url}".`,
  });
}
