import type { Queryable } from '../storage/database.ts';

export interface FreshnessRow {
  readonly id: string;
  readonly publisher: string;
  readonly accrualPeriodicity: string | null;
  readonly modified: string | null;
}

/** What the criteria ask of published datasets: how often they should change, and when they last did. */
export function freshnessRepository(db: Queryable) {
  return {
    async list(publisher?: string): Promise<readonly FreshnessRow[]> {
      let query = db
        .selectFrom('dataset')
        .select([
          'id',
          'publisher_id as publisher',
          'accrual_periodicity as accrualPeriodicity',
          'modified',
        ])
        .where('state', '=', 'published');
      if (publisher !== undefined) query = query.where('publisher_id', '=', publisher);
      return query.orderBy('id').execute();
    },
  };
}
