import type { DatasetRecord } from '../model/dataset.ts';
import type { Queryable } from '../storage/database.ts';

/** Something that happened to the catalogue, in the words of Activity Streams. */
export interface Activity {
  readonly kind: 'Create' | 'Update' | 'Delete';
  readonly datasetId: string;
  /** The IRI that the dataset brought from its source. */
  readonly iri?: string;
  readonly revision: number;
  readonly publishedAt: string;
  /** As it became. Absent: it was withdrawn, then or since. */
  readonly record?: DatasetRecord;
}

/** A dataset as it was published, or withdrawn. */
export interface PublishedRevision {
  readonly state: 'published' | 'withdrawn';
  readonly madeAt: string;
  readonly record: DatasetRecord;
  /** Whether it is the first that was ever published. */
  readonly isFirst: boolean;
}

interface Key {
  readonly dataset_id: string;
  readonly revision: number;
}

/** Every SQL statement that reads table `dataset_revision` as the catalogue's own history. */
export function activityRepository(db: Queryable) {
  const states = ['published', 'withdrawn'];

  return {
    async count(): Promise<number> {
      const row = await db
        .selectFrom('dataset_revision')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('state', 'in', states)
        .executeTakeFirstOrThrow();
      return Number(row.count);
    },

    /** The last revisions of a dataset that the public could see, the newest first. */
    async ofDataset(id: string, limit: number): Promise<readonly PublishedRevision[]> {
      const rows = await db
        .selectFrom('dataset_revision')
        .select(['revision', 'state', 'made_at', 'record_json'])
        .where('dataset_id', '=', id)
        .where('state', 'in', states)
        .orderBy('revision', 'desc')
        .limit(limit + 1)
        .execute();
      const isWhole = rows.length <= limit;
      return rows.map((row, index) => ({
        state: row.state === 'withdrawn' ? 'withdrawn' : 'published',
        madeAt: row.made_at,
        record: JSON.parse(row.record_json) as DatasetRecord,
        isFirst: isWhole && index === rows.length - 1,
      }));
    },

    /** What happened, the oldest first. */
    async list(offset: number, limit: number): Promise<readonly Activity[]> {
      const rows = await db
        .selectFrom('dataset_revision')
        .leftJoin('published', 'published.dataset_id', 'dataset_revision.dataset_id')
        .select([
          'dataset_revision.dataset_id',
          'dataset_revision.revision',
          'dataset_revision.state',
          'dataset_revision.made_at',
          'published.iri',
        ])
        .where('dataset_revision.state', 'in', states)
        .orderBy('dataset_revision.made_at')
        .orderBy('dataset_revision.dataset_id')
        .orderBy('dataset_revision.revision')
        .offset(offset)
        .limit(limit)
        .execute();
      if (rows.length === 0) return [];
      const [first, records] = await Promise.all([firstPublished(rows), liveRecords(rows)]);
      return rows.map((row) => {
        const isFirst = first.get(row.dataset_id) === row.revision;
        const kind = row.state === 'withdrawn' ? 'Delete' : isFirst ? 'Create' : 'Update';
        const record = kind === 'Delete' ? undefined : records.get(keyOf(row));
        return {
          kind,
          datasetId: row.dataset_id,
          ...(row.iri !== null && { iri: row.iri }),
          revision: row.revision,
          publishedAt: row.made_at,
          ...(record && { record }),
        };
      });
    },
  };

  async function firstPublished(keys: readonly Key[]): Promise<ReadonlyMap<string, number>> {
    const rows = await db
      .selectFrom('dataset_revision')
      .select((eb) => ['dataset_id', eb.fn.min('revision').as('first')])
      .where('dataset_id', 'in', idsOf(keys))
      .where('state', '=', 'published')
      .groupBy('dataset_id')
      .execute();
    return new Map(rows.map((row) => [row.dataset_id, Number(row.first)]));
  }

  /** The records of these revisions, but for datasets that are not published any more. */
  async function liveRecords(keys: readonly Key[]): Promise<ReadonlyMap<string, DatasetRecord>> {
    const wanted = new Set(keys.map(keyOf));
    const rows = await db
      .selectFrom('dataset_revision as change')
      .innerJoin('published', 'published.dataset_id', 'change.dataset_id')
      .select(['change.dataset_id', 'change.revision', 'change.record_json'])
      .where('published.live', '=', 1)
      .where('change.dataset_id', 'in', idsOf(keys))
      .where('change.revision', 'in', [...new Set(keys.map(({ revision }) => revision))])
      .execute();
    return new Map(
      rows
        .filter((row) => wanted.has(keyOf(row)))
        .map((row) => [keyOf(row), JSON.parse(row.record_json) as DatasetRecord]),
    );
  }
}

function keyOf({ dataset_id, revision }: Key): string {
  return `${dataset_id} ${revision}`;
}

function idsOf(keys: readonly Key[]): string[] {
  return [...new Set(keys.map(({ dataset_id }) => dataset_id))];
}
