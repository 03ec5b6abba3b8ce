import type { Queryable, Tables } from '../storage/database.ts';

/** `unfounded`: the page does not lead to ours; `refused`: a moderator did not want it. */
export type MentionState = 'received' | 'proposed' | 'confirmed' | 'refused' | 'unfounded';

/** A page elsewhere that says it links to a page of ours. W3C Webmention. */
export interface Mention {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly dataset: string;
  readonly state: MentionState;
  /** What the page calls itself. */
  readonly title?: string;
  readonly reason?: string;
  /** What it became. */
  readonly reuse?: string;
  readonly receivedAt: string;
  readonly checkedAt?: string;
}

/** Every SQL statement that touches table `mention`. */
export function mentionRepository(db: Queryable) {
  return {
    async find(id: string): Promise<Mention | undefined> {
      const row = await db
        .selectFrom('mention')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirst();
      return row && fromRow(row);
    },

    async findPair(source: string, target: string): Promise<Mention | undefined> {
      const row = await db
        .selectFrom('mention')
        .selectAll()
        .where('source', '=', source)
        .where('target', '=', target)
        .executeTakeFirst();
      return row && fromRow(row);
    },

    /** Those in a state, the longest waiting first. */
    async list(state: MentionState, limit: number): Promise<readonly Mention[]> {
      const rows = await db
        .selectFrom('mention')
        .selectAll()
        .where('state', '=', state)
        .orderBy('received_at')
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map(fromRow);
    },

    async count(state: MentionState): Promise<number> {
      const row = await db
        .selectFrom('mention')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('state', '=', state)
        .executeTakeFirstOrThrow();
      return Number(row.count);
    },

    async save(mention: Mention): Promise<void> {
      const row = toRow(mention);
      await db
        .insertInto('mention')
        .values(row)
        .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
        .execute();
    },
  };
}

type Row = Tables['mention'];

function toRow(mention: Mention): Row {
  return {
    id: mention.id,
    source: mention.source,
    target: mention.target,
    dataset_id: mention.dataset,
    state: mention.state,
    title: mention.title ?? null,
    reason: mention.reason ?? null,
    reuse_id: mention.reuse ?? null,
    received_at: mention.receivedAt,
    checked_at: mention.checkedAt ?? null,
  };
}

function fromRow(row: Row): Mention {
  return {
    id: row.id,
    source: row.source,
    target: row.target,
    dataset: row.dataset_id,
    state: row.state as MentionState,
    ...(row.title !== null && { title: row.title }),
    ...(row.reason !== null && { reason: row.reason }),
    ...(row.reuse_id !== null && { reuse: row.reuse_id }),
    receivedAt: row.received_at,
    ...(row.checked_at !== null && { checkedAt: row.checked_at }),
  };
}
