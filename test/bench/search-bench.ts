import { join } from 'node:path';
import { onEmptyPostgres } from './both-databases.ts';
import { importOnce } from './import-bench.ts';
import { type BenchSetting, type Figure, inChild } from './measure.ts';

/** Asks some forty questions in turn, on both databases; nothing of an answer is kept from one to the next. */
export async function benchSearch(setting: BenchSetting): Promise<readonly Figure[]> {
  return [
    ...(await figuresOn('SQLite', [setting.dataDir, String(setting.runs)])),
    ...(await onEmptyPostgres(async (url) => {
      const dataDir = join(setting.folder, 'search-postgres');
      await importOnce({ ...setting, dataDir }, url);
      return figuresOn('PostgreSQL', [dataDir, String(setting.runs), url]);
    })),
  ];
}

async function figuresOn(database: string, args: readonly string[]): Promise<readonly Figure[]> {
  const measured = (await inChild('search-child', args)) as {
    readonly firstMs: number;
    readonly medianMs: number;
    readonly p95Ms: number;
    readonly rawMs: number;
  };
  const reference = { name: 'its index, only counting the words', value: measured.rawMs };
  return [
    {
      name: `search, ${database}, median`,
      value: measured.medianMs,
      unit: 'ms',
      reference,
      target: { atMost: 20 },
    },
    { name: `search, ${database}, 95th percentile`, value: measured.p95Ms, unit: 'ms', reference },
    { name: `search, ${database}, the first of a process`, value: measured.firstMs, unit: 'ms' },
  ];
}
