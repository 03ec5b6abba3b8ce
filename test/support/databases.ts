import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';

export interface FreshDatabase {
  /** As `DATABASE_URL` names it. */
  readonly url: string;
  /** Close what is open on it first. */
  drop(): Promise<void>;
}

export interface TestDatabase {
  readonly name: 'SQLite' | 'PostgreSQL';
  /** An empty database, of which nobody else knows. */
  create(): Promise<FreshDatabase>;
}

/** Both databases, for `describe.each(testDatabases())('… on $name', ({ create }) => …)`. */
export function testDatabases(): readonly TestDatabase[] {
  return [
    { name: 'SQLite', create: createSqlite },
    { name: 'PostgreSQL', create: createPostgres },
  ];
}

async function createSqlite(): Promise<FreshDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'khue-sqlite-'));
  return {
    url: `sqlite:${join(folder, 'khue.db')}`,
    drop: () => rm(folder, { recursive: true, force: true }),
  };
}

async function createPostgres(): Promise<FreshDatabase> {
  const server = inject('postgresUrl');
  const name = `khue_${randomBytes(6).toString('hex')}`;
  await tell(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: () => tell(server, `drop database if exists ${name} with (force)`),
  };
}

async function tell(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
