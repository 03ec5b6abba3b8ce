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

const atOnce = 1000;

/** Every SQL statement that touches table `plan_proposal`. What nobody has decided about has no row. */
export function proposalRepository(db: Queryable) {
  return {
    async save(
      year: string,
      decisions: readonly Omit<ProposalDecision, 'decidedAt'>[],
      at: Instant,
    ): Promise<void> {
      const rows = decisions.map(({ datasetId, state, reason, into, decidedBy }) => ({
        year,
        dataset_id: datasetId,
        state,
        reason: reason ?? null,
        into_id: into ?? null,
        decided_by: decidedBy,
        decided_at: at,
      }));
      for (let first = 0; first < rows.length; first += atOnce) {
        await db
          .insertInto('plan_proposal')
          .values(rows.slice(first, first + atOnce))
          .onConflict((conflict) =>
            conflict.columns(['year', 'dataset_id']).doUpdateSet((eb) => ({
              state: eb.ref('excluded.state'),
              reason: eb.ref('excluded.reason'),
              into_id: eb.ref('excluded.into_id'),
              decided_by: eb.ref('excluded.decided_by'),
              decided_at: eb.ref('excluded.decided_at'),
            })),
          )
          .execute();
      }
    },
  };
}

/** What a row of the table says of a dataset. */
export function decisionOf(
  datasetId: string,
  row: {
    readonly decided: string | null;
    readonly reason: string | null;
    readonly into_id: string | null;
    readonly decided_by: string | null;
    readonly decided_at: string | null;
  },
): ProposalDecision {
  return {
    datasetId,
    state: row.decided as ProposalState,
    ...(row.reason !== null && { reason: row.reason }),
    ...(row.into_id !== null && { into: row.into_id }),
    decidedBy: row.decided_by ?? '',
    decidedAt: row.decided_at ?? '',
  };
}
