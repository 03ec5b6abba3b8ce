import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileRepository } from '../../catalog/inventory/file-repository.ts';
import { projectRoot } from '../../catalog/kernel/project-root.ts';
import { readSearchQuery } from '../../catalog/search/search-query.ts';
import {
  archivedTables,
  isUntouched,
  piecesOf,
  unarchivedTables,
} from '../../catalog/storage/archive.ts';
import { type Database, openDatabase } from '../../catalog/storage/database.ts';
import { backup } from '../../server/commands/backup.ts';
import { fillWithDemo } from '../../server/commands/demo.ts';
import { examine } from '../../server/commands/maintain.ts';
import { restore } from '../../server/commands/restore.ts';
import { compose } from '../../server/compose.ts';
import { readConfig } from '../../server/config/settings.ts';
import { type FreshDatabase, testDatabases } from '../support/databases.ts';
import { interfaceProperties } from '../support/interface-properties.ts';
import { startProduct, type TestProduct } from '../support/product.ts';

const [sqlite, postgres] = testDatabases();
if (!sqlite || !postgres) throw new Error('there are two databases');

describe('an archive', () => {
  it('holds every table, or says why not', () => {
    const tables = interfaceProperties(join(projectRoot, 'catalog/storage/tables.ts')).get(
      'Tables',
    );

    expect([...archivedTables, ...unarchivedTables].sort()).toEqual([...(tables ?? [])].sort());
  });
});

describe.each([
  { from: sqlite, to: postgres },
  { from: postgres, to: sqlite },
  { from: sqlite, to: sqlite },
])('a catalogue on $from.name', ({ from, to }) => {
  let source: TestProduct;
  let target: FreshDatabase;
  let folder: string;
  const archive = () => join(folder, 'khue.backup');
  const config = () =>
    readConfig({
      DATABASE_URL: target.url,
      DATA_DIR: join(folder, 'data'),
      BASE_URL: 'https://data.example.vn',
      SESSION_SECRET: 'x'.repeat(40),
      LOG_LEVEL: 'silent',
    });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'khue-backup-'));
    source = await startProduct(from.create);
    await fillWithDemo(source.product);
    target = await to.create();
  });
  afterAll(async () => {
    await source.close();
    await target.drop();
    await rm(folder, { recursive: true, force: true });
  });

  it(`is the same on ${to.name} after a backup and a restore`, async () => {
    const written = await backup(archive(), source.product);
    const restored = await restore(archive(), config());
    const database = openDatabase(target.url);
    try {
      expect(restored).toEqual(written);
      expect(restored.files).toBeGreaterThan(3);
      expect(await everyRow(database)).toEqual(await everyRow(source.product.database));
    } finally {
      await database.close();
    }
  });

  it('is found, verified and downloaded there as before', async () => {
    const product = await compose(config());
    try {
      const query = readSearchQuery(new URLSearchParams('q=le hoi'));
      const { hits } = await product.search.search(query, 1, 10);
      const held = await fileRepository(product.database.read).find('lich-le-hoi-csv');

      expect(hits[0]?.record.id).toBe('lich-le-hoi');
      expect(await product.files.has(held?.sha256 ?? '')).toBe(true);
      expect(await examine(product)).toEqual([]);
    } finally {
      await product.close();
    }
  });

  it('is not poured over another', async () => {
    await expect(restore(archive(), config())).rejects.toMatchObject({
      code: 'database-not-empty',
    });
  });

  it.each([
    ['cut off', (whole: Buffer) => whole.subarray(0, whole.length - 2000)],
    ['cut off between two lines', (whole: Buffer) => gzipSync(withoutEnd(gunzipSync(whole)))],
    ['something else', () => Buffer.from('stt,ten\n1,a')],
    ['empty', () => gzipSync('')],
    ['other JSON', () => gzipSync('{"a":1}\n')],
  ])('is not restored from an archive that is %s', async (_how, spoil) => {
    const other = await to.create();
    const spoilt = join(folder, 'spoilt');
    await writeFile(spoilt, spoil(await readFile(archive())));
    try {
      await expect(restore(spoilt, { ...config(), databaseURL: other.url })).rejects.toMatchObject({
        code: 'archive-broken',
      });
      const database = openDatabase(other.url);
      expect(await isUntouched(database).catch(() => true)).toBe(true);
      await database.close();
    } finally {
      await other.drop();
    }
  });
});

function withoutEnd(text: Buffer): string {
  return text.toString().replace(/\{"end".*\n$/, '');
}

/** Every archived row, by table, in an order that does not depend on the database. */
async function everyRow(database: Database): Promise<ReadonlyMap<string, readonly string[]>> {
  const tables = new Map<string, string[]>();
  await database.snapshot(async (db) => {
    for await (const { table, rows } of piecesOf(db, database.traits)) {
      const texts = rows.map((row) => JSON.stringify(Object.entries(row).sort()));
      tables.set(table, [...(tables.get(table) ?? []), ...texts].sort());
    }
  });
  return tables;
}
