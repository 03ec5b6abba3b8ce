import type { LangText } from '../kernel/lang-text.ts';
import type { DatasetRecord } from '../model/dataset.ts';
import type { Queryable } from '../storage/database.ts';

/** As much of a dataset as a page needs that names it. */
export interface UsedDataset {
  readonly id: string;
  readonly title: LangText;
  readonly publisher: string;
  /** Whether it is published now; else it is withdrawn, or on the roadmap. */
  readonly isPublished: boolean;
}

/** Asks after the datasets that reuses, requests and feedback name. What the public must not know is not there. */
export function usedDatasetRepository(db: Queryable) {
  return {
    /** Those of these that are published now, were so once, or are promised by a plan. */
    async find(ids: readonly string[]): Promise<ReadonlyMap<string, UsedDataset>> {
      if (ids.length === 0) return new Map();
      const rows = await db
        .selectFrom('dataset')
        .select(['id', 'publisher_id', 'state', 'record_json'])
        .where('id', 'in', [...ids])
        .where((eb) =>
          eb.or([
            eb('released_at', 'is not', null),
            eb.and([eb('plan_year', 'is not', null), eb('release_due', 'is not', null)]),
          ]),
        )
        .execute();
      return new Map(
        rows.map(({ id, publisher_id, state, record_json }) => [
          id,
          {
            id,
            title: (JSON.parse(record_json) as DatasetRecord).title,
            publisher: publisher_id,
            isPublished: state === 'published',
          },
        ]),
      );
    },

    /** Those of these that are published now. */
    async published(ids: readonly string[]): Promise<ReadonlySet<string>> {
      const found = await this.find(ids);
      return new Set([...found.values()].flatMap(({ id, isPublished }) => (isPublished ? id : [])));
    },
  };
}
