import { type BenchSetting, type Figure, inChild } from './measure.ts';

/** Asks some forty questions in turn; nothing of an answer is kept from one to the next. */
export async function benchSearch({ dataDir, runs }: BenchSetting): Promise<readonly Figure[]> {
  const measured = (await inChild('search-child', [dataDir, String(runs)])) as {
    readonly firstMs: number;
    readonly medianMs: number;
    readonly p95Ms: number;
    readonly rawMs: number;
  };
  const reference = { name: 'FTS5, only counting the words', value: measured.rawMs };
  return [
    {
      name: 'search, median',
      value: measured.medianMs,
      unit: 'ms',
      reference,
      target: { atMost: 20 },
    },
    { name: 'search, 95th percentile', value: measured.p95Ms, unit: 'ms', reference },
    { name: 'search, the first of a process', value: measured.firstMs, unit: 'ms' },
  ];
}
