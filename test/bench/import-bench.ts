import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { generateNdjson } from './generate-records.ts';
import { type BenchSetting, type Figure, inChild } from './measure.ts';

/**
 * Imports CKAN packages from a file into an empty catalogue: read, validated, stored, indexed and published. It is
 * measured once, because it is long, and what it made is what the other benches work on.
 */
export async function benchImport(setting: BenchSetting): Promise<readonly Figure[]> {
  const { datasets, folder, dataDir } = setting;
  const file = await packagesFile(setting);
  const raw = (await inChild('references-child', ['inserts', file, folder])) as Seconds;
  await rm(join(folder, 'inserts.db'), { force: true });
  const first = (await inChild('import-child', [file, dataDir])) as Imported;
  assertCount(first.published, datasets);
  const again = (await inChild('import-child', [file, dataDir])) as Imported;
  assertCount(again.unchanged, datasets);
  await rm(file);
  const reference = { name: 'better-sqlite3, raw inserts', value: datasets / raw.seconds };
  return [
    {
      name: 'import CKAN NDJSON',
      value: datasets / first.seconds,
      unit: 'datasets/s',
      reference,
      target: { atLeast: 1000 },
    },
    {
      name: 'import again, all unchanged',
      value: datasets / again.seconds,
      unit: 'datasets/s',
      reference,
    },
    { name: 'import, peak memory', value: first.peak, unit: 'MB' },
  ];
}

/** Only makes the catalogue, in the data directory's own database where no other is given. */
export async function importOnce(setting: BenchSetting, databaseURL?: string): Promise<void> {
  const file = await packagesFile(setting);
  const where = databaseURL === undefined ? [] : [databaseURL];
  await inChild('import-child', [file, setting.dataDir, ...where]);
  await rm(file);
}

async function packagesFile({ datasets, folder }: BenchSetting): Promise<string> {
  const file = join(folder, 'packages.ndjson');
  await pipeline(generateNdjson(datasets), createWriteStream(file));
  return file;
}

interface Seconds {
  readonly seconds: number;
}

interface Imported extends Seconds {
  readonly published: number;
  readonly unchanged: number;
  readonly peak: number;
}

function assertCount(found: number, wanted: number): void {
  if (found !== wanted) throw new Error(`imported ${found} of ${wanted}`);
}
