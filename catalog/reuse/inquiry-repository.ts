import { fold } from '../kernel/fold.ts';
import type { LangText } from '../kernel/lang-text.ts';
import type { FeedbackInput, RequestInput } from '../model/inquiry.ts';
import type { Queryable, Tables } from '../storage/database.ts';
import type { InquiryKind, InquiryState } from './inquiry-lifecycle.ts';

export type RequestRecord = Omit<RequestInput, 'email'>;
export type FeedbackRecord = Omit<FeedbackInput, 'email'>;

/** What was answered, for everybody to read. */
export interface InquiryAnswer {
  readonly text: LangText;
  /** The law by which it was declined. */
  readonly legalReason?: string;
}

interface Kept {
  readonly id: string;
  readonly state: InquiryState;
  /** Whether its text may be seen. */
  readonly isShown: boolean;
  /** For those who answer alone. */
  readonly email?: string;
  /** Who is to answer. */
  readonly agency?: string;
  /** What it is about; of a request: what answers it. */
  readonly dataset?: string;
  readonly supporters: number;
  readonly receivedAt: string;
  /** The last day on which an answer is on time. */
  readonly due: string;
  readonly answeredAt?: string;
  readonly answer?: InquiryAnswer;
  readonly reason?: string;
  readonly changedAt: string;
  /** Who of the agency has taken it on, by name; for those who answer alone. */
  readonly handler?: string;
  readonly takenAt?: string;
}

export interface DataRequest extends Kept {
  readonly kind: 'request';
  readonly record: RequestRecord;
}

export interface Feedback extends Kept {
  readonly kind: 'feedback';
  readonly record: FeedbackRecord;
}

export type Inquiry = DataRequest | Feedback;

export interface InquiryFilter {
  readonly kind?: InquiryKind | undefined;
  readonly states?: readonly InquiryState[] | undefined;
  readonly agency?: string | undefined;
  /** Of any of these agencies. */
  readonly agencies?: readonly string[] | undefined;
  readonly dataset?: string | undefined;
  readonly isShown?: boolean | undefined;
  /** Only what was due before this day. */
  readonly dueBefore?: string | undefined;
}

export type InquiryOrder = 'newest' | 'supported' | 'due' | 'answered';

/** Every SQL statement that touches the tables `inquiry` and `inquiry_support`. */
export function inquiryRepository(db: Queryable) {
  const filtered = (filter: InquiryFilter) => {
    const { kind, states, agency, agencies, dataset, isShown, dueBefore } = filter;
    let query = db.selectFrom('inquiry');
    if (kind !== undefined) query = query.where('kind', '=', kind);
    if (states) query = query.where('state', 'in', [...states, '']);
    if (agency !== undefined) query = query.where('agency_id', '=', agency);
    if (agencies) query = query.where('agency_id', 'in', [...agencies, '']);
    if (dataset !== undefined) query = query.where('dataset_id', '=', dataset);
    if (isShown !== undefined) query = query.where('shown', '=', isShown ? 1 : 0);
    if (dueBefore !== undefined) query = query.where('due', '<', dueBefore);
    return query;
  };
  return {
    async find(id: string): Promise<Inquiry | undefined> {
      const row = await db
        .selectFrom('inquiry')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirst();
      return row && fromRow(row);
    },

    async list(
      filter: InquiryFilter,
      order: InquiryOrder,
      offset: number,
      limit: number,
    ): Promise<readonly Inquiry[]> {
      let query = filtered(filter).selectAll();
      if (order === 'supported') query = query.orderBy('supporters', 'desc');
      if (order === 'due') query = query.orderBy('due');
      if (order === 'answered') query = query.orderBy('changed_at', 'desc');
      const rows = await query
        .orderBy('received_at', order === 'due' ? 'asc' : 'desc')
        .orderBy('id')
        .offset(offset)
        .limit(limit)
        .execute();
      return rows.map(fromRow);
    },

    async count(filter: InquiryFilter): Promise<number> {
      const row = await filtered(filter)
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      return Number(row.count);
    },

    /** How many there are in each state. */
    async countByState(filter: InquiryFilter): Promise<ReadonlyMap<InquiryState, number>> {
      const rows = await filtered(filter)
        .select((eb) => ['state', eb.fn.countAll<number>().as('count')])
        .groupBy('state')
        .execute();
      return new Map(rows.map(({ state, count }) => [state as InquiryState, Number(count)]));
    },

    /** The titles of requests that are shown, folded, the newest first. */
    async titles(
      limit: number,
    ): Promise<readonly { readonly id: string; readonly folded: string }[]> {
      return filtered({ kind: 'request', isShown: true })
        .select(['id', 'folded'])
        .where('state', '<>', 'rejected')
        .orderBy('received_at', 'desc')
        .limit(limit)
        .execute();
    },

    async insert(inquiry: Inquiry): Promise<void> {
      await db.insertInto('inquiry').values(toRow(inquiry)).execute();
    },

    /** Writes what acts change; supporters are counted by `support` alone. */
    async update(inquiry: Inquiry): Promise<void> {
      const { id, supporters: _counted, ...row } = toRow(inquiry);
      await db.updateTable('inquiry').set(row).where('id', '=', id).execute();
    },

    /** Lets go of the e-mails of what was settled before a moment: nobody is written to about it any more. */
    async forgetEmails(before: string): Promise<void> {
      await db
        .updateTable('inquiry')
        .set({ email: null })
        .where('email', 'is not', null)
        .where('state', 'in', ['answered', 'declined', 'rejected'])
        .where('changed_at', '<', before)
        .execute();
    },

    /** Adds a supporter. Gives false when they support it already. */
    async support(id: string, supporter: string): Promise<boolean> {
      const added = await db
        .insertInto('inquiry_support')
        .values({ inquiry_id: id, supporter })
        .onConflict((conflict) => conflict.columns(['inquiry_id', 'supporter']).doNothing())
        .returning('inquiry_id')
        .executeTakeFirst();
      if (!added) return false;
      await db
        .updateTable('inquiry')
        .set((eb) => ({ supporters: eb('supporters', '+', 1) }))
        .where('id', '=', id)
        .execute();
      return true;
    },
  };
}

type Row = Tables['inquiry'];

function toRow(inquiry: Inquiry): Row {
  return {
    id: inquiry.id,
    kind: inquiry.kind,
    state: inquiry.state,
    shown: inquiry.isShown ? 1 : 0,
    record_json: JSON.stringify(inquiry.record),
    folded: inquiry.kind === 'request' ? fold(Object.values(inquiry.record.title).join(' ')) : '',
    email: inquiry.email ?? null,
    agency_id: inquiry.agency ?? null,
    dataset_id: inquiry.dataset ?? null,
    supporters: inquiry.supporters,
    received_at: inquiry.receivedAt,
    due: inquiry.due,
    answered_at: inquiry.answeredAt ?? null,
    answer_json: inquiry.answer ? JSON.stringify(inquiry.answer) : null,
    reason: inquiry.reason ?? null,
    changed_at: inquiry.changedAt,
    handler: inquiry.handler ?? null,
    taken_at: inquiry.takenAt ?? null,
  };
}

function fromRow(row: Row): Inquiry {
  const kept: Kept = {
    id: row.id,
    state: row.state as InquiryState,
    isShown: row.shown === 1,
    ...(row.email !== null && { email: row.email }),
    ...(row.agency_id !== null && { agency: row.agency_id }),
    ...(row.dataset_id !== null && { dataset: row.dataset_id }),
    supporters: row.supporters,
    receivedAt: row.received_at,
    due: row.due,
    ...(row.answered_at !== null && { answeredAt: row.answered_at }),
    ...(row.answer_json !== null && { answer: JSON.parse(row.answer_json) as InquiryAnswer }),
    ...(row.reason !== null && { reason: row.reason }),
    changedAt: row.changed_at,
    ...(row.handler !== null && { handler: row.handler }),
    ...(row.taken_at !== null && { takenAt: row.taken_at }),
  };
  const record: unknown = JSON.parse(row.record_json);
  return row.kind === 'request'
    ? { ...kept, kind: 'request', record: record as RequestRecord }
    : { ...kept, kind: 'feedback', record: record as FeedbackRecord };
}
