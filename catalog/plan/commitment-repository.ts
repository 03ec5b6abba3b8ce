import type { Queryable, Tables } from '../storage/database.ts';
import { type CommitmentLine, lineColumns, lineOf } from './commitment-line.ts';
import { type Differences, differencesIn } from './compare-entries.ts';
import { inPieces } from './in-pieces.ts';
import { decisionOf, type ProposalDecision, type ProposalState } from './proposal-repository.ts';

/** A dataset that is to be in a plan, without what its record says, and what was decided about that. */
export interface ProposalLine extends CommitmentLine {
  /** The section of the annex; empty: none. */
  readonly field: string;
  /** Absent: nobody has decided yet. */
  readonly decision?: ProposalDecision;
}

const atOnce = 1000;
const taken: readonly ProposalState[] = ['accepted', 'merged'];

/** Every SQL statement that touches table `commitment`: what each dataset would stand in its plan with today. */
export function commitmentRepository(db: Queryable) {
  const joined = (year: string) =>
    db
      .selectFrom('commitment')
      .innerJoin('dataset', 'dataset.id', 'commitment.dataset_id')
      .where('commitment.year', '=', year);
  return {
    /** The datasets of a year's plan, in the order in which they are due. */
    async lines(year: string): Promise<readonly CommitmentLine[]> {
      const rows = await joined(year)
        .select(['commitment.due', 'commitment.dropped', ...lineColumns])
        .orderBy('commitment.due')
        .orderBy('dataset.id')
        .execute();
      return rows.map(lineOf);
    },

    /** The same with what was decided about each, in the order of their titles. */
    async proposals(year: string): Promise<readonly ProposalLine[]> {
      const rows = await joined(year)
        .leftJoin('plan_proposal as proposal', (join) =>
          join
            .onRef('proposal.dataset_id', '=', 'commitment.dataset_id')
            .onRef('proposal.year', '=', 'commitment.year'),
        )
        .select(['commitment.due', 'commitment.dropped', 'commitment.field', ...lineColumns])
        .select([
          'proposal.state as decided',
          'proposal.reason',
          'into_id',
          'decided_by',
          'decided_at',
        ])
        .orderBy('commitment.title_sort')
        .orderBy('commitment.due')
        .orderBy('dataset.id')
        .execute();
      return rows.map((row) => ({
        ...lineOf(row),
        field: row.field,
        ...(row.decided !== null && { decision: decisionOf(row.id, row) }),
      }));
    },

    /** What datasets stand in their plans with; absent: one that names none. */
    async entries(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
      const rows = await inPieces(ids, (some) =>
        db
          .selectFrom('commitment')
          .select(['dataset_id', 'entry_json'])
          .where('dataset_id', 'in', some)
          .execute(),
      );
      return new Map(rows.map((row) => [row.dataset_id, row.entry_json]));
    },

    /** The same of a whole year. */
    async entriesOf(year: string): Promise<ReadonlyMap<string, string>> {
      const rows = await db
        .selectFrom('commitment')
        .select(['dataset_id', 'entry_json'])
        .where('year', '=', year)
        .execute();
      return new Map(rows.map((row) => [row.dataset_id, row.entry_json]));
    },

    /** What a version says and what a decision of today would say, where that is not the same. */
    async differences(year: string, version: number): Promise<Differences> {
      const issued = db
        .selectFrom('plan_version_entry')
        .select(['dataset_id', 'entry_json'])
        .where('year', '=', year)
        .where('version', '=', version)
        .as('issued');
      const now = db
        .selectFrom('commitment')
        .innerJoin('plan_proposal', (join) =>
          join
            .onRef('plan_proposal.dataset_id', '=', 'commitment.dataset_id')
            .onRef('plan_proposal.year', '=', 'commitment.year'),
        )
        .select(['commitment.dataset_id', 'commitment.entry_json'])
        .where('commitment.year', '=', year)
        .where('plan_proposal.state', 'in', taken)
        .as('now');
      const rows = await db
        .selectFrom(issued)
        .fullJoin(now, 'now.dataset_id', 'issued.dataset_id')
        .select(['issued.entry_json as before', 'now.entry_json as after'])
        .where((eb) =>
          eb.or([
            eb('issued.entry_json', 'is', null),
            eb('now.entry_json', 'is', null),
            eb('issued.entry_json', '<>', eb.ref('now.entry_json')),
          ]),
        )
        .execute();
      return differencesIn(rows);
    },

    async remove(ids: readonly string[]): Promise<void> {
      await inPieces(ids, async (some) => {
        await db.deleteFrom('commitment').where('dataset_id', 'in', some).execute();
        return [];
      });
    },

    async insert(rows: readonly Tables['commitment'][]): Promise<void> {
      for (let at = 0; at < rows.length; at += atOnce) {
        await db
          .insertInto('commitment')
          .values(rows.slice(at, at + atOnce))
          .execute();
      }
    },

    /** Datasets with a due time in a plan that have no row yet. */
    async datasetsWithout(limit: number): Promise<readonly string[]> {
      const rows = await db
        .selectFrom('dataset')
        .leftJoin('commitment', 'commitment.dataset_id', 'dataset.id')
        .select('dataset.id')
        .where('dataset.plan_year', 'is not', null)
        .where('dataset.release_due', 'is not', null)
        .where('commitment.dataset_id', 'is', null)
        .limit(limit)
        .execute();
      return rows.map(({ id }) => id);
    },
  };
}
