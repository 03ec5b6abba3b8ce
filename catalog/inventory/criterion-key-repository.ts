import type { PlanRecord } from '../model/plan.ts';
import type { Queryable } from '../storage/database.ts';

/** Reads from table `plan` what scores of a record may be named; the plans themselves are planRepository's. */
export function criterionKeyRepository(db: Queryable) {
  return {
    /** The keys of every plan's own criteria. */
    async all(): Promise<ReadonlySet<string>> {
      const rows = await db.selectFrom('plan').select('record_json').execute();
      return new Set(
        rows.flatMap(({ record_json }) =>
          ((JSON.parse(record_json) as PlanRecord).criteria ?? []).map(({ key }) => key),
        ),
      );
    },
  };
}
