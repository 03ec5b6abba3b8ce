import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../../catalog/kernel/project-root.ts';
import { type Database, openDatabase } from '../../catalog/storage/database.ts';
import { migrations } from '../../catalog/storage/migrations/index.ts';
import { cli } from '../support/cli.ts';
import { type FreshDatabase, testDatabases } from '../support/databases.ts';
import { interfaceProperties } from '../support/interface-properties.ts';

const run = promisify(execFile);
const interfaces = interfaceProperties(join(projectRoot, 'catalog', 'storage', 'tables.ts'));

/** `dataset_revision` is described by DatasetRevisionTable; the tables of forms share one type. */
function columnsOf(table: string): readonly string[] {
  if (/^published_(jsonld|ttl|nt|rdf)$/.test(table)) {
    return interfaces.get('PublishedFormTable') ?? [];
  }
  const words = table.split('_').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return interfaces.get(`${words.join('')}Table`) ?? [];
}

describe.each(testDatabases())('the tables on $name', ({ create }) => {
  let fresh: FreshDatabase;
  let database: Database;

  beforeAll(async () => {
    fresh = await create();
    database = openDatabase(fresh.url);
  });
  afterAll(async () => {
    await database.close();
    await fresh.drop();
  });

  it('are not ready before the migrations have run', async () => {
    expect(await database.isReady()).toBe(false);
  });

  it('are made by every migration in order, once, also when two processes start at once', async () => {
    const env = { ...process.env, DATABASE_URL: fresh.url, LOG_LEVEL: 'silent', BASE_URL: '' };
    const migrate = () => run(process.execPath, [...cli, 'migrate'], { env });
    await Promise.all([migrate(), migrate()]);
    const ran = await database.migrate();
    const rows = await database.read.introspection.getTables({ withInternalKyselyTables: true });

    expect(ran).toEqual([]);
    expect(rows.map(({ name }) => name)).toContain('kysely_migration');
    expect(Object.keys(migrations)).toEqual(Object.keys(migrations).sort());
    expect(await database.isReady()).toBe(true);
  });

  it('have the columns that the types say, and no others', async () => {
    const tables = await database.read.introspection.getTables();
    const named = new Map(
      tables.map(({ name, columns }) => [name, columns.map((column) => column.name).sort()]),
    );
    const expected = interfaces.get('Tables') ?? [];

    expect(expected.length).toBeGreaterThan(10);
    for (const table of expected) {
      expect([table, named.get(table)]).toEqual([table, [...columnsOf(table)].sort()]);
    }
    const others = [...named.keys()].filter((name) => !expected.includes(name));
    expect(others.filter((name) => !/^search(_|$)/.test(name))).toEqual([]);
  });
});
