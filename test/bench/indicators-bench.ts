import { type BenchSetting, type Figure, inChild, median, percentile } from './measure.ts';
import { type Serving, serving } from './serving.ts';

const events = 10_000_000;
const requests = 40;

/** The pages of the indicators, drawn anew for each request from what is kept, and what keeping it takes. */
export async function benchIndicators({ dataDir, runs }: BenchSetting): Promise<readonly Figure[]> {
  const taken = (await inChild('indicators-child', [dataDir, String(events)])) as {
    readonly pastSeconds: number;
    readonly pastPeriods: number;
    readonly firstSeconds: number;
    readonly againSeconds: number;
  };
  const product = await serving('product', dataDir);
  try {
    return [
      ...(await pageFigures('indicators page', `${product.url}/indicators`, runs)),
      ...(await pageFigures('page of one criterion', `${product.url}/indicators/quality`, runs)),
      { name: 'indicators, taken first (3 periods)', value: taken.firstSeconds, unit: 's' },
      { name: 'indicators, taken again', value: taken.againSeconds, unit: 's' },
      {
        name: 'a past period recomputed',
        value: taken.pastSeconds / Math.max(1, taken.pastPeriods),
        unit: 's',
      },
    ];
  } finally {
    await product.stop();
  }
}

async function pageFigures(name: string, url: string, runs: number): Promise<readonly Figure[]> {
  const bare: Serving = await serving('bare', url);
  try {
    await times(url, 5);
    const ours = await times(url, requests * runs);
    const theirs = await times(bare.url, requests * runs);
    const reference = { name: 'bare Express, the same bytes', value: median(theirs) };
    return [
      {
        name: `${name}, median`,
        value: median(ours),
        unit: 'ms',
        reference,
        target: { atMost: 100 },
      },
      { name: `${name}, 95th percentile`, value: percentile(ours, 0.95), unit: 'ms' },
    ];
  } finally {
    await bare.stop();
  }
}

/** Milliseconds of requests one after the other. */
async function times(url: string, count: number): Promise<readonly number[]> {
  const taken: number[] = [];
  for (let request = 0; request < count; request += 1) {
    const start = performance.now();
    const response = await fetch(url, { headers: { Accept: 'text/html' } });
    await response.text();
    if (!response.ok) throw new Error(`${url} answered ${response.status}`);
    taken.push(performance.now() - start);
  }
  return taken;
}
