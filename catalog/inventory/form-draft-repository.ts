import type { Instant } from '../kernel/clock.ts';
import type { Queryable } from '../storage/database.ts';

/** What somebody has typed into a form and not saved yet. */
export interface FormDraft {
  /** `dataset/{id}`, or `dataset` for one that is new. */
  readonly subject: string;
  /** The revision that was being changed; 0 for what is new. */
  readonly revision: number;
  /** The fields as a form is written. */
  readonly fields: string;
  readonly savedAt: string;
}

/** Every SQL statement that touches table `form_draft`. Only who typed a draft reads it. */
export function formDraftRepository(db: Queryable) {
  return {
    async find(accountId: string, subject: string): Promise<FormDraft | undefined> {
      const row = await db
        .selectFrom('form_draft')
        .selectAll()
        .where('account_id', '=', accountId)
        .where('subject', '=', subject)
        .executeTakeFirst();
      return row && { subject, revision: row.revision, fields: row.fields, savedAt: row.saved_at };
    },

    async save(
      accountId: string,
      { subject, revision, fields }: Omit<FormDraft, 'savedAt'>,
      at: Instant,
    ): Promise<void> {
      const row = { account_id: accountId, subject, revision, fields, saved_at: at };
      await db
        .insertInto('form_draft')
        .values(row)
        .onConflict((conflict) => conflict.columns(['account_id', 'subject']).doUpdateSet(row))
        .execute();
    },

    async remove(accountId: string, subject: string): Promise<void> {
      await db
        .deleteFrom('form_draft')
        .where('account_id', '=', accountId)
        .where('subject', '=', subject)
        .execute();
    },
  };
}
