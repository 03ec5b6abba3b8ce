import { localDate } from '../kernel/clock.ts';
import type { ReuseType } from '../model/reuse.ts';
import type { Queryable } from '../storage/database.ts';
import { type InquiryKind, type InquiryState, inquiryStates } from './inquiry-lifecycle.ts';

/** Days, both within; local dates. */
export interface Days {
  readonly from: string;
  readonly to: string;
}

/** A published reuse and one dataset that it uses: what is counted of a dataset and its agency. */
export interface ReuseFact {
  readonly reuseId: string;
  readonly type: ReuseType;
  readonly datasetId: string;
  readonly publisher: string;
  /** The local date of its first publication. */
  readonly publishedOn: string;
  /** Whether its address answers, as far as is known. */
  readonly isAlive: boolean;
  /** Whether a link back to the catalogue was seen in it. */
  readonly isProven: boolean;
}

/** A request or a report, and whether it was answered in time. */
export interface InquiryFact {
  readonly id: string;
  readonly kind: InquiryKind;
  readonly state: InquiryState;
  /** Absent: nobody's yet; the coordinator's to assign. */
  readonly agency?: string;
  readonly datasetId?: string;
  /** Local dates. */
  readonly receivedOn: string;
  readonly due: string;
  readonly answeredOn?: string;
}

/** What was said of a dataset's use in the days that were asked for. */
export interface SatisfactionFact {
  readonly datasetId: string;
  readonly publisher: string;
  readonly useful: number;
  readonly useless: number;
}

/** What the criteria ask of reuses, requests, reports and satisfaction. */
export function reuseFactsRepository(db: Queryable) {
  return {
    /** Reuses that were published up to the end of the days and not withdrawn by then, a row for each dataset. */
    async reuses({ to }: Pick<Days, 'to'>): Promise<readonly ReuseFact[]> {
      const rows = await db
        .selectFrom('reuse')
        .innerJoin('reuse_dataset', 'reuse_dataset.reuse_id', 'reuse.id')
        .innerJoin('dataset', 'dataset.id', 'reuse_dataset.dataset_id')
        .select([
          'reuse.id',
          'reuse.type',
          'reuse.published_at',
          'reuse.withdrawn_at',
          'reuse.dead_since',
          'reuse.proven_at',
          'reuse_dataset.dataset_id',
          'dataset.publisher_id',
        ])
        .where('reuse.published_at', 'is not', null)
        .$narrowType<{ published_at: string }>()
        .orderBy('reuse.id')
        .execute();
      return rows
        .filter(({ published_at, withdrawn_at }) => {
          const isOut = localDate(published_at) <= to;
          return isOut && (withdrawn_at === null || localDate(withdrawn_at) > to);
        })
        .map((row) => ({
          reuseId: row.id,
          type: row.type as ReuseType,
          datasetId: row.dataset_id,
          publisher: row.publisher_id,
          publishedOn: localDate(row.published_at),
          isAlive: row.dead_since === null || localDate(row.dead_since) > to,
          isProven: row.proven_at !== null,
        }));
    },

    /** Requests and reports that fall due within the days. What was rejected as spam is none. */
    async inquiries({ from, to }: Days, kind?: InquiryKind): Promise<readonly InquiryFact[]> {
      let query = db
        .selectFrom('inquiry')
        .select([
          'id',
          'kind',
          'state',
          'agency_id',
          'dataset_id',
          'received_at',
          'due',
          'answered_at',
        ])
        .where('due', '>=', from)
        .where('due', '<=', to)
        .where('state', 'in', [...inquiryStates])
        .orderBy('id');
      if (kind !== undefined) query = query.where('kind', '=', kind);
      return (await query.execute()).map((row) => ({
        id: row.id,
        kind: row.kind as InquiryKind,
        state: row.state as InquiryState,
        ...(row.agency_id !== null && { agency: row.agency_id }),
        ...(row.dataset_id !== null && { datasetId: row.dataset_id }),
        receivedOn: localDate(row.received_at),
        due: row.due,
        ...(row.answered_at !== null && { answeredOn: localDate(row.answered_at) }),
      }));
    },

    /** What was said of datasets within the days: satisfaction is useful ÷ (useful + useless), with that sum as n. */
    async satisfaction({ from, to }: Days): Promise<readonly SatisfactionFact[]> {
      const rows = await db
        .selectFrom('usefulness')
        .innerJoin('dataset', 'dataset.id', 'usefulness.dataset_id')
        .select((eb) => [
          'usefulness.dataset_id',
          'dataset.publisher_id',
          eb.fn.sum<number>('usefulness.useful').as('useful'),
          eb.fn.sum<number>('usefulness.useless').as('useless'),
        ])
        .where('usefulness.day', '>=', from)
        .where('usefulness.day', '<=', to)
        .groupBy(['usefulness.dataset_id', 'dataset.publisher_id'])
        .orderBy('usefulness.dataset_id')
        .execute();
      return rows.map((row) => ({
        datasetId: row.dataset_id,
        publisher: row.publisher_id,
        useful: Number(row.useful),
        useless: Number(row.useless),
      }));
    },
  };
}

/** Whether an answer came by the day it was due. Absent: it is open, and not due yet on the day of asking. */
export function isInTime({ answeredOn, due }: InquiryFact, today: string): boolean | undefined {
  if (answeredOn !== undefined) return answeredOn <= due;
  return due < today ? false : undefined;
}
