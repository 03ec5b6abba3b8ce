import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import pg from 'pg';
import { startPostgres } from '../support/global-postgres.ts';
import type { Figure } from './measure.ts';

/** Measures on an empty SQLite and on an empty database of a PostgreSQL that is started for it. */
export async function onBothDatabases(
  name: string,
  folder: string,
  measure: (database: 'SQLite' | 'PostgreSQL', url: string) => Promise<readonly Figure[]>,
): Promise<readonly Figure[]> {
  return [
    ...(await measure('SQLite', `sqlite:${join(folder, `${name}.db`)}`)),
    ...(await onEmptyPostgres((url) => measure('PostgreSQL', url))),
  ];
}

/** Measures on an empty database of a PostgreSQL that is started for it. */
export async function onEmptyPostgres(
  measure: (url: string) => Promise<readonly Figure[]>,
): Promise<readonly Figure[]> {
  const postgres = await startPostgres();
  try {
    return await measure(await freshDatabase(postgres.url));
  } finally {
    await postgres.stop();
  }
}

async function freshDatabase(server: string): Promise<string> {
  const name = `khue_bench_${randomBytes(6).toString('hex')}`;
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
