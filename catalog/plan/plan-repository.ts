import type { Instant } from '../kernel/clock.ts';
import type { DatasetRecord } from '../model/dataset.ts';
import type { PlanRecord } from '../model/plan.ts';
import type { Queryable } from '../storage/database.ts';
import { inPieces } from './in-pieces.ts';

export interface Plan {
  readonly record: PlanRecord;
  readonly revision: number;
  readonly changedAt: string;
}

/** A dataset as the tables hold it. */
export interface DatasetRow {
  readonly id: string;
  readonly state: string;
  readonly record_json: string;
  readonly released_at: string | null;
}

const columns = ['id', 'state', 'record_json', 'released_at'] as const;

/** Every SQL statement that touches table `plan`, and those that read datasets for it. */
export function planRepository(db: Queryable) {
  return {
    async find(year: string): Promise<Plan | undefined> {
      const row = await db
        .selectFrom('plan')
        .selectAll()
        .where('year', '=', year)
        .executeTakeFirst();
      return (
        row && {
          record: JSON.parse(row.record_json) as PlanRecord,
          revision: row.revision,
          changedAt: row.changed_at,
        }
      );
    },

    async save(record: PlanRecord, revision: number, at: Instant): Promise<void> {
      const row = {
        year: record.year,
        revision,
        record_json: JSON.stringify(record),
        changed_at: at,
      };
      await db
        .insertInto('plan')
        .values(row)
        .onConflict((conflict) => conflict.column('year').doUpdateSet(row))
        .execute();
    },

    /** The years that have a plan or a commitment, newest first. */
    async years(): Promise<readonly string[]> {
      const rows = await db
        .selectFrom('dataset')
        .select('plan_year as year')
        .where('plan_year', 'is not', null)
        .union(db.selectFrom('plan').select('year'))
        .execute();
      return rows
        .flatMap(({ year }) => year ?? [])
        .sort()
        .reverse();
    },

    /** Datasets by their ids, whatever plan they name now. */
    async rowsOf(ids: readonly string[]): Promise<ReadonlyMap<string, DatasetRow>> {
      const rows = await inPieces(ids, (some) =>
        db.selectFrom('dataset').select(columns).where('id', 'in', some).execute(),
      );
      return new Map(rows.map((row) => [row.id, row]));
    },

    /** The state that each of these datasets had before a moment; one that was not there yet has none. */
    async statesBefore(
      ids: readonly string[],
      moment: Instant,
    ): Promise<ReadonlyMap<string, string>> {
      const rows = await inPieces(ids, (some) =>
        db
          .selectFrom('dataset_revision')
          .select(['dataset_id', 'state'])
          .where('dataset_id', 'in', some)
          .where('made_at', '<', moment)
          .orderBy('dataset_id')
          .orderBy('revision')
          .execute(),
      );
      return new Map(rows.map((row) => [row.dataset_id, row.state]));
    },

    /** Datasets that name the plan of a year, with a due time or without. */
    async recordsOf(year: string): Promise<readonly DatasetRecord[]> {
      const rows = await db
        .selectFrom('dataset')
        .select('record_json')
        .where('plan_year', '=', year)
        .orderBy('id')
        .execute();
      return rows.map(({ record_json }) => JSON.parse(record_json) as DatasetRecord);
    },
  };
}
