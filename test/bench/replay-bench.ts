import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { startProduct } from '../support/product.ts';
import { figuresOf, publishedFigures, publishWorld, replay } from '../support/replay/replay-day.ts';
import { type ServerProcess, startServerProcess } from '../support/replay/server-process.ts';
import { openStaffSessions } from '../support/replay/staff-sessions.ts';
import { planUsageDay } from '../support/replay/usage-day.ts';
import { type BenchSetting, type Figure, since } from './measure.ts';

const about = 100_000;
const processes = 3;

/** Replays a day of a hundred thousand requests against several processes, and compares what is published with what is true. */
export async function benchReplay({ folder }: BenchSetting): Promise<readonly Figure[]> {
  const url = `sqlite:${join(folder, 'replay.db')}`;
  const test = await startProduct(async () => ({ url, drop: async () => undefined }));
  const running: ServerProcess[] = [];
  try {
    const datasets = await publishWorld(test);
    const { token } = await test.product.tokens.create({ label: 'đo', role: 'coordinator' });
    const { requests, truth } = planUsageDay(about, {
      datasets,
      staffToken: token,
      staffSessions: await openStaffSessions(test),
    });
    for (let count = 0; count < processes; count += 1) {
      running.push(await startServerProcess(url, test.product.config.dataDir));
    }
    const began = performance.now();
    const wrong = await replay(requests, running);
    await Promise.all(running.map((each) => each.flush()));
    const lasted = since(began);
    if (wrong.length > 0) throw new Error(`answered otherwise: ${wrong.slice(0, 5).join(', ')}`);
    const published = await publishedFigures(test, datasets);
    const expected = figuresOf(truth, datasets);
    return [
      {
        name: `a day of ${requests.length} requests, replayed against ${processes} processes`,
        value: requests.length / lasted,
        unit: 'requests/s',
      },
      {
        name: 'figures that differ from the truth',
        value: differences(published, expected),
        unit: 'figures',
        target: { atMost: 0 },
      },
    ];
  } finally {
    await Promise.all(running.map((each) => each.stop()));
    await test.close();
  }
}

/** How many entries of the two, or of what they hold, are not the same. */
function differences(found: object, expected: object): number {
  const keys = new Set([...Object.keys(found), ...Object.keys(expected)]);
  return [...keys].reduce((sum, key) => {
    const [a, b] = [entryOf(found, key), entryOf(expected, key)];
    if (isDeepStrictEqual(a, b)) return sum;
    return sum + (isObject(a) && isObject(b) ? differences(a, b) : 1);
  }, 0);
}

function entryOf(of: object, key: string): unknown {
  return new Map<string, unknown>(Object.entries(of)).get(key);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
