import type { Instant } from '../kernel/clock.ts';
import type { PlanVersion } from '../model/plan.ts';
import type { Queryable } from '../storage/database.ts';

/** A version of a plan, with when and by whom it was entered here. */
export interface IssuedPlan extends PlanVersion {
  readonly issuedAt: string;
  readonly issuedBy: string;
}

/** Every SQL statement that touches table `plan_version`. What is written there stays as it is. */
export function planVersionRepository(db: Queryable) {
  const rowsOf = (year: string) =>
    db.selectFrom('plan_version').selectAll().where('year', '=', year).orderBy('version', 'desc');
  return {
    /** The version in force; absent: no decision has issued the plan. */
    async latest(year: string): Promise<IssuedPlan | undefined> {
      const row = await rowsOf(year).limit(1).executeTakeFirst();
      return row && fromRow(row);
    },

    async find(year: string, version: number): Promise<IssuedPlan | undefined> {
      const row = await rowsOf(year).where('version', '=', version).executeTakeFirst();
      return row && fromRow(row);
    },

    /** Every version, the newest first. */
    async list(year: string): Promise<readonly IssuedPlan[]> {
      return (await rowsOf(year).execute()).map(fromRow);
    },

    async insert(version: PlanVersion, by: string, at: Instant): Promise<void> {
      await db
        .insertInto('plan_version')
        .values({
          year: version.year,
          version: version.version,
          record_json: JSON.stringify(version),
          issued_at: at,
          issued_by: by,
        })
        .execute();
    },
  };
}

function fromRow(row: { record_json: string; issued_at: string; issued_by: string }): IssuedPlan {
  return {
    ...(JSON.parse(row.record_json) as PlanVersion),
    issuedAt: row.issued_at,
    issuedBy: row.issued_by,
  };
}
