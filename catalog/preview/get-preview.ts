import { datasetRepository } from '../inventory/dataset-repository.ts';
import { fileRepository } from '../inventory/file-repository.ts';
import { getDataset } from '../inventory/get-dataset.ts';
import { type Clock, later } from '../kernel/clock.ts';
import { CatalogError } from '../kernel/errors.ts';
import type { DatasetRecord, DistributionRecord } from '../model/dataset.ts';
import type { Database, Queryable } from '../storage/database.ts';
import {
  declaredFormat,
  keyOf,
  type PreviewJob,
  type PreviewSource,
  type ReadingChoice,
} from './preview-job.ts';
import { type Preview, previewRepository } from './preview-repository.ts';
import type { PreviewStore } from './preview-store.ts';

export interface PreviewDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly previews: PreviewStore;
  /** The public address of a distribution's file. */
  readonly downloadURL: (distributionId: string, fileName: string) => string;
}

/** A file of a published dataset that can be shown as a table, and how far that is. */
export interface FoundPreview {
  readonly dataset: DatasetRecord;
  readonly distribution: DistributionRecord;
  readonly source: PreviewSource;
  readonly preview: Preview;
}

const hourMs = 3_600_000;
/** A file that lies elsewhere may have changed since. */
const linkedForMs = 24 * hourMs;
/** What could not be read may be read another time: a host was away, a limit was raised. */
const failedForMs = 6 * hourMs;
/** Who fills the queue with ever other readings of files makes others wait; so does a harvest of the whole catalogue. */
const mostWaiting = 200;

/**
 * The table of a file; has it made where it is not there.
 *
 * @throws {CatalogError} `not-found`, `gone`; `unavailable` / `preview-queue-full`
 */
export async function getPreview(
  distributionId: string,
  choice: ReadingChoice,
  deps: PreviewDeps,
): Promise<FoundPreview> {
  const { database, clock } = deps;
  const found = await findFile(distributionId, database.read, deps.downloadURL);
  const job: PreviewJob = { source: found.source, declared: found.declared, choice };
  const key = keyOf(job);
  const known = await previewRepository(database.current).find(key);
  const now = clock();
  if (!known || (await isToBeMade(known, now, deps))) {
    if ((await previewRepository(database.current).countWaiting()) >= mostWaiting) throw full();
    await database.transaction((tx) => previewRepository(tx).request(key, job, now));
  } else if (known.state === 'ready' && known.usedAt < later(now, -hourMs)) {
    await database.transaction((tx) => previewRepository(tx).markUsed(key, now));
  }
  const preview = await previewRepository(database.current).find(key);
  if (!preview) throw full();
  return { ...found, preview };
}

async function isToBeMade(
  preview: Preview,
  now: string,
  { previews }: PreviewDeps,
): Promise<boolean> {
  const { state, preparedAt = '', job } = preview;
  if (state === 'waiting') return false;
  if (state === 'evicted') return true;
  if (state === 'failed') return preparedAt < later(now, -failedForMs);
  const isOld = 'url' in job.source && preparedAt < later(now, -linkedForMs);
  return isOld || !(await previews.has(preview.key));
}

/**
 * A distribution of a published dataset that is said to be a table.
 *
 * @throws {CatalogError} `not-found` / `distribution-not-found`, `preview-not-possible`; `gone`
 */
async function findFile(
  id: string,
  db: Queryable,
  downloadURL: PreviewDeps['downloadURL'],
): Promise<Omit<FoundPreview, 'preview'> & { readonly declared: PreviewJob['declared'] }> {
  const known = await datasetRepository(db).findDistribution(id);
  if (!known) throw noDistribution(id);
  const { record: dataset } = await getDataset(known.datasetId, undefined, db);
  const distribution = dataset.distribution?.find((each) => each.id === id);
  if (!distribution) throw noDistribution(id);
  const held = await fileRepository(db).find(id);
  const url = linkedURL(distribution, downloadURL);
  const source = held ? { sha256: held.sha256 } : url === undefined ? undefined : { url };
  const declared = declaredFormat({ ...distribution, fileName: held?.fileName ?? url });
  if (!source || !declared) throw notPossible(id, distribution.format);
  return { dataset, distribution, source, declared };
}

function linkedURL(
  { id, downloadURL: url }: DistributionRecord,
  downloadURL: PreviewDeps['downloadURL'],
): string | undefined {
  // An address of ours without a file behind it leads nowhere.
  return url?.startsWith(downloadURL(id, '')) ? undefined : url;
}

function noDistribution(id: string): CatalogError {
  return new CatalogError('not-found', 'distribution-not-found', {
    vi: `Không có tệp "${id}"; hãy tìm tập dữ liệu ở /dataset.`,
    en: `There is no distribution "${id}"; search the datasets at /dataset.`,
  });
}

function notPossible(id: string, format = '?'): CatalogError {
  return new CatalogError('not-found', 'preview-not-possible', {
    vi: `Không xem trước được tệp "${id}" (định dạng ${format}); xem được tệp CSV, XLSX, JSON, GeoJSON và Parquet có địa chỉ tải về. Hãy tải tệp tại /download/${id}.`,
    en: `The file "${id}" (format ${format}) cannot be shown; CSV, XLSX, JSON, GeoJSON and Parquet files with a download address can. Download it at /download/${id}.`,
  });
}

function full(): CatalogError {
  return new CatalogError(
    'unavailable',
    'preview-queue-full',
    {
      vi: 'Quá nhiều tệp đang chờ được chuẩn bị để xem; hãy thử lại sau vài phút, hoặc tải tệp về.',
      en: 'Too many files are waiting to be prepared for showing; try again in some minutes, or download the file.',
    },
    { retryAfter: 120 },
  );
}
