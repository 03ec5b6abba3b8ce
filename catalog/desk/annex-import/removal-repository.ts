import { sql } from 'kysely';
import type { Queryable, Tables, Tx } from '../../storage/database.ts';

type Table = keyof Tables;

/** Tables where a row shows that somebody else has to do with a dataset by now: then it stays. */
export const tablesThatHold: readonly Table[] = [
  'dataset_comment',
  'plan_proposal',
  'milestone',
  'commitment_dependency',
  'inquiry',
  'reuse_dataset',
  'usefulness',
  'mention',
  'harvest_dataset',
  'published',
];

/** Tables that follow from a dataset, each before those that it refers to; they go with it. */
export const tablesThatFollow: readonly Table[] = [
  'inventory_line',
  'commitment',
  'duty',
  'reminder',
  'quality',
  'quality_history',
  'ckan_dataset',
  'distribution',
  'dataset_revision',
];

const together = 500;

/** Every SQL statement that takes a dataset away as if it had never been. Nothing that was ever public is. */
export const removalRepository = (db: Queryable) => ({
  /** Those of the datasets that something else refers to by now. */
  async held(ids: readonly string[]): Promise<ReadonlySet<string>> {
    const held = new Set<string>();
    for (let begin = 0; begin < ids.length; begin += together) {
      const some = sql.join(ids.slice(begin, begin + together));
      for (const table of tablesThatHold) {
        const { rows } = await sql<{ dataset_id: string }>`
          select distinct dataset_id from ${sql.table(table)} where dataset_id in (${some})`.execute(
          db,
        );
        for (const { dataset_id } of rows) held.add(dataset_id);
      }
      const waitedFor = await db
        .selectFrom('commitment_dependency')
        .select('depends_on')
        .where('depends_on', 'in', ids.slice(begin, begin + together))
        .execute();
      for (const { depends_on } of waitedFor) held.add(depends_on);
    }
    return held;
  },
});

/** Takes datasets away with all that follows from them. */
export async function removeDatasets(tx: Tx, ids: readonly string[]): Promise<void> {
  for (let begin = 0; begin < ids.length; begin += together) {
    const slice = ids.slice(begin, begin + together);
    const some = sql.join(slice);
    for (const table of tablesThatFollow) {
      await sql`delete from ${sql.table(table)} where dataset_id in (${some})`.execute(tx);
    }
    const subjects = sql.join(slice.map((id) => `dataset/${id}`));
    await sql`delete from notice where subject in (${subjects})`.execute(tx);
    await sql`delete from form_draft where subject in (${subjects})`.execute(tx);
    await sql`delete from dataset where id in (${some})`.execute(tx);
  }
}
