import { Readable } from 'node:stream';
import { operator } from '../../../catalog/access/actor.ts';
import { attachFile } from '../../../catalog/inventory/attach-file.ts';
import { startOfDay } from '../../../catalog/kernel/clock.ts';
import { getMetrics } from '../../../catalog/usage/metrics.ts';
import { type UsageKind, usageKinds } from '../../../catalog/usage/usage-event.ts';
import { aDataset, aDistribution } from '../builders.ts';
import type { TestProduct } from '../product.ts';
import type { ServerProcess } from './server-process.ts';
import { day } from './staff-sessions.ts';
import type { Planned, Truth } from './usage-day.ts';

const midnight = Date.parse(startOfDay(day));

/** Publishes datasets with a file of ours and one elsewhere each. */
export async function publishWorld({ product, publish }: TestProduct): Promise<readonly string[]> {
  const ids = Array.from({ length: 101 }, (_, index) => `du-lieu-${index}`);
  for (const id of ids) {
    const distribution = [aDistribution({ id: `${id}-tep` }), aDistribution({ id: `${id}-xa` })];
    await publish(aDataset({ id, distribution }));
    const upload = { fileName: 'tep.csv', mediaType: 'text/csv' };
    const content = Readable.from([Buffer.from('a,b\n1,2\n')]);
    await attachFile(id, `${id}-tep`, { ...upload, content }, operator, product);
  }
  return ids;
}

/** Sends the requests of each moment at once, to the processes in turn. Gives those that were answered otherwise. */
export async function replay(
  requests: readonly Planned[],
  running: readonly ServerProcess[],
): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (let first = 0; first < requests.length; ) {
    const second = requests[first]?.second ?? 0;
    const now = new Date(midnight + second * 1000).toISOString();
    await Promise.all(running.map((each) => each.setClock(now)));
    const asked: Promise<void>[] = [];
    for (; requests[first]?.second === second; first += 1) {
      const request = requests[first];
      const target = running[first % running.length];
      if (!request || !target) continue;
      asked.push(
        target.ask(request).then((status) => {
          if (status !== request.status) wrong.push(`${status} ${request.method} ${request.path}`);
        }),
      );
    }
    await Promise.all(asked);
  }
  return wrong;
}

type Figures = Readonly<Record<string, { readonly count: number; readonly raw: number }>>;

/** The figures as they are published: of each dataset, of the city, and in the feed. */
export async function publishedFigures(
  { product }: TestProduct,
  datasets: readonly string[],
): Promise<{ figures: Figures; removed: Readonly<Record<string, number>>; feed: Figures }> {
  const { read } = product.database;
  const figures: Record<string, { count: number; raw: number }> = {};
  for (const dataset of datasets) {
    const metrics = await getMetrics({ dataset }, 'day', read);
    for (const { period, kind, count, raw } of metrics.figures) {
      figures[`${dataset} ${kind} ${period}`] = { count, raw };
    }
  }
  const city = await getMetrics({}, 'month', read);
  for (const kind of usageKinds) {
    figures[`city ${kind}`] = { count: city.totals[kind], raw: city.raw[kind] };
  }
  const feed: Record<string, { count: number; raw: number }> = {};
  for (const row of await read.selectFrom('published').selectAll().execute()) {
    feed[row.dataset_id] = { count: row.downloads, raw: 0 };
  }
  return { figures, removed: city.removed, feed };
}

/** The figures that are true. */
export function figuresOf({ counts, removed }: Truth, datasets: readonly string[]) {
  const figures: Record<string, { count: number; raw: number }> = {};
  const sums = (kind: UsageKind) => {
    const own = [...counts].filter(([key]) => key.endsWith(` ${kind}`)).map(([, each]) => each);
    return {
      count: own.reduce((sum, { count }) => sum + count, 0),
      raw: own.reduce((sum, { raw }) => sum + raw, 0),
    };
  };
  for (const [key, each] of counts) if (!key.startsWith(' ')) figures[`${key} ${day}`] = each;
  for (const kind of usageKinds) figures[`city ${kind}`] = sums(kind);
  const feed = Object.fromEntries(
    datasets.map((id) => [id, { count: counts.get(`${id} download`)?.count ?? 0, raw: 0 }]),
  );
  return { figures, removed, feed };
}
