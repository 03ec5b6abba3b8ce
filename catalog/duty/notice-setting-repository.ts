import type { Queryable } from '../storage/database.ts';

/** How somebody wants to be told. */
export interface NoticeSettings {
  /** The language of their mail. */
  readonly lang: 'vi' | 'en';
  /** Whether they want reminders; what is escalated comes all the same. */
  readonly reminders: boolean;
  /** Whether a calendar of theirs can be asked for by its secret address. */
  readonly hasCalendar: boolean;
}

export const usualSettings: NoticeSettings = { lang: 'vi', reminders: true, hasCalendar: false };

/** Every SQL statement that touches table `account_notice`. */
export function noticeSettingRepository(db: Queryable) {
  return {
    async find(accountId: string): Promise<NoticeSettings> {
      return (await this.all()).get(accountId) ?? usualSettings;
    },

    /** Of everybody who has chosen something. */
    async all(): Promise<ReadonlyMap<string, NoticeSettings>> {
      const rows = await db.selectFrom('account_notice').selectAll().execute();
      return new Map(
        rows.map((row) => [
          row.account_id,
          {
            lang: row.lang === 'en' ? 'en' : 'vi',
            reminders: row.reminders === 1,
            hasCalendar: row.calendar_hash !== null,
          },
        ]),
      );
    },

    async save(accountId: string, { lang, reminders }: Omit<NoticeSettings, 'hasCalendar'>) {
      const chosen = { lang, reminders: reminders ? 1 : 0 };
      await db
        .insertInto('account_notice')
        .values({ account_id: accountId, ...chosen, calendar_hash: null })
        .onConflict((conflict) => conflict.column('account_id').doUpdateSet(chosen))
        .execute();
    },

    /** Keeps the hash of the secret of somebody's calendar; null: it has an address no more. */
    async saveCalendar(accountId: string, hash: string | null): Promise<void> {
      await db
        .insertInto('account_notice')
        .values({
          account_id: accountId,
          lang: usualSettings.lang,
          reminders: usualSettings.reminders ? 1 : 0,
          calendar_hash: hash,
        })
        .onConflict((conflict) =>
          conflict.column('account_id').doUpdateSet({ calendar_hash: hash }),
        )
        .execute();
    },

    /** Whose calendar has a secret with this hash. */
    async ownerOfCalendar(hash: string): Promise<string | undefined> {
      const row = await db
        .selectFrom('account_notice')
        .select('account_id')
        .where('calendar_hash', '=', hash)
        .executeTakeFirst();
      return row?.account_id;
    },
  };
}
