import { type Dataset, datasetRepository } from '../inventory/dataset-repository.ts';
import type { DatasetChange } from '../inventory/write-datasets.ts';
import type { DatasetRecord } from '../model/dataset.ts';
import type { Ranking } from '../model/plan.ts';
import { rankingOf } from '../model/priority.ts';
import type { Database, Tables, Tx } from '../storage/database.ts';
import { commitmentRepository } from './commitment-repository.ts';
import { entryOf, sortKeyOf } from './plan-entries.ts';
import { type Plan, planRepository } from './plan-repository.ts';

const batch = 500;

/** Keeps what datasets stand in their plans with true to their records, inside the transaction that writes them. */
export async function reflectCommitments(tx: Tx, changes: readonly DatasetChange[]): Promise<void> {
  const known = changes.filter(({ before }) => before && isPlanned(before));
  await commitmentRepository(tx).remove(known.map(({ after }) => after.record.id));
  const rows = await rowsOf(
    changes.map(({ after }) => after),
    tx,
  );
  await commitmentRepository(tx).insert(rows);
}

/** Writes a year anew, inside the transaction that changes what its plan ranks by. */
export async function reflectCommitmentRanking(tx: Tx, { record }: Plan): Promise<void> {
  const ranking = rankingOf(record);
  const records = await planRepository(tx).recordsOf(record.year);
  const rows = records.flatMap((one) => rowOf(one, ranking));
  const repository = commitmentRepository(tx);
  await repository.remove(rows.map(({ dataset_id }) => dataset_id));
  await repository.insert(rows);
}

/** Writes what datasets stand in their plans with where nobody has yet. Gives how many it wrote. */
export async function fillCommitments(database: Database): Promise<number> {
  let filled = 0;
  for (;;) {
    const count = await database.transaction(async (tx) => {
      const ids = await commitmentRepository(tx).datasetsWithout(batch);
      const datasets = await datasetRepository(tx).findMany(ids);
      const rows = await rowsOf([...datasets.values()], tx);
      await commitmentRepository(tx).insertMissing(rows);
      return rows.length;
    });
    if (count === 0) return filled;
    filled += count;
  }
}

async function rowsOf(
  datasets: readonly Dataset[],
  tx: Tx,
): Promise<readonly Tables['commitment'][]> {
  const planned = datasets.filter(isPlanned);
  const rankings = new Map<string, Ranking>();
  for (const year of new Set(planned.flatMap(({ record }) => yearOf(record) ?? []))) {
    rankings.set(year, rankingOf((await planRepository(tx).find(year))?.record));
  }
  return planned.flatMap(({ record }) => {
    const ranking = rankings.get(yearOf(record) ?? '');
    return ranking ? rowOf(record, ranking) : [];
  });
}

function rowOf(record: DatasetRecord, ranking: Ranking): readonly Tables['commitment'][] {
  const entry = entryOf(record, ranking);
  const year = yearOf(record);
  if (!entry || year === undefined) return [];
  return [
    {
      dataset_id: entry.datasetId,
      year,
      due: entry.due,
      field: entry.field ?? '',
      dropped: entry.dropped ?? null,
      title_sort: sortKeyOf(entry),
      entry_json: JSON.stringify(entry),
    },
  ];
}

function isPlanned({ record }: Dataset): boolean {
  return yearOf(record) !== undefined && record.inventory?.release?.due !== undefined;
}

function yearOf(record: DatasetRecord): string | undefined {
  return record.inventory?.release?.plan;
}
