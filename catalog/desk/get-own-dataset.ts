import { type Actor, actsFor } from '../access/actor.ts';
import { type Dataset, datasetRepository } from '../inventory/dataset-repository.ts';
import { CatalogError } from '../kernel/errors.ts';
import type { Queryable } from '../storage/database.ts';

/**
 * Gets a dataset of an agency that the actor works for, whatever its state. What others publish is no exception: this is
 * for working on it.
 *
 * @throws {CatalogError} `not-found` / `dataset-not-found`
 */
export async function getOwnDataset(id: string, actor: Actor, db: Queryable): Promise<Dataset> {
  const dataset = await datasetRepository(db).find(id);
  if (dataset && actsFor(actor, dataset.record.publisher)) return dataset;
  throw new CatalogError('not-found', 'dataset-not-found', {
    vi: `Không có tập dữ liệu "${id}" trong danh mục của cơ quan bạn; hãy tìm ở /workspace/datasets.`,
    en: `There is no dataset "${id}" in the inventory of your agency; search at /workspace/datasets.`,
  });
}
