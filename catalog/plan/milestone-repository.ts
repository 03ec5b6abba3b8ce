import type { Dependencies } from '../model/dependencies.ts';
import type { MilestoneKind } from '../model/milestone.ts';
import type { Queryable } from '../storage/database.ts';
import { inPieces } from './in-pieces.ts';

/** What somebody said of a milestone. */
export interface MilestoneEntry {
  readonly kind: MilestoneKind;
  /** Absent: as proposed. */
  readonly due?: string;
  /** A local calendar date. */
  readonly doneOn?: string;
  readonly doneBy?: string;
}

/** Every SQL statement that touches tables `milestone` and `commitment_dependency`. */
export function milestoneRepository(db: Queryable) {
  return {
    async entriesOf(
      ids: readonly string[],
    ): Promise<ReadonlyMap<string, readonly MilestoneEntry[]>> {
      const rows = await inPieces(ids, (some) =>
        db.selectFrom('milestone').selectAll().where('dataset_id', 'in', some).execute(),
      );
      const entries = new Map<string, MilestoneEntry[]>();
      for (const row of rows) {
        const entry = {
          kind: row.kind as MilestoneKind,
          ...(row.due !== null && { due: row.due }),
          ...(row.done_on !== null && { doneOn: row.done_on }),
          ...(row.done_by !== null && { doneBy: row.done_by }),
        };
        entries.set(row.dataset_id, [...(entries.get(row.dataset_id) ?? []), entry]);
      }
      return entries;
    },

    /** When each of these datasets was last approved. */
    async approvedAt(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
      const rows = await inPieces(ids, (some) =>
        db
          .selectFrom('dataset_revision')
          .select((eb) => ['dataset_id', eb.fn.max('made_at').as('at')])
          .where('dataset_id', 'in', some)
          .where('act', '=', 'approve')
          .groupBy('dataset_id')
          .execute(),
      );
      return new Map(rows.map((row) => [row.dataset_id, row.at]));
    },

    /** What these promises wait for, or, without ids, what every one does. */
    async dependencies(ids?: readonly string[]): Promise<Dependencies> {
      const query = db.selectFrom('commitment_dependency').selectAll().orderBy('depends_on');
      const rows = ids
        ? await inPieces(ids, (some) => query.where('dataset_id', 'in', some).execute())
        : await query.execute();
      const found = new Map<string, string[]>();
      for (const { dataset_id, depends_on } of rows) {
        const known = found.get(dataset_id);
        if (known) known.push(depends_on);
        else found.set(dataset_id, [depends_on]);
      }
      return found;
    },

    /** Puts what is said now in the place of what was said of a dataset. */
    async replace(
      datasetId: string,
      entries: readonly MilestoneEntry[],
      dependsOn: readonly string[],
    ): Promise<void> {
      await db.deleteFrom('milestone').where('dataset_id', '=', datasetId).execute();
      if (entries.length > 0) {
        const rows = entries.map(({ kind, due, doneOn, doneBy }) => ({
          dataset_id: datasetId,
          kind,
          due: due ?? null,
          done_on: doneOn ?? null,
          done_by: doneBy ?? null,
        }));
        await db.insertInto('milestone').values(rows).execute();
      }
      await db.deleteFrom('commitment_dependency').where('dataset_id', '=', datasetId).execute();
      if (dependsOn.length > 0) {
        const rows = dependsOn.map((id) => ({ dataset_id: datasetId, depends_on: id }));
        await db.insertInto('commitment_dependency').values(rows).execute();
      }
    },
  };
}
