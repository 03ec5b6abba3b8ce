import { type Actor, assertMay } from '../../../catalog/access/actor.ts';
import type { Dataset } from '../../../catalog/inventory/dataset-repository.ts';
import { getDataset } from '../../../catalog/inventory/get-dataset.ts';
import { roles } from '../../../catalog/model/lifecycle.ts';
import type { Database } from '../../../catalog/storage/database.ts';

/**
 * A dataset of an agency that somebody works for, as it is now.
 *
 * @throws {CatalogError} `not-found` for what they may not see, `forbidden` for what only others change
 */
export async function datasetToWorkOn(
  id: string,
  actor: Actor,
  { database }: { readonly database: Database },
): Promise<Dataset> {
  const dataset = await getDataset(id, actor, database.current);
  assertMay(actor, roles, dataset.record.publisher);
  return dataset;
}
