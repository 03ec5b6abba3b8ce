import { sql } from 'kysely';
import type { Database, Tx } from '../storage/database.ts';
import type { Change, RemovedChange } from './usage-change.ts';

/** Every SQL statement that writes what events add up to. */
export function rollupRepository(tx: Tx, { traits }: Pick<Database, 'traits'>) {
  return {
    /** Adds changes to the figures of days, months and the city, and to the downloads that the feed tells. */
    async add(changes: readonly Change[]): Promise<void> {
      if (changes.length === 0) return;
      const rows = traits.rowsOf(
        changes.map(({ day, kind, datasetId, distributionId, count, raw }) => [
          day,
          kind,
          datasetId,
          distributionId,
          count,
          raw,
        ]),
      );
      await sql`
        insert into usage_day (day, kind, dataset_id, distribution_id, count, raw)
        select value ->> 0, value ->> 1, value ->> 2, value ->> 3,
          cast(value ->> 4 as integer), cast(value ->> 5 as integer)
        from ${rows} as item where true
        on conflict (dataset_id, kind, day, distribution_id)
        do update set count = usage_day.count + excluded.count, raw = usage_day.raw + excluded.raw`.execute(
        tx,
      );
      await sql`
        insert into usage_month (month, kind, dataset_id, distribution_id, count, raw)
        select substr(value ->> 0, 1, 7), value ->> 1, value ->> 2, value ->> 3,
          sum(cast(value ->> 4 as integer)), sum(cast(value ->> 5 as integer))
        from ${rows} as item where true group by 1, 2, 3, 4
        on conflict (dataset_id, kind, month, distribution_id)
        do update set count = usage_month.count + excluded.count, raw = usage_month.raw + excluded.raw`.execute(
        tx,
      );
      await sql`
        insert into usage_total (day, kind, count, raw)
        select value ->> 0, value ->> 1,
          sum(cast(value ->> 4 as integer)), sum(cast(value ->> 5 as integer))
        from ${rows} as item where true group by 1, 2
        on conflict (day, kind)
        do update set count = usage_total.count + excluded.count, raw = usage_total.raw + excluded.raw`.execute(
        tx,
      );
      await sql`
        update published set downloads = published.downloads + change.count
        from (
          select value ->> 2 as dataset_id, sum(cast(value ->> 4 as integer)) as count
          from ${rows} as item where value ->> 1 = 'download' group by 1
        ) as change
        where published.dataset_id = change.dataset_id and change.count <> 0`.execute(tx);
    },

    async addRemoved(changes: readonly RemovedChange[]): Promise<void> {
      if (changes.length === 0) return;
      const rows = traits.rowsOf(
        changes.map(({ day, kind, datasetId, rule, count }) => [day, kind, datasetId, rule, count]),
      );
      await sql`
        insert into usage_removed (day, kind, dataset_id, rule, count)
        select value ->> 0, value ->> 1, value ->> 2, value ->> 3, cast(value ->> 4 as integer)
        from ${rows} as item where true
        on conflict (dataset_id, kind, day, rule)
        do update set count = usage_removed.count + excluded.count`.execute(tx);
    },

    async addLost(day: string, count: number): Promise<void> {
      await tx
        .insertInto('usage_lost')
        .values({ day, count })
        .onConflict((conflict) =>
          conflict.column('day').doUpdateSet({ count: sql`usage_lost.count + excluded.count` }),
        )
        .execute();
    },

    /** Takes a day's figures away, to be made again from its events. */
    async clearDay(day: string): Promise<void> {
      await tx.deleteFrom('usage_day').where('day', '=', day).execute();
      await tx.deleteFrom('usage_total').where('day', '=', day).execute();
      await tx.deleteFrom('usage_removed').where('day', '=', day).execute();
      await tx.deleteFrom('usage_sketch').where('period', '=', day).execute();
      await tx.deleteFrom('usage_robot').where('day', '=', day).execute();
    },

    /** The figures of a day with their signs turned: what taking them away changes. */
    async opposite(day: string): Promise<readonly Change[]> {
      const rows = await tx.selectFrom('usage_day').selectAll().where('day', '=', day).execute();
      return rows.map((row) => ({
        day,
        kind: row.kind as Change['kind'],
        datasetId: row.dataset_id,
        distributionId: row.distribution_id,
        count: -row.count,
        raw: -row.raw,
      }));
    },

    /** Removes figures of nothing, which taking away leaves behind. */
    async sweepNothing(month: string): Promise<void> {
      await tx
        .deleteFrom('usage_month')
        .where('month', '=', month)
        .where('count', '=', 0)
        .where('raw', '=', 0)
        .execute();
    },
  };
}
