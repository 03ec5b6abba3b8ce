import type { Instant } from '../kernel/clock.ts';
import type { Queryable } from '../storage/database.ts';
import { inPieces } from './in-pieces.ts';

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
    /** What was decided about these datasets; one that nobody has decided about is left out. */
    async decisions(
      year: string,
      ids: readonly string[],
    ): Promise<ReadonlyMap<string, ProposalDecision>> {
      const rows = await inPieces(ids, (some) =>
        db
          .selectFrom('plan_proposal')
          .selectAll()
          .where('year', '=', year)
          .where('dataset_id', 'in', some)
          .execute(),
      );
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
