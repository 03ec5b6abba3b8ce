import { type Actor, actsFor } from '../access/actor.ts';
import { CatalogError } from '../kernel/errors.ts';
import type { Queryable } from '../storage/database.ts';
import { type Dataset, datasetRepository } from './dataset-repository.ts';

/**
 * Gets a dataset that the actor may see: what is published, and what their own agency holds.
 *
 * @throws {CatalogError} `not-found` / `dataset-not-found`, also for what the actor may not see
 * @throws {CatalogError} `gone` / `dataset-withdrawn` for the public, with when and why
 */
export async function getDataset(
  id: string,
  actor: Actor | undefined,
  db: Queryable,
): Promise<Dataset> {
  const dataset = await datasetRepository(db).find(id);
  if (!dataset) throw notFound(id);
  if (dataset.state === 'published' || actsFor(actor, dataset.record.publisher)) return dataset;
  if (dataset.state !== 'withdrawn') throw notFound(id);
  throw new CatalogError('gone', 'dataset-withdrawn', {
    vi: `Tập dữ liệu "${id}" đã rút khỏi danh mục ngày ${dataset.withdrawnAt?.slice(0, 10)}: ${dataset.reason}`,
    en: `The dataset "${id}" was withdrawn on ${dataset.withdrawnAt?.slice(0, 10)}: ${dataset.reason}`,
  });
}

function notFound(id: string): CatalogError {
  return new CatalogError('not-found', 'dataset-not-found', {
    vi: `Không có tập dữ liệu "${id}"; hãy tìm ở /dataset.`,
    en: `There is no dataset "${id}"; search at /dataset.`,
  });
}
