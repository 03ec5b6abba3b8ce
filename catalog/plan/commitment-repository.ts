import { type Expression, type RawBuilder, sql } from 'kysely';
import type { Queryable, Tables } from '../storage/database.ts';
import { anyText, orEmpty, packed, unpacked } from '../storage/packed-rows.ts';
import { type CommitmentLine, lineOf } from './commitment-line.ts';
import { type Differences, differencesIn } from './compare-entries.ts';
import { inPieces } from './in-pieces.ts';
import type { ProposalState } from './proposal-repository.ts';

/** A dataset that is to be in a plan, without what its record says. */
export interface ProposalLine extends CommitmentLine {
  /** The section of the annex; empty: none. */
  readonly field: string;
  /** Absent: nobody has decided about it yet. */
  readonly decided?: ProposalState;
}

const atOnce = 1000;

/** Every SQL statement that touches table `commitment`: what each dataset would stand in its plan with today. */
export function commitmentRepository(db: Queryable) {
  const joined = (year: string) =>
    db
      .selectFrom('commitment')
      .innerJoin('dataset', 'dataset.id', 'commitment.dataset_id')
      .where('commitment.year', '=', year);
  const cells = lineCells('commitment');
  return {
    /** The datasets of a year's plan, all or a page of them, in the order in which they are due. */
    async lines(year: string, ids?: readonly string[]): Promise<readonly CommitmentLine[]> {
      const order = [sql.ref('commitment.due'), sql.ref('dataset.id')];
      const row = await joined(year)
        .select(packed(cells, order).as('lines'))
        .$if(ids !== undefined, (query) => query.where('dataset.id', 'in', ids ?? []))
        .executeTakeFirst();
      return unpacked(row?.lines).map(lineOf);
    },

    /** The same with what was decided about each, in the order of their titles. */
    async proposals(year: string): Promise<readonly ProposalLine[]> {
      const row = await joined(year)
        .leftJoin('plan_proposal as proposal', (join) =>
          join
            .onRef('proposal.dataset_id', '=', 'commitment.dataset_id')
            .onRef('proposal.year', '=', 'commitment.year'),
        )
        .select(
          packed(
            [...cells, anyText('commitment.field'), orEmpty('proposal.state')],
            ['commitment.title_sort', 'commitment.due', 'dataset.id'].map((name) => sql.ref(name)),
          ).as('lines'),
        )
        .executeTakeFirst();
      return unpacked(row?.lines).map((line) => {
        const [field = '', decided = ''] = line.slice(cells.length);
        return {
          ...lineOf(line),
          field,
          ...(decided !== '' && { decided: decided as ProposalState }),
        };
      });
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

    /** What a version says and what the records say now, of the datasets of both where that is not the same. */
    async differences(year: string, version: number): Promise<Differences> {
      const rows = await db
        .selectFrom('plan_version_entry as issued')
        // By the dataset alone: told the year twice, PostgreSQL takes it for rare, and compares each with each.
        .innerJoin('commitment as now', 'now.dataset_id', 'issued.dataset_id')
        .select(['issued.entry_json as before', 'now.entry_json as after', 'now.year'])
        .where('issued.year', '=', year)
        .where('issued.version', '=', version)
        .whereRef('now.entry_json', '<>', 'issued.entry_json')
        .execute();
      return differencesIn(rows.filter((row) => row.year === year));
    },

    /** The year in whose plan a dataset is to be released; absent: in none. */
    async yearOf(datasetId: string): Promise<string | undefined> {
      const row = await db
        .selectFrom('commitment')
        .select('year')
        .where('dataset_id', '=', datasetId)
        .executeTakeFirst();
      return row?.year;
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

    /** Adds the rows of datasets that have none; another process may be adding the same. */
    async insertMissing(rows: readonly Tables['commitment'][]): Promise<void> {
      if (rows.length === 0) return;
      await db
        .insertInto('commitment')
        .values(rows)
        .onConflict((conflict) => conflict.column('dataset_id').doNothing())
        .execute();
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

/** The cells of a dataset in a plan: where it stands, and what a table of promises says of it. */
export function lineCells(promises: string): readonly Expression<string>[] {
  const dataset = ['id', 'publisher_id', 'state', 'changed_at'].map((name) =>
    sql.ref<string>(`dataset.${name}`),
  );
  return [
    ...dataset,
    orEmpty('dataset.released_at'),
    sql.ref<string>(`${promises}.due`),
    hasValue(`${promises}.dropped`),
  ];
}

/** Whether a column has a value, as a cell; empty: it has none. */
function hasValue(column: string): RawBuilder<string> {
  return sql<string>`case when ${sql.ref(column)} is null then '' else '1' end`;
}
