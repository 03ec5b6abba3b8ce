import { sql } from 'kysely';
import type { Database, Tx } from '../storage/database.ts';
import { groupRepository } from './group-repository.ts';
import type { Change, RemovedChange } from './usage-change.ts';

/** Every SQL statement that writes what events add up to. */
export function rollupRepository(tx: Tx, { traits }: Pick<Database, 'traits'>) {
  const rowsOf = (changes: readonly Change[]) =>
    traits.rowsOf(
      changes.map(({ day, kind, datasetId, distributionId, count, raw }) => [
        day,
        kind,
        datasetId,
        distributionId,
        count,
        raw,
      ]),
    );
  const sums = sql`sum(cast(value ->> 4 as integer)), sum(cast(value ->> 5 as integer))`;

  const addDays = async (rows: ReturnType<typeof rowsOf>) => {
    await sql`
      insert into usage_day (day, kind, dataset_id, distribution_id, count, raw)
      select value ->> 0, value ->> 1, value ->> 2, value ->> 3, ${sums}
      from ${rows} as item where true group by 1, 2, 3, 4
      on conflict (dataset_id, kind, day, distribution_id)
      do update set count = usage_day.count + excluded.count, raw = usage_day.raw + excluded.raw`.execute(
      tx,
    );
    await sql`
      insert into usage_total (day, kind, count, raw)
      select value ->> 0, value ->> 1, ${sums}
      from ${rows} as item where true group by 1, 2
      on conflict (day, kind)
      do update set count = usage_total.count + excluded.count, raw = usage_total.raw + excluded.raw`.execute(
      tx,
    );
  };

  return {
    /** Adds changes to every figure: days, months, agencies, themes, the city, and the downloads that the feed tells. */
    async add(changes: readonly Change[]): Promise<void> {
      if (changes.length === 0) return;
      const datasets = [...new Set(changes.map(({ datasetId }) => datasetId))];
      await groupRepository(tx, { traits }).include(datasets);
      const rows = rowsOf(changes);
      await addDays(rows);
      await sql`
        insert into usage_month (month, kind, dataset_id, distribution_id, count, raw)
        select substr(value ->> 0, 1, 7), value ->> 1, value ->> 2, value ->> 3, ${sums}
        from ${rows} as item where true group by 1, 2, 3, 4
        on conflict (dataset_id, kind, month, distribution_id)
        do update set count = usage_month.count + excluded.count, raw = usage_month.raw + excluded.raw`.execute(
        tx,
      );
      await sql`
        insert into usage_group (grouping, value, month, kind, count, raw)
        select m.grouping, m.value, substr(item.value ->> 0, 1, 7), item.value ->> 1,
          sum(cast(item.value ->> 4 as integer)), sum(cast(item.value ->> 5 as integer))
        from ${rows} as item join usage_member m on m.dataset_id = item.value ->> 2
        where true group by 1, 2, 3, 4
        on conflict (grouping, value, month, kind)
        do update set count = usage_group.count + excluded.count, raw = usage_group.raw + excluded.raw`.execute(
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

    /** Puts other figures of a day in the place of those that are there. */
    async replaceDay(day: string, changes: readonly Change[]): Promise<void> {
      await tx.deleteFrom('usage_day').where('day', '=', day).execute();
      await tx.deleteFrom('usage_total').where('day', '=', day).execute();
      await tx.deleteFrom('usage_removed').where('day', '=', day).execute();
      if (changes.length > 0) await addDays(rowsOf(changes));
    },

    /** Makes the figures of a month anew from those of its days. */
    async remakeMonth(month: string, { from, to }: { readonly from: string; readonly to: string }) {
      await tx.deleteFrom('usage_month').where('month', '=', month).execute();
      await sql`
        insert into usage_month (month, kind, dataset_id, distribution_id, count, raw)
        select ${month}, kind, dataset_id, distribution_id, sum(count), sum(raw)
        from usage_day where day >= ${from} and day < ${to}
        group by kind, dataset_id, distribution_id`.execute(tx);
      await groupRepository(tx, { traits }).remake(month);
    },

    /** Makes the downloads that the feed tells anew from the months. */
    async remakeDownloads(): Promise<void> {
      await sql`
        update published set downloads = coalesce((
          select sum(count) from usage_month u
          where u.dataset_id = published.dataset_id and u.kind = 'download'
        ), 0)`.execute(tx);
    },

    /** Removes the figures of days before one; those of their months and of the city stay. */
    async forgetDays(before: string): Promise<void> {
      await tx.deleteFrom('usage_day').where('day', '<', before).execute();
      await tx.deleteFrom('usage_removed').where('day', '<', before).execute();
    },
  };
}
