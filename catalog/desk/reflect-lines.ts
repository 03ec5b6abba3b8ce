import { createHash } from 'node:crypto';
import { type Dataset, datasetRepository } from '../inventory/dataset-repository.ts';
import type { DatasetChange } from '../inventory/write-datasets.ts';
import type { Ranking } from '../model/plan.ts';
import { rankedScore, rankingOf } from '../model/priority.ts';
import { schemas } from '../model/schemas.ts';
import { type Plan, planRepository } from '../plan/plan-repository.ts';
import type { Database, Tx } from '../storage/database.ts';
import { settingRepository } from '../storage/setting-repository.ts';
import { type IndexedLine, lineOf } from './inventory-line.ts';
import { inventoryLineRepository } from './inventory-line-repository.ts';

const batch = 500;
const readWith = 'inventory-line.schemas';

/** Keeps the inventory's table true to the datasets, inside the transaction that writes them. */
export async function reflectLines(tx: Tx, changes: readonly DatasetChange[]): Promise<void> {
  const known = changes.filter(({ before }) => before).map(({ after }) => after.record.id);
  const repository = inventoryLineRepository(tx);
  await repository.remove(known);
  await repository.insert(
    await rankedLines(
      changes.map(({ after }) => after),
      tx,
    ),
  );
}

/** Ranks the datasets of a year anew, inside the transaction that changes what its plan ranks by. */
export async function reflectRanking(tx: Tx, { record }: Plan): Promise<void> {
  const ranking = rankingOf(record);
  const ids = new Map<number | undefined, string[]>();
  for (const dataset of await planRepository(tx).recordsOf(record.year)) {
    const score = rankedScore(dataset, ranking);
    const equals = ids.get(score);
    if (equals) equals.push(dataset.id);
    else ids.set(score, [dataset.id]);
  }
  await inventoryLineRepository(tx).setPriorities(ids);
}

/** The lines of datasets, each ranked by the plan that it names; without one by the usual criteria. */
async function rankedLines(datasets: readonly Dataset[], tx: Tx): Promise<readonly IndexedLine[]> {
  const rankings = new Map<string | undefined, Ranking>([[undefined, rankingOf(undefined)]]);
  const yearOf = ({ record }: Dataset) => record.inventory?.release?.plan;
  for (const year of new Set(datasets.map(yearOf))) {
    if (year === undefined) continue;
    rankings.set(year, rankingOf((await planRepository(tx).find(year))?.record));
  }
  return datasets.map((dataset) => {
    const ranking = rankings.get(yearOf(dataset));
    const priority = ranking && rankedScore(dataset.record, ranking);
    return { ...lineOf(dataset), ...(priority !== undefined && { priority }) };
  });
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
      await repository.insert(await rankedLines([...datasets.values()], tx));
      return datasets.size;
    });
    if (count === 0) return filled;
    filled += count;
  }
}
