import type { PlanRecord } from '../model/plan.ts';
import type { Queryable } from '../storage/database.ts';

/** What the catalogue asks of plans: which a decision has issued. */
export function planDecisionRepository(db: Queryable) {
  return {
    /** The plans that have a decision, the newest first. */
    async issued(): Promise<readonly PlanRecord[]> {
      const rows = await db
        .selectFrom('plan')
        .select('record_json')
        .orderBy('year', 'desc')
        .execute();
      return rows
        .map(({ record_json }) => JSON.parse(record_json) as PlanRecord)
        .filter(({ decision }) => decision !== undefined);
    },
  };
}
