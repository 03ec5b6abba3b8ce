import { describe, expect, it } from 'vitest';
import { standardError } from '../../catalog/usage/hyper-log-log.ts';
import { getMetrics } from '../../catalog/usage/metrics.ts';
import { rebuildUsage } from '../../catalog/usage/rebuild-usage.ts';
import { testDatabases } from '../support/databases.ts';
import { startProduct, type TestProduct } from '../support/product.ts';
import { figuresOf, publishedFigures, publishWorld, replay } from '../support/replay/replay-day.ts';
import { type ServerProcess, startServerProcess } from '../support/replay/server-process.ts';
import { openStaffSessions } from '../support/replay/staff-sessions.ts';
import { planUsageDay, type Truth } from '../support/replay/usage-day.ts';

const processes = 3;
/** `npm run bench -- --only replay` replays a day of 100,000 in the same way. */
const about = { SQLite: 20_000, PostgreSQL: 8000 };

describe.each(testDatabases())('a day replayed on $name', ({ name, create }) => {
  it('is published exactly as it was', async () => {
    const test = await startProduct(create);
    const running: ServerProcess[] = [];
    try {
      const datasets = await publishWorld(test);
      const { token } = await test.product.tokens.create({ label: 'đo', role: 'coordinator' });
      const { requests, truth } = planUsageDay(about[name], {
        datasets,
        staffToken: token,
        staffSessions: await openStaffSessions(test),
      });
      for (let count = 0; count < processes; count += 1) {
        running.push(await startServerProcess(test.url, test.product.config.dataDir));
      }

      expect(await replay(requests, running)).toEqual([]);
      await Promise.all(running.map((each) => each.flush()));

      const published = await publishedFigures(test, datasets);
      expect(published).toEqual(figuresOf(truth, datasets));
      await expectVisitors(test, truth);
      expect(await rebuildUsage(test.product.database)).toMatchObject({ rejudged: 0 });
      expect(await publishedFigures(test, datasets)).toEqual(published);
    } finally {
      await Promise.all(running.map((each) => each.stop()));
      await test.close();
    }
  }, 300_000);
});

/** Visitors are estimated: of the city and of each dataset within four standard errors. */
async function expectVisitors({ product }: TestProduct, { visitors }: Truth): Promise<void> {
  for (const [id, seen] of visitors) {
    const filter = id === '' ? {} : { dataset: id };
    const metrics = await getMetrics(filter, 'day', product.database.read);
    const found = metrics.visitors?.[0]?.count ?? 0;
    expect(Math.abs(found - seen.size), `${id}: ${found} for ${seen.size}`).toBeLessThanOrEqual(
      Math.ceil(4 * standardError * seen.size),
    );
  }
}
