import { createHash } from 'node:crypto';
import { datasetRepository } from '../inventory/dataset-repository.ts';
import type { DatasetChange } from '../inventory/write-datasets.ts';
import { schemas } from '../model/schemas.ts';
import type { Database, Tx } from '../storage/database.ts';
import { settingRepository } from '../storage/setting-repository.ts';
import { lineOf } from './inventory-line.ts';
import { inventoryLineRepository } from './inventory-line-repository.ts';

const batch = 500;
const readWith = 'inventory-line.schemas';

/** Keeps the inventory's table true to the datasets, inside the transaction that writes them. */
export async function reflectLines(tx: Tx, changes: readonly DatasetChange[]): Promise<void> {
  const known = changes.filter(({ before }) => before).map(({ after }) => after.record.id);
  const repository = inventoryLineRepository(tx);
  await repository.remove(known);
  await repository.insert(changes.map(({ after }) => lineOf(after)));
}

/**
 * Writes the lines of datasets that have none, and all of them anew when the schemas are not those that they were read
 * with: what is missing follows from the schemas. Gives how many it wrote.
 */
export async function fillLines(database: Database): Promise<number> {
  const hash = createHash('sha256')
    .update(JSON.stringify([...schemas]))
    .digest('hex');
  const settings = settingRepository(database.current);
  if ((await settings.find(readWith)) !== hash) {
    await database.transaction(async (tx) => {
      await inventoryLineRepository(tx).clear();
      await settingRepository(tx).save(readWith, hash);
    });
  }
  let filled = 0;
  for (;;) {
    const count = await database.transaction(async (tx) => {
      const repository = inventoryLineRepository(tx);
      const datasets = await datasetRepository(tx).findMany(
        await repository.datasetsWithout(batch),
      );
      await repository.insert([...datasets.values()].map(lineOf));
      return datasets.size;
    });
    if (count === 0) return filled;
    filled += count;
  }
}
