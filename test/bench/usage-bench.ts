import { type BenchSetting, type Figure, inChild, median, repeat } from './measure.ts';
import { requestsPerSecond, type Serving, serving } from './serving.ts';

const perSecond = 5000;
const seconds = 60;

/** What counting costs, what it withstands, how fast it is done anew, and how fast figures are read. */
export async function benchUsage(setting: BenchSetting): Promise<readonly Figure[]> {
  const { dataDir } = setting;
  const recorded = (await inChild('usage-child', [
    'record',
    dataDir,
    String(perSecond),
    String(seconds),
  ])) as {
    readonly perSecond: number;
    readonly missing: number;
    readonly lost: number;
    readonly rebuiltPerSecond: number;
  };
  const read = (await inChild('usage-child', ['read', dataDir])) as {
    readonly events: number;
    readonly cityMs: number;
    readonly datasetMs: number;
    readonly agencyMs: number;
    readonly groupsMs: number;
  };
  const over = `over ${(read.events / 1e6).toFixed(1)} million events`;
  const atMost100 = { unit: 'ms', target: { atMost: 100 } };
  return [
    ...(await costOfCounting(setting)),
    {
      name: `events counted, of ${perSecond} a second for ${seconds} s, SQLite`,
      value: recorded.perSecond,
      unit: 'events/s',
      target: { atLeast: perSecond * 0.99 },
    },
    {
      name: 'events lost of them',
      value: recorded.missing + recorded.lost,
      unit: 'events',
      target: { atMost: 0 },
    },
    {
      name: 'figures made anew from events',
      value: recorded.rebuiltPerSecond,
      unit: 'events/s',
      target: { atLeast: 200_000 },
    },
    { name: `metrics of the city, ${over}`, value: read.cityMs, ...atMost100 },
    { name: `metrics of a dataset, ${over}`, value: read.datasetMs, ...atMost100 },
    { name: `metrics of an agency, ${over}`, value: read.agencyMs, ...atMost100 },
    { name: `every agency and theme by month, ${over}`, value: read.groupsMs, ...atMost100 },
  ];
}

/** Downloads a second of many people, beside the same handler that does not count them. */
async function costOfCounting({ dataDir, runs }: BenchSetting): Promise<readonly Figure[]> {
  const counted = await serving('counting', dataDir);
  const uncounted = await serving('not-counting', dataDir);
  try {
    const path = await aDownload(counted);
    const rate = ({ url }: Serving) => requestsPerSecond(`${url}${path}`, 302);
    // In turn, so that what else the machine does hits both.
    const pairs = await repeat(Math.max(runs, 3), async () => [
      await rate(counted),
      await rate(uncounted),
    ]);
    return [
      {
        name: 'downloads a second, each by another person, counted',
        value: median(pairs.map(([ours = 0]) => ours)),
        unit: 'requests/s',
        reference: {
          name: 'the same, not counted',
          value: median(pairs.map(([, bare = 0]) => bare)),
        },
      },
    ];
  } finally {
    await counted.stop();
    await uncounted.stop();
  }
}

async function aDownload({ url }: Serving): Promise<string> {
  const response = await fetch(`${url}/api/v1/datasets?limit=1`);
  const { items } = (await response.json()) as {
    readonly items: readonly { readonly distribution: readonly { readonly id: string }[] }[];
  };
  const id = items[0]?.distribution[0]?.id;
  if (id === undefined) throw new Error('the catalogue is empty');
  return `/download/${id}`;
}
