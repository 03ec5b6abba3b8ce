import type { Instant } from '../kernel/clock.ts';
import type { Queryable } from '../storage/database.ts';

/** What the coordinator made of a dataset that an agency proposes for a plan. */
export type ProposalState = 'proposed' | 'accepted' | 'returned' | 'merged';

export interface ProposalDecision {
  readonly datasetId: string;
  readonly state: ProposalState;
  /** Why it was returned. */
  readonly reason?: string;
  /** The dataset that it became part of. */
  readonly into?: string;
  readonly decidedBy: string;
  readonly decidedAt: string;
}

/** Every SQL statement that touches table `plan_proposal`. What nobody has decided about has no row. */
export function proposalRepository(db: Queryable) {
  return {
    async list(year: string): Promise<ReadonlyMap<string, ProposalDecision>> {
      const rows = await db
        .selectFrom('plan_proposal')
        .selectAll()
        .where('year', '=', year)
        .execute();
      return new Map(
        rows.map((row) => [
          row.dataset_id,
          {
            datasetId: row.dataset_id,
            state: row.state as ProposalState,
            ...(row.reason !== null && { reason: row.reason }),
            ...(row.into_id !== null && { into: row.into_id }),
            decidedBy: row.decided_by,
            decidedAt: row.decided_at,
          },
        ]),
      );
    },

    async save(
      year: string,
      decisions: readonly Omit<ProposalDecision, 'decidedAt'>[],
      at: Instant,
    ): Promise<void> {
      for (const { datasetId, state, reason, into, decidedBy } of decisions) {
        const row = {
          year,
          dataset_id: datasetId,
          state,
          reason: reason ?? null,
          into_id: into ?? null,
          decided_by: decidedBy,
          decided_at: at,
        };
        await db
          .insertInto('plan_proposal')
          .values(row)
          .onConflict((conflict) => conflict.columns(['year', 'dataset_id']).doUpdateSet(row))
          .execute();
      }
    },
  };
}
