import { datasetRepository } from '../inventory/dataset-repository.ts';
import type { DatasetChange } from '../inventory/write-datasets.ts';
import type { Database, Tx } from '../storage/database.ts';
import { dutiesOf } from './duties-of.ts';
import { dutyRepository } from './duty-repository.ts';

const batch = 500;

/** Keeps what is due true to the datasets, inside the transaction that writes them. */
export async function reflectDuties(tx: Tx, changes: readonly DatasetChange[]): Promise<void> {
  const ids = changes.filter(({ before }) => before).map(({ after }) => after.record.id);
  const repository = dutyRepository(tx);
  await repository.remove(ids);
  await repository.insert(changes.flatMap(({ after }) => dutiesOf(after)));
}

/** Writes the duties of datasets that were there before duties were kept. Gives how many datasets those are. */
export async function fillDuties(database: Database): Promise<number> {
  let filled = 0;
  for (;;) {
    const count = await database.transaction(async (tx) => {
      const ids = await dutyRepository(tx).datasetsWithout(batch);
      const datasets = await datasetRepository(tx).findMany(ids);
      await dutyRepository(tx).insert([...datasets.values()].flatMap(dutiesOf));
      return datasets.size;
    });
    if (count === 0) return filled;
    filled += count;
  }
}
