import { sql } from 'kysely';
import type { Queryable } from '../storage/database.ts';

export type UsageKind = 'download' | 'view' | 'api';

export interface UsageEvent {
  readonly kind: UsageKind;
  readonly datasetId: string;
  /** Empty for what concerns the dataset as a whole. */
  readonly distributionId: string;
  /** The local date on which it happened. */
  readonly day: string;
}

export interface UsageCount extends UsageEvent {
  readonly count: number;
}

export interface UsageFilter {
  readonly dataset?: string | undefined;
  readonly agency?: string | undefined;
  /** First and last day, both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export interface UsageFigure {
  /** A day or a month. */
  readonly period: string;
  readonly kind: UsageKind;
  readonly count: number;
}

/** Every SQL statement that touches table `usage_day`. */
export function usageRepository(db: Queryable) {
  return {
    /** Adds counts to what is there, and to the datasets' download totals. */
    async add(counts: readonly UsageCount[]): Promise<void> {
      for (const { kind, datasetId, distributionId, day, count } of counts) {
        await db
          .insertInto('usage_day')
          .values({ day, kind, dataset_id: datasetId, distribution_id: distributionId, count })
          .onConflict((conflict) =>
            conflict
              .columns(['dataset_id', 'kind', 'day', 'distribution_id'])
              .doUpdateSet({ count: sql`usage_day.count + excluded.count` }),
          )
          .execute();
        if (kind !== 'download') continue;
        await db
          .updateTable('published')
          .set((eb) => ({ downloads: eb('downloads', '+', count) }))
          .where('dataset_id', '=', datasetId)
          .execute();
      }
    },

    async figures(filter: UsageFilter, by: 'day' | 'month'): Promise<readonly UsageFigure[]> {
      const period = by === 'day' ? sql<string>`day` : sql<string>`substr(day, 1, 7)`;
      let query = db
        .selectFrom('usage_day')
        .select((eb) => [period.as('period'), 'kind', eb.fn.sum<number>('count').as('count')]);
      if (filter.dataset !== undefined) query = query.where('dataset_id', '=', filter.dataset);
      if (filter.from !== undefined) query = query.where('day', '>=', filter.from);
      if (filter.to !== undefined) query = query.where('day', '<=', filter.to);
      if (filter.agency !== undefined) {
        const { agency } = filter;
        query = query.where('dataset_id', 'in', (eb) =>
          eb.selectFrom('dataset').select('id').where('publisher_id', '=', agency),
        );
      }
      const rows = await query.groupBy([period, 'kind']).orderBy(period).orderBy('kind').execute();
      return rows.map((row) => ({
        period: row.period,
        kind: row.kind as UsageKind,
        count: Number(row.count),
      }));
    },

    async total(kind: UsageKind, dataset?: string): Promise<number> {
      let query = db
        .selectFrom('usage_day')
        .select((eb) => eb.fn.sum<number | null>('count').as('count'))
        .where('kind', '=', kind);
      if (dataset !== undefined) query = query.where('dataset_id', '=', dataset);
      const row = await query.executeTakeFirst();
      return Number(row?.count ?? 0);
    },
  };
}
