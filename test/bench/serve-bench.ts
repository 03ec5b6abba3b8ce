import { type BenchSetting, type Figure, median, repeat } from './measure.ts';
import { requestsPerSecond, type Serving, serving } from './serving.ts';

const gzip = { 'Accept-Encoding': 'gzip' };

/** Requests a second of one process, each beside a bare Express handler that sends the same bytes. */
export async function benchServing(setting: BenchSetting): Promise<readonly Figure[]> {
  const { dataDir, runs } = setting;
  const product = await serving('product', dataDir);
  try {
    const feed = `${product.url}/catalog.ttl`;
    const { id, file } = await aDataset(product);
    const page = `${product.url}/dataset/${id}`;
    const bareFeed = await serving('bare', feed);
    const barePage = await serving('bare', page);
    try {
      const { headers } = await fetch(feed, { headers: gzip });
      const known = { ...gzip, 'If-None-Match': headers.get('ETag') ?? '' };
      const rate = (url: string, status: number, wanted?: Readonly<Record<string, string>>) =>
        rates(runs, url, status, wanted);
      return [
        await figure('feed page, gzip', rate(feed, 200, gzip), rate(bareFeed.url, 200)),
        await figure('feed page, 304', rate(feed, 304, known), rate(`${bareFeed.url}/304`, 304)),
        {
          ...(await figure(
            'dataset page',
            rate(page, 200, { Accept: 'text/html' }),
            rate(barePage.url, 200),
          )),
          target: { atLeast: 1000 },
        },
        await figure(
          'download, counted redirect',
          rate(`${product.url}/download/${file}`, 302),
          rate(`${barePage.url}/redirect`, 302),
        ),
        await figure(
          'download by a robot, not counted',
          rate(`${product.url}/download/${file}`, 302, { 'User-Agent': 'Googlebot/2.1' }),
          rate(`${barePage.url}/redirect`, 302),
        ),
      ];
    } finally {
      await bareFeed.stop();
      await barePage.stop();
    }
  } finally {
    await product.stop();
  }
}

/** A measurement that begins only when it is asked for: two at once would share the cores. */
type Measurement = () => Promise<number>;

function rates(
  runs: number,
  url: string,
  status: number,
  headers?: Readonly<Record<string, string>>,
): Measurement {
  return async () => median(await repeat(runs, () => requestsPerSecond(url, status, headers)));
}

async function figure(name: string, ours: Measurement, bare: Measurement): Promise<Figure> {
  return {
    name,
    value: await ours(),
    unit: 'requests/s',
    reference: { name: 'bare Express, the same bytes', value: await bare() },
  };
}

/** One published dataset in the middle of the catalogue, and one of its distributions. */
async function aDataset(server: Serving): Promise<{ readonly id: string; readonly file: string }> {
  const response = await fetch(`${server.url}/api/v1/datasets?limit=1`);
  const { items } = (await response.json()) as {
    readonly items: readonly {
      readonly id: string;
      readonly distribution: readonly { readonly id: string }[];
    }[];
  };
  const [item] = items;
  const file = item?.distribution[0]?.id;
  if (item === undefined || file === undefined) throw new Error('the catalogue is empty');
  return { id: item.id, file };
}
