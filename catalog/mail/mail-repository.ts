import type { Queryable, Tables } from '../storage/database.ts';

/** What a mail says, before it goes anywhere. */
export interface MailInput {
  /** What it is about, for who looks after the queue. */
  readonly kind: MailKind;
  readonly to: { readonly email: string; readonly name: string };
  readonly lang: 'vi' | 'en';
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export type MailKind = 'reminder' | 'workflow' | 'invitation' | 'trial' | 'outcome';

export type MailState = 'queued' | 'sent' | 'failed';

export const mailStates: readonly MailState[] = ['queued', 'failed', 'sent'];

/** A mail and how far it is on its way. */
export interface Mail extends MailInput {
  readonly id: string;
  readonly state: MailState;
  /** How many times it was handed to the mail server, the present time included. */
  readonly attempts: number;
  readonly nextTryAt: string;
  /** What the mail server said last, or why it did not answer. */
  readonly lastError?: string;
  readonly createdAt: string;
  readonly sentAt?: string;
}

const candidates = 10;

/** Every SQL statement that touches table `mail`. */
export function mailRepository(db: Queryable) {
  return {
    async insert(mails: readonly Mail[]): Promise<void> {
      if (mails.length === 0) return;
      await db.insertInto('mail').values(mails.map(toRow)).execute();
    },

    /** Some that may be sent now: the longest waiting first, and none that somebody is sending. */
    async waiting(now: string): Promise<readonly Mail[]> {
      const rows = await db
        .selectFrom('mail')
        .selectAll()
        .where('state', '=', 'queued')
        .where('next_try_at', '<=', now)
        .where((eb) => eb.or([eb('leased_until', 'is', null), eb('leased_until', '<=', now)]))
        .orderBy('next_try_at')
        .orderBy('id')
        .limit(candidates)
        .execute();
      return rows.map(fromRow);
    },

    /**
     * Makes a mail one's own until the lease is over, and counts the attempt. Absent: of two who read it at once, the other
     * was faster; the number of attempts tells.
     */
    async take({ id, attempts, ...mail }: Mail, until: string): Promise<Mail | undefined> {
      const taken = await db
        .updateTable('mail')
        .set({ leased_until: until, attempts: attempts + 1 })
        .where('id', '=', id)
        .where('state', '=', 'queued')
        .where('attempts', '=', attempts)
        .executeTakeFirst();
      return taken.numUpdatedRows === 1n ? { ...mail, id, attempts: attempts + 1 } : undefined;
    },

    /** Notes that it went out. What it said, and the secrets in that, are dropped. */
    async markSent({ id, attempts }: Mail, at: string): Promise<void> {
      await db
        .updateTable('mail')
        .set({
          state: 'sent',
          sent_at: at,
          leased_until: null,
          last_error: null,
          body_text: '',
          body_html: '',
        })
        .where('id', '=', id)
        .where('attempts', '=', attempts)
        .execute();
    },

    /** Notes that it did not go out. Without a time to try again, it is given up. */
    async markUnsent({ id, attempts }: Mail, error: string, nextTryAt?: string): Promise<void> {
      await db
        .updateTable('mail')
        .set({
          leased_until: null,
          last_error: error,
          ...(nextTryAt === undefined ? { state: 'failed' } : { next_try_at: nextTryAt }),
        })
        .where('id', '=', id)
        .where('attempts', '=', attempts)
        .execute();
    },

    /** Has a mail that was given up, or that waits, tried at once. Gives false when there is no such mail. */
    async retry(id: string, at: string): Promise<boolean> {
      const result = await db
        .updateTable('mail')
        .set({ state: 'queued', next_try_at: at })
        .where('id', '=', id)
        .where('state', 'in', ['queued', 'failed'])
        .executeTakeFirst();
      return result.numUpdatedRows > 0n;
    },

    async find(id: string): Promise<Mail | undefined> {
      const row = await db.selectFrom('mail').selectAll().where('id', '=', id).executeTakeFirst();
      return row && fromRow(row);
    },

    /** The newest first. */
    async list(state: MailState | undefined, limit: number): Promise<readonly Mail[]> {
      let query = db.selectFrom('mail').selectAll();
      if (state !== undefined) query = query.where('state', '=', state);
      const rows = await query.orderBy('created_at', 'desc').orderBy('id').limit(limit).execute();
      return rows.map(fromRow);
    },

    async countByState(): Promise<ReadonlyMap<MailState, number>> {
      const rows = await db
        .selectFrom('mail')
        .select((eb) => ['state', eb.fn.countAll<number>().as('count')])
        .groupBy('state')
        .execute();
      return new Map(rows.map(({ state, count }) => [state as MailState, Number(count)]));
    },

    /** Since when the oldest mail waits that did not go out. */
    async waitingSince(): Promise<string | undefined> {
      const row = await db
        .selectFrom('mail')
        .select((eb) => eb.fn.min('created_at').as('since'))
        .where('state', '=', 'queued')
        .executeTakeFirst();
      return row?.since ?? undefined;
    },

    /** Drops what was sent before a moment. */
    async prune(before: string): Promise<void> {
      await db
        .deleteFrom('mail')
        .where('state', '=', 'sent')
        .where('created_at', '<', before)
        .execute();
    },
  };
}

function toRow(mail: Mail): Tables['mail'] {
  return {
    id: mail.id,
    kind: mail.kind,
    to_email: mail.to.email,
    to_name: mail.to.name,
    lang: mail.lang,
    subject: mail.subject,
    body_text: mail.text,
    body_html: mail.html,
    state: mail.state,
    attempts: mail.attempts,
    next_try_at: mail.nextTryAt,
    leased_until: null,
    last_error: mail.lastError ?? null,
    created_at: mail.createdAt,
    sent_at: mail.sentAt ?? null,
  };
}

function fromRow(row: Tables['mail']): Mail {
  return {
    id: row.id,
    kind: row.kind as MailKind,
    to: { email: row.to_email, name: row.to_name },
    lang: row.lang === 'en' ? 'en' : 'vi',
    subject: row.subject,
    text: row.body_text,
    html: row.body_html,
    state: row.state as MailState,
    attempts: row.attempts,
    nextTryAt: row.next_try_at,
    ...(row.last_error !== null && { lastError: row.last_error }),
    createdAt: row.created_at,
    ...(row.sent_at !== null && { sentAt: row.sent_at }),
  };
}
