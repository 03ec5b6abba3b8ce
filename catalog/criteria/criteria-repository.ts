import type { Instant } from '../kernel/clock.ts';
import type { CriteriaRecord } from '../model/criterion.ts';
import type { Queryable, Tables } from '../storage/database.ts';

/** A version of the criteria as it is kept. */
export interface Criteria {
  /** Counts from 1. */
  readonly version: number;
  readonly revision: number;
  readonly record: CriteriaRecord;
  readonly changedAt: string;
}

/** Every SQL statement that touches table `criteria`. */
export function criteriaRepository(db: Queryable) {
  return {
    async find(version: number): Promise<Criteria | undefined> {
      const row = await db
        .selectFrom('criteria')
        .selectAll()
        .where('version', '=', version)
        .executeTakeFirst();
      return row && fromRow(row);
    },

    /** Every version, oldest first. */
    async list(): Promise<readonly Criteria[]> {
      return (await db.selectFrom('criteria').selectAll().orderBy('version').execute()).map(
        fromRow,
      );
    },

    async save({ version, revision, record }: Omit<Criteria, 'changedAt'>, at: Instant) {
      const row = {
        version,
        revision,
        in_force_from: record.inForceFrom ?? null,
        record_json: JSON.stringify(record),
        changed_at: at,
      };
      await db
        .insertInto('criteria')
        .values(row)
        .onConflict((conflict) => conflict.column('version').doUpdateSet(row))
        .execute();
    },
  };
}

function fromRow(row: Tables['criteria']): Criteria {
  return {
    version: row.version,
    revision: row.revision,
    record: JSON.parse(row.record_json) as CriteriaRecord,
    changedAt: row.changed_at,
  };
}
