import type { Queryable, Tables } from '../storage/database.ts';
import type { Duty, DutyKind } from './duties-of.ts';

/** A duty with what a list shows of its dataset. */
export interface ListedDuty extends Duty {
  readonly due: string;
  readonly title: string;
  readonly publisher: string;
  readonly state: string;
}

/** Which duties; every part that is given narrows. */
export interface DutyFilter {
  /** Dates, both within. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly kinds?: readonly DutyKind[] | undefined;
  readonly agencies?: readonly string[] | undefined;
  /** The officer's e-mail; empty: where nobody is named. */
  readonly officer?: string | undefined;
  /** Whose it is: enough that one of them holds. */
  readonly concerns?: readonly Concern[] | undefined;
}

/** A dataset with an officer. */
export interface OwnedDataset {
  readonly id: string;
  readonly title: string;
  readonly publisher: string;
}

/** A way in which a duty is somebody's. */
export interface Concern {
  readonly officer?: string;
  readonly agencies?: readonly string[];
  /** Due on this date or before. */
  readonly to?: string;
}

/** A place in the list of duties, which is in the order of their days. */
export interface DutyPlace {
  readonly due: string;
  readonly datasetId: string;
  readonly kind: string;
}

const atOnce = 4000;

/** Every SQL statement that touches table `duty`. */
export function dutyRepository(db: Queryable) {
  const filtered = ({ from, to, kinds, agencies, officer, concerns }: DutyFilter) => {
    let query = db.selectFrom('duty').where('duty.due', 'is not', null);
    if (from !== undefined) query = query.where('duty.due', '>=', from);
    if (to !== undefined) query = query.where('duty.due', '<=', to);
    if (kinds) query = query.where('duty.kind', 'in', [...kinds, '']);
    if (agencies) query = query.where('duty.agency_id', 'in', [...agencies, '']);
    if (officer !== undefined) query = query.where('duty.officer', '=', officer);
    if (concerns) {
      query = query.where((eb) =>
        eb.or(
          concerns.map((concern) =>
            eb.and([
              ...(concern.officer === undefined ? [] : [eb('duty.officer', '=', concern.officer)]),
              ...(concern.agencies ? [eb('duty.agency_id', 'in', [...concern.agencies, ''])] : []),
              ...(concern.to === undefined ? [] : [eb('duty.due', '<=', concern.to)]),
            ]),
          ),
        ),
      );
    }
    return query;
  };
  return {
    /** In the order of their days; a page of them, or all. */
    async list(
      filter: DutyFilter,
      { limit, after }: { readonly limit?: number; readonly after?: DutyPlace | undefined } = {},
    ): Promise<readonly ListedDuty[]> {
      let query = filtered(filter)
        .innerJoin('dataset', 'dataset.id', 'duty.dataset_id')
        .selectAll('duty')
        .select(['dataset.title', 'dataset.publisher_id', 'dataset.state']);
      if (after) {
        query = query.where((eb) =>
          eb(
            eb.refTuple('duty.due', 'duty.dataset_id', 'duty.kind'),
            '>',
            eb.tuple(after.due, after.datasetId, after.kind),
          ),
        );
      }
      if (limit !== undefined) query = query.limit(limit);
      const rows = await query
        .orderBy('duty.due')
        .orderBy('duty.dataset_id')
        .orderBy('duty.kind')
        .execute();
      return rows.map((row) => ({
        ...fromRow(row),
        due: row.due ?? '',
        title: row.title,
        publisher: row.publisher_id,
        state: row.state,
      }));
    },

    async count(filter: DutyFilter): Promise<number> {
      const row = await filtered(filter)
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      return Number(row.count);
    },

    /** The datasets of an officer, due or not, by their titles. */
    async datasetsOf(officer: string): Promise<readonly OwnedDataset[]> {
      return db
        .selectFrom('duty')
        .innerJoin('dataset', 'dataset.id', 'duty.dataset_id')
        .select(['dataset.id', 'dataset.title', 'dataset.publisher_id as publisher'])
        .where('duty.officer', '=', officer)
        .where('duty.kind', '=', 'update')
        .where('dataset.state', '<>', 'withdrawn')
        .orderBy('dataset.title')
        .execute();
    },

    /** Officers by how many datasets they answer for. */
    async officers(
      agencies: readonly string[] | 'all',
    ): Promise<readonly { readonly officer: string; readonly datasets: number }[]> {
      let query = db
        .selectFrom('duty')
        .innerJoin('dataset', 'dataset.id', 'duty.dataset_id')
        .select((eb) => ['duty.officer', eb.fn.countAll<number>().as('datasets')])
        .where('duty.kind', '=', 'update')
        .where('duty.officer', '<>', '')
        .where('dataset.state', '<>', 'withdrawn');
      if (agencies !== 'all') query = query.where('dataset.publisher_id', 'in', [...agencies, '']);
      const rows = await query.groupBy('duty.officer').orderBy('duty.officer').execute();
      return rows.map(({ officer, datasets }) => ({ officer, datasets: Number(datasets) }));
    },

    async remove(datasets: readonly string[]): Promise<void> {
      if (datasets.length === 0) return;
      await db
        .deleteFrom('duty')
        .where('dataset_id', 'in', [...datasets])
        .execute();
    },

    async insert(duties: readonly Duty[]): Promise<void> {
      // SQLite binds at most 32,766 values in a statement.
      for (let at = 0; at < duties.length; at += atOnce) {
        await db
          .insertInto('duty')
          .values(duties.slice(at, at + atOnce).map(toRow))
          .onConflict((conflict) => conflict.columns(['dataset_id', 'kind']).doNothing())
          .execute();
      }
    },

    /** Datasets of which no duties are kept yet. */
    async datasetsWithout(limit: number): Promise<readonly string[]> {
      const rows = await db
        .selectFrom('dataset')
        .leftJoin('duty', (join) =>
          join.onRef('duty.dataset_id', '=', 'dataset.id').on('duty.kind', '=', 'update'),
        )
        .select('dataset.id')
        .where('duty.dataset_id', 'is', null)
        .limit(limit)
        .execute();
      return rows.map(({ id }) => id);
    },
  };
}

function toRow(duty: Duty): Tables['duty'] {
  return {
    dataset_id: duty.datasetId,
    kind: duty.kind,
    agency_id: duty.agency,
    officer: duty.officer ?? '',
    due: duty.due ?? null,
    period_days: duty.periodDays ?? null,
  };
}

function fromRow(row: Tables['duty']): Duty {
  return {
    datasetId: row.dataset_id,
    kind: row.kind as DutyKind,
    agency: row.agency_id,
    ...(row.officer !== '' && { officer: row.officer }),
    ...(row.due !== null && { due: row.due }),
    ...(row.period_days !== null && { periodDays: row.period_days }),
  };
}
