import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchDcat } from './dcat-bench.ts';
import { benchExport } from './export-bench.ts';
import { averageTriples } from './generate-records.ts';
import { benchImport, importOnce } from './import-bench.ts';
import { benchIndicators } from './indicators-bench.ts';
import { benchInventory } from './inventory-bench.ts';
import type { BenchSetting, Figure } from './measure.ts';
import { benchPages } from './pages-bench.ts';
import { benchPlan } from './plan-bench.ts';
import { benchPreview } from './preview-bench.ts';
import { benchReplay } from './replay-bench.ts';
import { benchSearch } from './search-bench.ts';
import { benchServing } from './serve-bench.ts';
import { benchUsage } from './usage-bench.ts';
import { benchValidate } from './validate-bench.ts';

/*
 * npm run bench -- [--datasets 100000] [--only import,dcat,export,serve,pages,search,indicators,inventory,plan,validate,preview] [--runs 3] [--catalogue DIR] [--json]
 *
 * Everything happens in a temporary folder, which is removed, and on 127.0.0.1. The catalogue that is measured is
 * imported first, unless there is one in DIR already: an import into DIR stays for the next time.
 */

const { values } = parseArgs({
  options: {
    datasets: { type: 'string', default: '20000' },
    only: {
      type: 'string',
      default:
        'import,dcat,export,serve,pages,search,indicators,inventory,plan,validate,usage,replay',
    },
    runs: { type: 'string', default: '3' },
    catalogue: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const datasets = Number(values.datasets);
const runs = Number(values.runs);
if (!(Number.isSafeInteger(datasets) && datasets > 0 && Number.isSafeInteger(runs) && runs > 0)) {
  console.error('--datasets and --runs must be whole numbers above 0');
  process.exit(2);
}

const benches: readonly (readonly [
  name: string,
  run: (setting: BenchSetting) => Promise<readonly Figure[]>,
])[] = [
  ['dcat', benchDcat],
  ['export', benchExport],
  ['search', benchSearch],
  ['serve', benchServing],
  ['pages', benchPages],
  ['indicators', benchIndicators],
  ['inventory', benchInventory],
  ['plan', benchPlan],
  ['validate', benchValidate],
  ['usage', benchUsage],
  ['replay', benchReplay],
  ['preview', benchPreview],
];

const only = new Set(values.only.split(','));
const known = ['import', ...benches.map(([name]) => name)];
const unknown = [...only].filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`there is no bench ${unknown.join(', ')}; there are ${known.join(', ')}`);
  process.exit(2);
}

const folder = await mkdtemp(join(tmpdir(), 'khue-bench-'));
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void rm(folder, { recursive: true, force: true }).finally(() => process.exit(1));
  });
}
try {
  const setting = { datasets, runs, folder, dataDir: values.catalogue ?? join(folder, 'data') };
  const figures: Figure[] = [];
  if (only.has('import')) figures.push(...(await benchImport(setting)));
  else if (needsCatalogue() && !existsSync(join(setting.dataDir, 'khue.db'))) {
    await importOnce(setting);
  }
  for (const [name, run] of benches) {
    if (!only.has(name)) continue;
    console.error(`measuring ${name} …`);
    figures.push(...(await run(setting)));
  }
  const conditions = `${datasets.toLocaleString('en')} datasets of 3 distributions and ${averageTriples().toFixed(0)} triples each; Node ${process.versions.node}, ${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown'}; median of ${runs}.`;
  if (values.json) console.log(JSON.stringify({ conditions, figures }, undefined, 1));
  else console.log(`\n${conditions}\n\n${table(figures)}`);
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** Validation needs no catalogue; the inventory, a replayed day and a large file have one of their own. */
function needsCatalogue(): boolean {
  return [...only].some((name) => !['inventory', 'validate', 'replay', 'preview'].includes(name));
}

function table(figures: readonly Figure[]): string {
  const rows = figures.map(({ name, value, unit, reference, target }) => [
    name,
    `${shown(value)} ${unit}`,
    reference ? `${ratio(value / reference.value)} of ${shown(reference.value)}` : '',
    reference?.name ?? '',
    target ? wanted(target, unit) : '',
    target ? (isMet(value, target) ? 'yes' : '**no**') : '',
  ]);
  const head = ['what', 'figure', 'ratio', 'measured against', 'target', 'met'];
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function shown(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(1);
}

function ratio(value: number): string {
  return `${value >= 10 ? value.toFixed(0) : value.toFixed(2)} ×`;
}

function wanted({ atLeast, atMost }: NonNullable<Figure['target']>, unit: string): string {
  return atLeast === undefined
    ? `≤ ${atMost} ${unit}`
    : `≥ ${atLeast.toLocaleString('en')} ${unit}`;
}

function isMet(value: number, { atLeast, atMost }: NonNullable<Figure['target']>): boolean {
  return (atLeast === undefined || value >= atLeast) && (atMost === undefined || value <= atMost);
}
