import { sql } from 'kysely';
import type { ReuseRecord, ReuseType } from '../model/reuse.ts';
import type { Queryable, Tables } from '../storage/database.ts';

export type ReuseState = 'pending' | 'published' | 'rejected' | 'withdrawn';

export const reuseStates: readonly ReuseState[] = ['pending', 'published', 'rejected', 'withdrawn'];

/** What was found at the address of a reuse when it was last asked for. */
export interface ReuseCheck {
  readonly checkedAt?: string;
  readonly failures: number;
  /** Since when it is known not to answer. Absent: it answers, or was not asked often enough to tell. */
  readonly deadSince?: string;
  /** When a link back was last seen. */
  readonly provenAt?: string;
}

/** A reuse as it is kept. */
export interface Reuse extends ReuseCheck {
  readonly id: string;
  readonly state: ReuseState;
  readonly record: ReuseRecord;
  /** Changes of the submitter's that wait for a moderator. */
  readonly revision?: ReuseRecord;
  /** For moderators and the submitter alone. */
  readonly email: string;
  readonly keyHash: string;
  readonly reason?: string;
  readonly submittedAt: string;
  readonly changedAt: string;
  readonly publishedAt?: string;
  readonly withdrawnAt?: string;
}

export interface ReuseFilter {
  readonly states: readonly ReuseState[];
  readonly type?: ReuseType | undefined;
  readonly dataset?: string | undefined;
  /** Of a published dataset of this theme. */
  readonly theme?: string | undefined;
  /** Of a dataset of this agency. */
  readonly agency?: string | undefined;
  /** Only what waits for a moderator: new, or changed. */
  readonly isWaiting?: true;
}

/** `proven`: those first in which a link back was seen. */
export type ReuseOrder = 'newest' | 'proven';

export const reuseOrders: readonly ReuseOrder[] = ['newest', 'proven'];

/** Every SQL statement that touches the tables `reuse` and `reuse_dataset`. */
export function reuseRepository(db: Queryable) {
  const filtered = ({ states, type, dataset, theme, agency, isWaiting }: ReuseFilter) => {
    let query = db.selectFrom('reuse').where('state', 'in', [...states]);
    if (type !== undefined) query = query.where('type', '=', type);
    if (dataset !== undefined) {
      query = query.where('id', 'in', (eb) =>
        eb.selectFrom('reuse_dataset').select('reuse_id').where('dataset_id', '=', dataset),
      );
    }
    if (agency !== undefined) {
      query = query.where('id', 'in', (eb) =>
        eb
          .selectFrom('reuse_dataset')
          .innerJoin('dataset', 'dataset.id', 'reuse_dataset.dataset_id')
          .select('reuse_dataset.reuse_id')
          .where('dataset.publisher_id', '=', agency),
      );
    }
    if (theme !== undefined) {
      query = query.where('id', 'in', (eb) =>
        eb
          .selectFrom('reuse_dataset')
          .innerJoin('published', 'published.dataset_id', 'reuse_dataset.dataset_id')
          .innerJoin('published_facet', 'published_facet.position', 'published.position')
          .select('reuse_dataset.reuse_id')
          .where('published_facet.facet', '=', 'theme')
          .where('published_facet.value', '=', theme),
      );
    }
    if (isWaiting) {
      query = query.where((eb) =>
        eb.or([eb('state', '=', 'pending'), eb('revision_json', 'is not', null)]),
      );
    }
    return query;
  };
  return {
    async find(id: string): Promise<Reuse | undefined> {
      const row = await db.selectFrom('reuse').selectAll().where('id', '=', id).executeTakeFirst();
      return row && fromRow(row);
    },

    async findByKey(keyHash: string): Promise<Reuse | undefined> {
      const row = await db
        .selectFrom('reuse')
        .selectAll()
        .where('key_hash', '=', keyHash)
        .executeTakeFirst();
      return row && fromRow(row);
    },

    /** A page of them. */
    async list(
      filter: ReuseFilter,
      offset: number,
      limit: number,
      order: ReuseOrder = 'newest',
    ): Promise<readonly Reuse[]> {
      let query = filtered(filter).selectAll();
      if (order === 'proven') {
        query = query.orderBy((eb) =>
          eb.case().when('proven_at', 'is not', null).then(0).else(1).end(),
        );
      }
      const rows = await query
        .orderBy((eb) => eb.fn.coalesce('published_at', 'submitted_at'), 'desc')
        .orderBy('id')
        .offset(offset)
        .limit(limit)
        .execute();
      return rows.map(fromRow);
    },

    async count(filter: ReuseFilter): Promise<number> {
      const row = await filtered(filter)
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      return Number(row.count);
    },

    /** How many published ones there are of each type. */
    async countByType(dataset?: string): Promise<ReadonlyMap<ReuseType, number>> {
      const rows = await filtered({ states: ['published'], dataset })
        .select((eb) => ['type', eb.fn.countAll<number>().as('count')])
        .groupBy('type')
        .execute();
      return new Map(rows.map(({ type, count }) => [type as ReuseType, Number(count)]));
    },

    /** Published reuses whose address was not asked for since, the longest ago first. */
    async due(before: string, limit: number): Promise<readonly Reuse[]> {
      const rows = await db
        .selectFrom('reuse')
        .selectAll()
        .where('state', '=', 'published')
        .where((eb) => eb.or([eb('checked_at', 'is', null), eb('checked_at', '<', before)]))
        .orderBy((eb) => eb.fn.coalesce('checked_at', sql<string>`''`))
        .limit(limit)
        .execute();
      return rows.map(fromRow);
    },

    async save(reuse: Reuse): Promise<void> {
      const row = toRow(reuse);
      await db
        .insertInto('reuse')
        .values(row)
        .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
        .execute();
      await db.deleteFrom('reuse_dataset').where('reuse_id', '=', reuse.id).execute();
      await db
        .insertInto('reuse_dataset')
        .values(reuse.record.dataset.map((dataset_id) => ({ reuse_id: reuse.id, dataset_id })))
        .execute();
    },

    async saveCheck(id: string, check: ReuseCheck): Promise<void> {
      await db.updateTable('reuse').set(checkColumns(check)).where('id', '=', id).execute();
    },

    /** A number that grows with everything that pages show of reuses, requests and feedback. */
    async version(): Promise<number> {
      const row = await db
        .selectFrom('counter')
        .select('value')
        .where('name', '=', 'reuse')
        .executeTakeFirst();
      return Number(row?.value ?? 0);
    },

    async advanceVersion(): Promise<void> {
      await db
        .updateTable('counter')
        .set((eb) => ({ value: eb('value', '+', 1) }))
        .where('name', '=', 'reuse')
        .execute();
    },
  };
}

type Row = Tables['reuse'];

function checkColumns({ checkedAt, failures, deadSince, provenAt }: ReuseCheck) {
  return {
    checked_at: checkedAt ?? null,
    failures,
    dead_since: deadSince ?? null,
    proven_at: provenAt ?? null,
  };
}

function toRow(reuse: Reuse): Row {
  return {
    id: reuse.id,
    state: reuse.state,
    type: reuse.record.type,
    url: reuse.record.url,
    record_json: JSON.stringify(reuse.record),
    revision_json: reuse.revision ? JSON.stringify(reuse.revision) : null,
    email: reuse.email,
    key_hash: reuse.keyHash,
    reason: reuse.reason ?? null,
    submitted_at: reuse.submittedAt,
    changed_at: reuse.changedAt,
    published_at: reuse.publishedAt ?? null,
    withdrawn_at: reuse.withdrawnAt ?? null,
    ...checkColumns(reuse),
  };
}

function fromRow(row: Row): Reuse {
  return {
    id: row.id,
    state: row.state as ReuseState,
    record: JSON.parse(row.record_json) as ReuseRecord,
    ...(row.revision_json !== null && { revision: JSON.parse(row.revision_json) as ReuseRecord }),
    email: row.email,
    keyHash: row.key_hash,
    ...(row.reason !== null && { reason: row.reason }),
    submittedAt: row.submitted_at,
    changedAt: row.changed_at,
    ...(row.published_at !== null && { publishedAt: row.published_at }),
    ...(row.withdrawn_at !== null && { withdrawnAt: row.withdrawn_at }),
    ...(row.checked_at !== null && { checkedAt: row.checked_at }),
    failures: row.failures,
    ...(row.dead_since !== null && { deadSince: row.dead_since }),
    ...(row.proven_at !== null && { provenAt: row.proven_at }),
  };
}
