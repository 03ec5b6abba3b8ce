import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BenchSetting, type Figure, inChild } from './measure.ts';
import { type Serving, serving } from './serving.ts';

const differentDatasets = 1000;
const differentSearches = 300;
const slowestMs = 60;

/** What a group of pages was answered with. */
interface Answered {
  readonly perSecond: number;
  readonly p99: number;
}

/**
 * Requests a second of the pages that people come to, by turns over many different addresses: first each for the first
 * time, when it is drawn, then again and again, as the pages that everybody reads are. One process, 32 connections.
 */
export async function benchPages(setting: BenchSetting): Promise<readonly Figure[]> {
  const server = await serving('product', setting.dataDir);
  try {
    const ids = await someDatasets(server);
    const datasets = ids.map((id) => `/dataset/${id}`);
    const searches = await someSearches(server);
    const ask = async (name: string, paths: readonly string[], mode: 'once' | 'by-turns') => {
      const file = join(setting.folder, `${name}.txt`);
      await writeFile(file, paths.join('\n'));
      return (await inChild('pages-child', [server.url, file, mode])) as Answered;
    };
    const figures: Figure[] = [];
    for (const [name, paths] of [
      ['home', ['/', '/en/']],
      ['search', searches],
      ['dataset', datasets],
    ] as const) {
      if (paths.length > 2) {
        const drawn = await ask(name, paths, 'once');
        figures.push(rate(`${paths.length} ${name} pages, each for the first time`, drawn));
      }
      const { perSecond, p99 } = await ask(name, paths, 'by-turns');
      const many = paths.length > 2 ? `${paths.length} ${name} pages, by turns` : 'home page';
      figures.push(
        { ...rate(many, { perSecond, p99 }), target: { atLeast: 1000 } },
        { name: `${many}, 99 of 100`, value: p99, unit: 'ms', target: { atMost: slowestMs } },
      );
    }
    return figures;
  } finally {
    await server.stop();
  }
}

function rate(name: string, { perSecond }: Answered): Figure {
  return { name, value: perSecond, unit: 'requests/s' };
}

async function someDatasets({ url }: Serving): Promise<readonly string[]> {
  const response = await fetch(`${url}/api/v1/datasets?limit=${differentDatasets}`);
  const { items } = (await response.json()) as {
    readonly items: readonly { readonly id: string }[];
  };
  return items.map(({ id }) => id);
}

/** Words of titles, two and two, and every facet value of the first page with some of its pages. */
async function someSearches({ url }: Serving): Promise<readonly string[]> {
  const html = await (await fetch(`${url}/dataset`)).text();
  const facets = [...html.matchAll(/href="(\/dataset\?[^"]*)"/g)].map(([, href = '']) =>
    href.replaceAll('&amp;', '&'),
  );
  const titles = await (await fetch(`${url}/api/v1/datasets?limit=200`)).json();
  const words = (
    titles as { readonly items: readonly { readonly title: { readonly vi: string } }[] }
  ).items.flatMap(({ title }) => title.vi.split(' '));
  const asked = words.map((word, at) => {
    const other = words[(at * 7 + 3) % words.length] ?? '';
    return `/dataset?${new URLSearchParams({ q: `${word} ${other}` })}`;
  });
  const pages = facets.flatMap((facet) => [facet, `${facet}&page=2`]);
  return [...new Set([...pages, ...asked])].slice(0, differentSearches);
}
