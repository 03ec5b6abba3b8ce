import { operator } from '../access/actor.ts';
import { type Dataset, datasetRepository } from '../inventory/dataset-repository.ts';
import type { InventoryDeps } from '../inventory/register-dataset.ts';
import { type DatasetChange, writeDatasets } from '../inventory/write-datasets.ts';
import type { DatasetRecord } from '../model/dataset.ts';
import { settingRepository } from '../storage/setting-repository.ts';
import { type ResourceDeps, rewriteResources } from './save-resource.ts';

const batch = 200;
const name = 'base-url';

/**
 * Moves the catalogue to another public origin: what is published is written anew under the new IRIs, and addresses
 * of our own in the records follow. Gives how many datasets were written; 0 when the origin is the one there was.
 *
 * Interrupted, it is simply run again: the origin is remembered only once every dataset has moved.
 */
export async function rebaseCatalog(
  baseURL: string,
  deps: InventoryDeps & ResourceDeps,
): Promise<number> {
  const { database } = deps;
  const before = await settingRepository(database.read).find(name);
  if (before === baseURL) return 0;
  let moved = 0;
  if (before !== undefined) {
    let page = await datasetRepository(database.read).list({}, '', batch);
    for (let last = page.at(-1); last; last = page.at(-1)) {
      const changes = page.flatMap((dataset) => toChange(dataset, before, baseURL, deps));
      await database.transaction((tx) => writeDatasets(tx, changes, operator, deps.reflect));
      moved += changes.length;
      page = await datasetRepository(database.read).list({}, last.record.id, batch);
    }
  }
  if (before !== undefined) await rewriteResources(deps);
  await database.transaction((tx) => settingRepository(tx).save(name, baseURL));
  return moved;
}

function toChange(
  dataset: Dataset,
  from: string,
  to: string,
  deps: InventoryDeps,
): readonly DatasetChange[] {
  const text = JSON.stringify(dataset.record);
  const isOurs = text.includes(`"${from}/`);
  if (!isOurs && dataset.state !== 'published') return [];
  const record = JSON.parse(text.replaceAll(`"${from}/`, `"${to}/`)) as DatasetRecord;
  const after = { ...dataset, record, revision: dataset.revision + 1, changedAt: deps.clock() };
  return [{ before: dataset, after, act: 'rebase' }];
}
