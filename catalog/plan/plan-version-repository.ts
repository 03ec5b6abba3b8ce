import { sql } from 'kysely';
import type { Instant } from '../kernel/clock.ts';
import type { PlanEntry, PlanVersion, PlanVersionHead } from '../model/plan.ts';
import type { Queryable } from '../storage/database.ts';
import { packed, unpacked } from '../storage/packed-rows.ts';
import { type CommitmentLine, lineOf } from './commitment-line.ts';
import { lineCells } from './commitment-repository.ts';
import { type Differences, differencesIn } from './compare-entries.ts';
import { inPieces } from './in-pieces.ts';

/** A version of a plan without its entries, with when and by whom it was entered here. */
export interface IssuedHead extends PlanVersionHead {
  readonly issuedAt: string;
  readonly issuedBy: string;
}

/** The same with its entries. */
export interface IssuedPlan extends IssuedHead {
  readonly entries: readonly PlanEntry[];
}

const atOnce = 1000;

/**
 * Every SQL statement that touches tables `plan_version` and `plan_version_entry`. What is written there stays as it is.
 */
export function planVersionRepository(db: Queryable) {
  const headsOf = (year: string) =>
    db.selectFrom('plan_version').selectAll().where('year', '=', year).orderBy('version', 'desc');
  const entriesOf = (year: string) => db.selectFrom('plan_version_entry').where('year', '=', year);
  const full = async (head: IssuedHead | undefined): Promise<IssuedPlan | undefined> => {
    if (!head) return undefined;
    const rows = await entriesOf(head.year)
      .select('entry_json')
      .where('version', '=', head.version)
      .orderBy('position')
      .execute();
    return { ...head, entries: rows.map(({ entry_json }) => JSON.parse(entry_json) as PlanEntry) };
  };
  const latestHead = async (year: string): Promise<IssuedHead | undefined> => {
    const row = await headsOf(year).limit(1).executeTakeFirst();
    return row && fromRow(row);
  };
  return {
    /** The version in force, without its entries; absent: no decision has issued the plan. */
    latestHead,

    /** The version in force; absent: no decision has issued the plan. */
    async latest(year: string): Promise<IssuedPlan | undefined> {
      return full(await latestHead(year));
    },

    async find(year: string, version: number): Promise<IssuedPlan | undefined> {
      const row = await headsOf(year).where('version', '=', version).executeTakeFirst();
      return full(row && fromRow(row));
    },

    /** Every version without its entries, the newest first. */
    async heads(year: string): Promise<readonly IssuedHead[]> {
      return (await headsOf(year).execute()).map(fromRow);
    },

    /** How many entries each version has. */
    async countEntries(year: string): Promise<ReadonlyMap<number, number>> {
      const rows = await entriesOf(year)
        .select((eb) => ['version', eb.fn.countAll<number>().as('count')])
        .groupBy('version')
        .execute();
      return new Map(rows.map(({ version, count }) => [version, Number(count)]));
    },

    /** The sections of a version in their order, with how many of its promises each holds; empty: in none. */
    async countFields(
      year: string,
      version: number,
    ): Promise<readonly { readonly field: string; readonly count: number }[]> {
      const rows = await entriesOf(year)
        .select((eb) => ['field', eb.fn.countAll<number>().as('count')])
        .where('version', '=', version)
        .where('dropped', 'is', null)
        .groupBy('field')
        .orderBy((eb) => eb.fn.min('position'))
        .execute();
      return rows.map(({ field, count }) => ({ field, count: Number(count) }));
    },

    /** The datasets of a version in its order, all or a page of them, and where each stands now. One that is there no more is left out. */
    async lines(
      year: string,
      version: number,
      ids?: readonly string[],
    ): Promise<readonly CommitmentLine[]> {
      const row = await db
        .selectFrom('plan_version_entry as entry')
        .innerJoin('dataset', 'dataset.id', 'entry.dataset_id')
        .select(packed(lineCells('entry'), [sql.ref('entry.position')]).as('lines'))
        .where('entry.year', '=', year)
        .where('entry.version', '=', version)
        .$if(ids !== undefined, (query) => query.where('entry.dataset_id', 'in', ids ?? []))
        .executeTakeFirst();
      return unpacked(row?.lines).map(lineOf);
    },

    /** What a version says of each of its datasets, or of some of them. */
    async entries(
      year: string,
      version: number,
      ids?: readonly string[],
    ): Promise<ReadonlyMap<string, string>> {
      const query = entriesOf(year)
        .select(['dataset_id', 'entry_json'])
        .where('version', '=', version);
      const rows = ids
        ? await inPieces(ids, (some) => query.where('dataset_id', 'in', some).execute())
        : await query.execute();
      return new Map(rows.map((row) => [row.dataset_id, row.entry_json]));
    },

    /** The ids of the datasets that a version of a plan names; without a version, that any does. */
    async datasetIds(year: string, version?: number): Promise<ReadonlySet<string>> {
      const rows = await entriesOf(year)
        .select('dataset_id')
        .distinct()
        .$if(version !== undefined, (query) => query.where('version', '=', version ?? 0))
        .execute();
      return new Set(rows.map(({ dataset_id }) => dataset_id));
    },

    /** What two versions say, where that is not the same. */
    async differences(year: string, before: number, after: number): Promise<Differences> {
      const pairs = (version: number, other: number) =>
        db
          .selectFrom('plan_version_entry as entry')
          .leftJoin('plan_version_entry as other', (join) =>
            join
              .onRef('other.dataset_id', '=', 'entry.dataset_id')
              .onRef('other.year', '=', 'entry.year')
              .on('other.version', '=', other),
          )
          .where('entry.year', '=', year)
          .where('entry.version', '=', version)
          .orderBy('entry.position');
      // In two halves: SQLite has no index for a full join.
      const now = await pairs(after, before)
        .select(['other.entry_json as before', 'entry.entry_json as after'])
        .where((eb) =>
          eb.or([
            eb('other.entry_json', 'is', null),
            eb('other.entry_json', '<>', eb.ref('entry.entry_json')),
          ]),
        )
        .execute();
      const gone = await pairs(before, after)
        .select(['entry.entry_json as before', 'other.entry_json as after'])
        .where('other.entry_json', 'is', null)
        .execute();
      return differencesIn([...now, ...gone]);
    },

    async insert({ entries, ...head }: PlanVersion, by: string, at: Instant): Promise<void> {
      const { year, version } = head;
      await db
        .insertInto('plan_version')
        .values({
          year,
          version,
          record_json: JSON.stringify(head),
          issued_at: at,
          issued_by: by,
        })
        .execute();
      const rows = entries.map((entry, position) => ({
        year,
        version,
        dataset_id: entry.datasetId,
        position,
        field: entry.field ?? '',
        due: entry.due,
        dropped: entry.dropped ?? null,
        entry_json: JSON.stringify(entry),
      }));
      for (let first = 0; first < rows.length; first += atOnce) {
        await db
          .insertInto('plan_version_entry')
          .values(rows.slice(first, first + atOnce))
          .execute();
      }
    },
  };
}

function fromRow(row: { record_json: string; issued_at: string; issued_by: string }): IssuedHead {
  return {
    ...(JSON.parse(row.record_json) as PlanVersionHead),
    issuedAt: row.issued_at,
    issuedBy: row.issued_by,
  };
}
