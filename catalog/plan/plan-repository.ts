import type { Instant } from '../kernel/clock.ts';
import type { DatasetRecord } from '../model/dataset.ts';
import type { PlanRecord } from '../model/plan.ts';
import type { Queryable } from '../storage/database.ts';

export interface Plan {
  readonly record: PlanRecord;
  readonly revision: number;
  readonly changedAt: string;
}

/** A dataset's commitment as the tables hold it. */
export interface CommitmentRow {
  readonly id: string;
  readonly state: string;
  readonly record_json: string;
  readonly created_at: string;
  readonly changed_at: string;
  readonly released_at: string | null;
}

const columns = ['id', 'state', 'record_json', 'created_at', 'changed_at', 'released_at'] as const;

/** Every SQL statement that touches table `plan`, and those that read commitments from datasets. */
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
    async rowsOf(ids: readonly string[]): Promise<ReadonlyMap<string, CommitmentRow>> {
      const found = new Map<string, CommitmentRow>();
      for (let at = 0; at < ids.length; at += 1000) {
        const rows = await db
          .selectFrom('dataset')
          .select(columns)
          .where('id', 'in', ids.slice(at, at + 1000))
          .execute();
        for (const row of rows) found.set(row.id, row);
      }
      return found;
    },

    /** The state that each of these datasets had before a moment; one that was not there yet has none. */
    async statesBefore(
      ids: readonly string[],
      moment: Instant,
    ): Promise<ReadonlyMap<string, string>> {
      const states = new Map<string, string>();
      for (let at = 0; at < ids.length; at += 1000) {
        const rows = await db
          .selectFrom('dataset_revision')
          .select(['dataset_id', 'state'])
          .where('dataset_id', 'in', ids.slice(at, at + 1000))
          .where('made_at', '<', moment)
          .orderBy('dataset_id')
          .orderBy('revision')
          .execute();
        for (const row of rows) states.set(row.dataset_id, row.state);
      }
      return states;
    },

    /** Datasets that name the plan of a year, with a due time or without. */
    async recordsOf(year: string): Promise<readonly DatasetRecord[]> {
      const rows = await db
        .selectFrom('dataset')
        .select('record_json')
        .where('plan_year', '=', year)
        .execute();
      return rows.map(({ record_json }) => JSON.parse(record_json) as DatasetRecord);
    },

    /** Datasets with a due time in the plan of a year, whatever their state. */
    async commitments(year: string): Promise<readonly CommitmentRow[]> {
      return db
        .selectFrom('dataset')
        .select(columns)
        .where('plan_year', '=', year)
        .where('release_due', 'is not', null)
        .orderBy('release_due')
        .orderBy('id')
        .execute();
    },
  };
}
