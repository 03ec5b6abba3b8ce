import type { Queryable, Tables } from '../storage/database.ts';

/** What has become of a dataset, for somebody who waits to hear of it. */
export type NoticeKind = 'submitted' | 'returned' | 'approved' | 'handed-over';

/** Something that somebody is to be told. */
export interface Notice {
  readonly id: string;
  readonly accountId: string;
  readonly kind: NoticeKind;
  readonly datasetId: string;
  readonly reason?: string;
  readonly at: string;
}

/** Every SQL statement that touches table `notice`. */
export function noticeRepository(db: Queryable) {
  return {
    async insert(notices: readonly Notice[]): Promise<void> {
      if (notices.length === 0) return;
      await db.insertInto('notice').values(notices.map(toRow)).execute();
    },

    /** Those who have something waiting since before a moment. */
    async waiting(before: string, limit: number): Promise<readonly string[]> {
      const rows = await db
        .selectFrom('notice')
        .select('account_id')
        .distinct()
        .where('at', '<=', before)
        .limit(limit)
        .execute();
      return rows.map(({ account_id }) => account_id);
    },

    /** Takes all that waits for somebody out of the table; of two at once, one has it. */
    async take(accountId: string): Promise<readonly Notice[]> {
      const rows = await db
        .deleteFrom('notice')
        .where('account_id', '=', accountId)
        .returningAll()
        .execute();
      return rows.map(fromRow).sort((a, b) => (a.at < b.at ? -1 : 1));
    },
  };
}

function toRow({ id, accountId, kind, datasetId, reason, at }: Notice): Tables['notice'] {
  return {
    id,
    account_id: accountId,
    kind,
    subject: `dataset/${datasetId}`,
    reason: reason ?? null,
    at,
  };
}

function fromRow(row: Tables['notice']): Notice {
  return {
    id: row.id,
    accountId: row.account_id,
    kind: row.kind as NoticeKind,
    datasetId: row.subject.replace(/^dataset\//, ''),
    ...(row.reason !== null && { reason: row.reason }),
    at: row.at,
  };
}
