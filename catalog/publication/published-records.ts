import { datasetRepository } from '../inventory/dataset-repository.ts';
import type { DatasetRecord } from '../model/dataset.ts';
import type { Queryable } from '../storage/database.ts';
import { type HarvestHead, harvestRepository } from './harvest-repository.ts';

/** A published dataset, or what was withdrawn of it, with its record. */
export interface PublishedRecord extends HarvestHead {
  readonly record: DatasetRecord;
}

const batch = 100;

/**
 * Walks through everything that is published, in constant memory.
 *
 * @param db one consistent moment: a snapshot
 */
export async function* publishedRecords(db: Queryable): AsyncGenerator<readonly PublishedRecord[]> {
  const repository = harvestRepository(db);
  let position = 0;
  for (;;) {
    const heads = await repository.after({}, position, batch);
    const last = heads.at(-1);
    if (!last) return;
    yield await withRecords(
      heads.filter(({ isLive }) => isLive),
      db,
    );
    position = last.position;
  }
}

/** The same heads, in the same order, with the records. */
export async function withRecords(
  heads: readonly HarvestHead[],
  db: Queryable,
): Promise<readonly PublishedRecord[]> {
  const datasets = await datasetRepository(db).findMany(heads.map(({ datasetId }) => datasetId));
  return heads.flatMap((head) => {
    const record = datasets.get(head.datasetId)?.record;
    return record ? [{ ...head, record }] : [];
  });
}
