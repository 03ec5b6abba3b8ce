import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { operator } from '../../catalog/access/actor.ts';
import { indicatorRepository } from '../../catalog/criteria/indicator-repository.ts';
import { periodsWithin } from '../../catalog/criteria/period.ts';
import { takeIndicators } from '../../catalog/criteria/take-indicators.ts';
import { type ImportPolicy, planPolicy } from '../../catalog/exchange/import-policy.ts';
import { importRecords } from '../../catalog/exchange/import-records.ts';
import { advanceDataset } from '../../catalog/inventory/advance-dataset.ts';
import { attachFile } from '../../catalog/inventory/attach-file.ts';
import { datasetRepository } from '../../catalog/inventory/dataset-repository.ts';
import { reviseDataset } from '../../catalog/inventory/revise-dataset.ts';
import { type Instant, localDate } from '../../catalog/kernel/clock.ts';
import type { LangText } from '../../catalog/kernel/lang-text.ts';
import { projectRoot } from '../../catalog/kernel/project-root.ts';
import type { DatasetRecord, DistributionRecord } from '../../catalog/model/dataset.ts';
import { decideProposals } from '../../catalog/plan/decide-proposals.ts';
import { issuePlan } from '../../catalog/plan/issue-plan.ts';
import { moveCommitment } from '../../catalog/plan/move-commitment.ts';
import { proposalsOf } from '../../catalog/plan/plan-entries.ts';
import { savePlan } from '../../catalog/plan/save-plan.ts';
import { measurePublished } from '../../catalog/publication/measure-published.ts';
import { saveResource } from '../../catalog/publication/save-resource.ts';
import { compose, type Product } from '../compose.ts';
import { type Environment, readConfig } from '../config/settings.ts';
import { createDemoLogins, type DemoLogins, describeLogins } from './demo-logins.ts';
import { type DemoStep, participationSteps } from './demo-participation.ts';
import { importAgencies, importAnnex } from './import.ts';
import { print, say } from './output.ts';
import { listen, measureWhileOpen } from './serve.ts';

const content = join(projectRoot, 'server', 'demo', 'content');
const year = '2026';
/** What an amendment of the demo's plan moves, and when. */
const amended = 'vung-trong-duoc-cap-ma-so';
const amendedAt = '2026-07-15T02:00:00.000Z';
const quiet = { dryRun: false, json: false };

/** What completes a planned record of the annex for its release. */
interface Release extends Partial<Omit<DatasetRecord, 'distribution'>> {
  readonly id: string;
  readonly distribution: readonly (Omit<DistributionRecord, 'accessURL'> & {
    readonly accessURL?: string;
    /** A file of the demo, to be uploaded. */
    readonly file?: string;
  })[];
  readonly releasedAt: string;
}

/** `khue demo`: Hà Nội's agencies and priority inventory, some of it released, in a database of its own. */
export async function demo(environment: Environment): Promise<void> {
  const config = readConfig({ DATA_DIR: 'data/demo', LOG_LEVEL: 'warn', ...environment });
  const product = await compose(config);
  await fillWithDemo(product);
  const { scored } = await measurePublished(product);
  say(`scored: ${scored}`);
  const logins = await createDemoLogins(product);
  measureWhileOpen(product);
  await listen(product);
  announce(product, logins);
}

/** Brings the demo's content in, the way a city would: agencies, annex, plan, releases. Done once; then unchanged. */
export async function fillWithDemo(product: Product): Promise<void> {
  const agencies = await importAgencies(join(content, 'agencies.json'), quiet, product);
  const annex = await importAnnex(join(content, 'phu-luc-2026.xlsx'), year, quiet, product);
  say(
    `agencies: ${agencies.read} · annex: read ${annex.read}, created ${annex.created}, unchanged ${annex.unchanged}, rejected ${annex.rejected.length}`,
  );
  if (annex.created === 0) return;
  await translate(product);
  await savePlan(
    year,
    {
      title: {
        vi: 'Kế hoạch công bố dữ liệu mở thành phố Hà Nội năm 2026',
        en: 'Plan for publishing the open data of Hà Nội, 2026',
      },
      weights: { demand: 3, value: 3, readiness: 2, obligation: 2 },
    },
    undefined,
    operator,
    product,
  );
  await issueDemoPlan(product);
  for (const series of readContent<readonly object[]>('series.json')) {
    await saveResource('series', series, 'any', operator, product);
  }
  const releases = readContent<readonly Release[]>('releases.json');
  const steps: readonly DemoStep[] = [
    ...releases.map((release) => ({
      at: new Date(release.releasedAt).toISOString(),
      run: () => publishRelease(release, product),
    })),
    ...participationSteps(product),
    { at: amendedAt, run: () => amendDemoPlan(product) },
  ];
  for (const { at, run } of [...steps].sort((a, b) => (a.at < b.at ? -1 : 1))) {
    await measureMonthsBefore(at, product);
    await run();
  }
  await measureMonthsBefore(product.clock(), product);
  say(`released: ${releases.length}`);
}

/** The annex is accepted as it came, and issued. No decision of the city did so: the number says that. */
async function issueDemoPlan(product: Product): Promise<void> {
  const proposals = await proposalsOf(year, product.database.current);
  const ids = proposals.map(({ entry }) => entry.datasetId);
  await decideProposals(year, ids, { act: 'accept' }, operator, product);
  const decision = { number: '00/QĐ-UBND (minh họa)', date: '2026-01-15' };
  await issuePlan(year, decision, operator, product);
}

/** What its agency could not have in time is moved by an amendment. */
async function amendDemoPlan(product: Product): Promise<void> {
  const reason = 'Chờ hoàn thành rà soát mã số vùng trồng (minh họa).';
  const move = { from: '2026-Q3', due: '2026-Q4', reason };
  await moveCommitment(year, amended, move, operator, product);
  const decision = { number: '01/QĐ-UBND (minh họa)', date: localDate(amendedAt), reason };
  await issuePlan(year, decision, operator, product, [amended]);
}

/** English titles for what the annex names in Vietnamese only. */
async function translate(product: Product): Promise<void> {
  const english =
    readContent<Record<string, { title: string; description: string }>>('english-titles.json');
  const datasets = await datasetRepository(product.database.read).list(
    { planYear: year },
    '',
    1000,
  );
  const items = datasets.flatMap(({ record }, index) => {
    const words = english[record.id];
    if (!words) return [];
    const translated = {
      ...record,
      title: { ...record.title, en: words.title },
      ...(record.description && { description: { ...record.description, en: words.description } }),
    };
    return [{ line: index + 1, record: translated }];
  });
  const policy: ImportPolicy = { ...planPolicy, merge: (_existing, incoming) => incoming };
  await importRecords(Readable.from(items), policy, { ...product, actor: operator, dryRun: false });
}

/** Scores and measures on the last evening of each month since the last time, as a running server would have. */
async function measureMonthsBefore(moment: string, product: Product): Promise<void> {
  const today = localDate(new Date(moment).toISOString());
  const kept = await indicatorRepository(product.database.read).listPeriods();
  const months = kept
    .map((each) => each.period)
    .filter((id) => id.length === 7 && !id.includes('Q'));
  const from = months.at(-1) ?? `${year}-01`;
  for (const { kind, to } of periodsWithin(`${from}-01`, today)) {
    if (kind !== 'month' || to >= today) continue;
    const evening = { ...product, clock: () => `${to}T14:00:00.000Z` as Instant };
    await measurePublished(evening);
    await takeIndicators(evening);
  }
}

/** Completes, uploads, approves and publishes one dataset at the time the demo says it happened. */
async function publishRelease(release: Release, product: Product): Promise<void> {
  const { id, distribution, releasedAt, title, description, ...rest } = release;
  const at = new Date(releasedAt).toISOString() as Instant;
  const then = { ...product, clock: () => at };
  const withoutFiles = distribution.map(({ file: _file, ...item }) => ({
    accessURL: `${product.baseURL}/dataset/${id}`,
    ...item,
  }));
  const complete = (record: DatasetRecord): DatasetRecord => ({
    ...record,
    ...rest,
    title: { ...record.title, ...title },
    description: { ...record.description, ...description } as LangText,
    distribution: withoutFiles,
  });
  await reviseDataset(id, complete, undefined, operator, then);
  for (const { id: distributionId, file, mediaType } of distribution) {
    if (file === undefined) continue;
    const upload = {
      fileName: file,
      mediaType: mediaType ?? 'application/octet-stream',
      content: Readable.from(await readFile(join(content, 'files', file))),
    };
    await attachFile(id, distributionId, upload, operator, then);
  }
  for (const act of ['submit', 'approve', 'publish'] as const) {
    await advanceDataset(id, act, undefined, operator, then);
  }
}

function readContent<Content>(name: string): Content {
  return JSON.parse(readFileSync(join(content, name), 'utf8')) as Content;
}

function announce({ baseURL }: Product, logins: DemoLogins): void {
  const addresses = [
    ['Trang chủ / Home', '/'],
    ['English', '/en/'],
    ['Tìm kiếm / Search', '/dataset'],
    ['Một tập dữ liệu / A dataset', '/dataset/danh-muc-tuyen-xe-buyt'],
    ['Cơ quan / Agencies', '/agency'],
    ['Lộ trình / Roadmap', '/roadmap'],
    ['Chỉ số / Indicators', '/indicators'],
    ['Nhà phát triển / Developers', '/developers'],
    ['Không gian làm việc / Workspace', '/workspace'],
    ['DCAT-AP Turtle', '/catalog.ttl'],
    ['DCAT-AP JSON-LD', '/catalog.jsonld'],
    ['OpenAPI 3.1', '/api/v1/openapi.json'],
  ] as const;
  print(
    [
      '',
      'Khuê',
      ...addresses.map(([what, path]) => `  ${what.padEnd(30)} ${baseURL}${path}`),
      '',
      ...describeLogins(logins),
      '',
      'Ctrl+C để dừng / to stop',
    ].join('\n'),
  );
}
