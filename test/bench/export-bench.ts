import { join } from 'node:path';
import { type Syntax, syntaxes } from '../../catalog/rdf/syntaxes.ts';
import { type BenchSetting, type Figure, inChild, median, repeat } from './measure.ts';
import { type Serving, serving } from './serving.ts';

const atLeast: Readonly<Record<Syntax, number>> = {
  jsonld: 20_000,
  ttl: 10_000,
  nt: 10_000,
  rdf: 10_000,
};

interface Exported {
  readonly seconds: number;
  readonly firstByteMs: number;
  readonly peak: number;
}

/** Writes the whole catalogue in every syntax, in a process of its own each time, and over HTTP. */
export async function benchExport(setting: BenchSetting): Promise<readonly Figure[]> {
  const { datasets, runs, dataDir } = setting;
  const perSecond = (results: readonly { readonly seconds: number }[]) =>
    datasets / median(results.map(({ seconds }) => seconds));
  const sample = Math.min(datasets, 10_000);
  const n3 = await repeat(runs, async () => inChild('references-child', ['n3', `${sample}`]));
  const n3PerSecond = sample / median(n3.map((run) => (run as Exported).seconds));

  const figures: Figure[] = [];
  for (const { syntax } of syntaxes) {
    const ours = (await repeat(runs, () =>
      inChild('export-child', [syntax, dataDir]),
    )) as readonly Exported[];
    const copies = (await repeat(runs, () =>
      inChild('references-child', ['copy', syntax, join(dataDir, 'khue.db')]),
    )) as readonly Exported[];
    const target = { atLeast: atLeast[syntax] };
    const copy = { name: 'raw copy out of SQLite', value: perSecond(copies) };
    const writer = { name: 'N3.js Writer, Turtle', value: n3PerSecond };
    const name = `export ${syntax}`;
    figures.push(
      { name, value: perSecond(ours), unit: 'datasets/s', reference: copy, target },
      { name, value: perSecond(ours), unit: 'datasets/s', reference: writer },
      {
        name: `${name}, first byte`,
        value: median(ours.map(({ firstByteMs }) => firstByteMs)),
        unit: 'ms',
        target: { atMost: 200 },
      },
      {
        name: `${name}, peak memory`,
        value: Math.max(...ours.map(({ peak }) => peak)),
        unit: 'MB',
        target: { atMost: 300 },
      },
    );
  }
  return [...figures, ...(await overHttp(setting))];
}

async function overHttp({ datasets, dataDir }: BenchSetting): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const { syntax } of syntaxes) {
    const server = await serving('product', dataDir);
    const { seconds, firstByteMs } = await download(server, `/catalog/all.${syntax}`);
    const name = `export ${syntax} over HTTP`;
    figures.push(
      {
        name,
        value: datasets / seconds,
        unit: 'datasets/s',
        target: { atLeast: atLeast[syntax] },
      },
      { name: `${name}, first byte`, value: firstByteMs, unit: 'ms', target: { atMost: 200 } },
      {
        name: `${name}, peak memory`,
        value: await server.peak(),
        unit: 'MB',
        target: { atMost: 300 },
      },
    );
    await server.stop();
  }
  return figures;
}

async function download(server: Serving, path: string): Promise<Omit<Exported, 'peak'>> {
  // Any answer warms the server up; a first request would pay for compiling it.
  await fetch(`${server.url}/catalog.ttl`).then((response) => response.text());
  const start = performance.now();
  const response = await fetch(server.url + path, { headers: { 'Accept-Encoding': 'identity' } });
  if (response.status !== 200 || !response.body) throw new Error(`${path}: ${response.status}`);
  let firstByteMs: number | undefined;
  for await (const _ of response.body) firstByteMs ??= performance.now() - start;
  return {
    seconds: (performance.now() - start) / 1000,
    firstByteMs: firstByteMs ?? Number.POSITIVE_INFINITY,
  };
}
