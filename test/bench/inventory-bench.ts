import { join } from 'node:path';
import { onBothDatabases } from './both-databases.ts';
import { type BenchSetting, type Figure, inChild, median, percentile } from './measure.ts';

const requests = 20;
const most = { atMost: 100 };

const pages = {
  table: 'inventory table',
  filtered: 'inventory table, four filters',
  due: 'inventory table, overdue, page 20',
  quality: 'inventory table, lowest quality first',
  desk: 'desk of one dataset',
  form: 'form with every field filled',
};

/** The inventory's table over datasets in all states, on both databases, drawn anew for each request. */
export function benchInventory(setting: BenchSetting): Promise<readonly Figure[]> {
  return onBothDatabases('inventory', setting.folder, (database, url) =>
    figuresOn(database, url, setting),
  );
}

async function figuresOn(
  database: string,
  url: string,
  { datasets, runs, folder }: BenchSetting,
): Promise<readonly Figure[]> {
  const args = [url, join(folder, `inventory-${database}`), datasets, requests * runs].map(String);
  const taken = (await inChild('inventory-child', args)) as Readonly<
    Record<keyof typeof pages | 'reference' | 'similar', readonly number[]>
  >;
  const reference = { name: 'the page of one’s account', value: median(taken.reference) };
  return [
    ...Object.entries(pages).flatMap(([key, name]): readonly Figure[] => {
      const ms = taken[key as keyof typeof pages];
      return [
        {
          name: `${name}, ${database}, median`,
          value: median(ms),
          unit: 'ms',
          reference,
          target: key === 'form' ? { atMost: 50 } : most,
        },
        { name: `${name}, ${database}, 95th percentile`, value: percentile(ms, 0.95), unit: 'ms' },
      ];
    }),
    {
      name: `titles alike, ${database}, median`,
      value: median(taken.similar),
      unit: 'ms',
      target: most,
    },
  ];
}
