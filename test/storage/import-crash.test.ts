import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { datasetRepository } from '../../catalog/inventory/dataset-repository.ts';
import { openDatabase } from '../../catalog/storage/database.ts';
import { cli } from '../support/cli.ts';
import { testDatabases } from '../support/databases.ts';

const count = 3000;
let folder: string;
let dump: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'khue-crash-'));
  dump = join(folder, 'packages.ndjson');
  const lines = Array.from({ length: count }, (_, index) => JSON.stringify(aPackage(index)));
  await writeFile(dump, lines.join('\n'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function aPackage(index: number) {
  return {
    id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    name: `tap-du-lieu-${index}`,
    title: `Tập dữ liệu ${index}`,
    notes: 'Mô tả của tập dữ liệu.',
    organization: { id: 'o', name: 'so-xay-dung', title: 'Sở Xây dựng' },
    tags: [{ name: 'giao thông' }],
    metadata_created: '2026-01-01T00:00:00.000000',
    metadata_modified: '2026-02-01T00:00:00.000000',
    resources: [
      { id: `r-${index}`, name: 'CSV', url: `https://example.vn/${index}.csv`, format: 'CSV' },
    ],
  };
}

function khue(databaseUrl: string, ...words: string[]): ChildProcess {
  return spawn(process.execPath, [...cli, ...words], {
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      DATA_DIR: folder,
      LOG_LEVEL: 'silent',
      BASE_URL: 'http://127.0.0.1:3000',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function finished(child: ChildProcess): Promise<{ code: number | null; output: string }> {
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, output };
}

async function storedIn(databaseUrl: string): Promise<number> {
  const database = openDatabase(databaseUrl);
  try {
    const counts = await datasetRepository(database.read).countByState();
    return [...counts.values()].reduce((sum, each) => sum + each, 0);
  } catch {
    return 0;
  } finally {
    await database.close();
  }
}

describe.each(testDatabases())('an import that is killed on $name', ({ create }) => {
  it('leaves whole records behind, and is completed by running it again', async () => {
    const { url, drop } = await create();
    try {
      const child = khue(url, 'import', 'ckan', dump, '--json');
      const ended = finished(child);
      let stored = 0;
      while (stored < 500 && child.exitCode === null) {
        await sleep(50);
        stored = await storedIn(url);
      }
      child.kill('SIGKILL');
      await ended;
      const survived = await storedIn(url);
      expect(survived).toBeGreaterThanOrEqual(500);
      expect(survived).toBeLessThan(count);

      expect((await finished(khue(url, 'doctor'))).code).toBe(0);
      const again = await finished(khue(url, 'import', 'ckan', dump, '--json'));
      const report = JSON.parse(again.output) as Record<string, unknown>;
      expect(report).toMatchObject({ read: count, unchanged: survived, created: count - survived });
      expect((await finished(khue(url, 'doctor'))).code).toBe(0);
    } finally {
      await drop();
    }
  }, 120_000);
});
