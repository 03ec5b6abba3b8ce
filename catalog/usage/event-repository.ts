import { sql } from 'kysely';
import type { Database, Tx } from '../storage/database.ts';
import {
  browsingKinds,
  type CountedEvent,
  type EventKind,
  type StoredEvent,
} from './usage-event.ts';

/** An event by the number under which it is stored. */
export interface KnownEvent extends CountedEvent {
  readonly id: number;
}

/** A stored event whose rule changes. */
export interface Rejudged {
  readonly event: KnownEvent;
  readonly rule: string | null;
}

const selected = [
  'id',
  'at',
  'kind',
  'dataset_id',
  'distribution_id',
  'access_method',
  'visitor',
  'rule',
] as const;
const visitRules = ['double-click', 'no-assets'];

/** Every SQL statement that touches table `usage_event`. */
export function eventRepository(tx: Tx, { traits }: Pick<Database, 'traits'>) {
  return {
    /** Makes a place for the events of a month. */
    openMonth: (month: string): Promise<void> => traits.openMonth(tx, 'usage_event', month),
    dropMonth: (month: string): Promise<void> => traits.dropMonth(tx, 'usage_event', month),

    async insert(events: readonly StoredEvent[]): Promise<void> {
      const rows = traits.rowsOf(
        events.map((event) => [
          event.day,
          event.at,
          event.kind,
          event.datasetId,
          event.distributionId,
          event.outcome,
          event.accessMethod,
          event.visitor,
          event.rule,
        ]),
      );
      await sql`
        insert into usage_event
          (day, at, kind, dataset_id, distribution_id, outcome, access_method, visitor, rule)
        select value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5,
          value ->> 6, value ->> 7, value ->> 8
        from ${rows} as item`.execute(tx);
    },

    /**
     * What those visitors browsed on that day before, as far as a rule may still change its mind about it: nothing that
     * a request rule removed, and nothing of a known robot.
     */
    async historyOf(day: string, visitors: readonly string[]): Promise<readonly KnownEvent[]> {
      const rows = await tx
        .selectFrom('usage_event')
        .select(selected)
        .where('day', '=', day)
        .where(traits.among('visitor', visitors))
        .where((eb) => eb.or([eb('rule', 'is', null), eb('rule', 'in', visitRules)]))
        .where('kind', 'in', [...browsingKinds, 'asset'])
        .orderBy('id')
        .execute();
      return rows.map((row) => fromRow(day, row));
    },

    async rejudge(changes: readonly Rejudged[]): Promise<void> {
      if (changes.length === 0) return;
      const rows = traits.rowsOf(
        changes.map(({ event, rule }) => [event.id, event.day, event.visitor, rule]),
      );
      await sql`
        update usage_event set rule = item.value ->> 3
        from ${rows} as item
        where usage_event.id = cast(item.value ->> 0 as bigint)
          and usage_event.day = item.value ->> 1 and usage_event.visitor = item.value ->> 2`.execute(
        tx,
      );
    },

    async removeDay(day: string): Promise<void> {
      await tx.deleteFrom('usage_event').where('day', '=', day).execute();
    },

    /** The days that have events, after one of them. */
    async days(after: string): Promise<readonly string[]> {
      const rows = await tx
        .selectFrom('usage_event')
        .select('day')
        .distinct()
        .where('day', '>', after)
        .orderBy('day')
        .execute();
      return rows.map(({ day }) => day);
    },

    /** Events of a day by visitor, and in the order in which they came; a page of them behind one. */
    async page(
      day: string,
      after: { readonly visitor: string; readonly id: number },
      limit: number,
    ): Promise<readonly KnownEvent[]> {
      const rows = await tx
        .selectFrom('usage_event')
        .select(selected)
        .where('day', '=', day)
        .where((eb) =>
          eb.and([
            eb('visitor', '>=', after.visitor),
            eb.or([eb('visitor', '>', after.visitor), eb('id', '>', after.id)]),
          ]),
        )
        .orderBy('visitor')
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map((row) => fromRow(day, row));
    },

    /** Whose events of which datasets count on a day. */
    async countingOn(
      day: string,
    ): Promise<readonly { readonly datasetId: string; readonly visitor: string }[]> {
      return tx
        .selectFrom('usage_event')
        .select(['dataset_id as datasetId', 'visitor'])
        .where('day', '=', day)
        .where('rule', 'is', null)
        .where('kind', '!=', 'asset')
        .execute();
    },
  };
}

interface SelectedRow {
  readonly id: number;
  readonly at: string;
  readonly kind: string;
  readonly dataset_id: string;
  readonly distribution_id: string;
  readonly access_method: string;
  readonly visitor: string;
  readonly rule: string | null;
}

function fromRow(day: string, row: SelectedRow): KnownEvent {
  return {
    id: row.id,
    day,
    at: row.at,
    kind: row.kind as EventKind,
    datasetId: row.dataset_id,
    distributionId: row.distribution_id,
    accessMethod: row.access_method as StoredEvent['accessMethod'],
    visitor: row.visitor,
    rule: row.rule,
  };
}
