import { pickLanguage } from '../kernel/lang-text.ts';
import type { DatasetRecord, DatasetState } from '../model/dataset.ts';
import type { Queryable, Tables } from '../storage/database.ts';

/** A dataset as it is kept: the record, and where it stands. */
export interface Dataset {
  readonly record: DatasetRecord;
  readonly state: DatasetState;
  /** Counts up with every write; the base of optimistic locking. */
  readonly revision: number;
  readonly createdAt: string;
  readonly changedAt: string;
  /** First publication. */
  readonly releasedAt?: string;
  readonly withdrawnAt?: string;
  /** Why it was last returned or withdrawn. */
  readonly reason?: string;
}

export interface Revision {
  readonly revision: number;
  readonly state: DatasetState;
  readonly act: string;
  readonly author: string;
  readonly madeAt: string;
  readonly reason?: string;
  readonly record: DatasetRecord;
}

export interface DatasetFilter {
  readonly state?: DatasetState;
  readonly publisher?: string;
  readonly planYear?: string;
  /** Only datasets that are published, or that one of these agencies answers for. */
  readonly visibleTo?: readonly string[];
}

/** Every SQL statement that touches tables `dataset`, `dataset_revision` and `distribution`. */
export function datasetRepository(db: Queryable) {
  return {
    async find(id: string): Promise<Dataset | undefined> {
      const row = await db
        .selectFrom('dataset')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirst();
      return row && fromRow(row);
    },

    async findMany(ids: readonly string[]): Promise<ReadonlyMap<string, Dataset>> {
      if (ids.length === 0) return new Map();
      const rows = await db
        .selectFrom('dataset')
        .selectAll()
        .where('id', 'in', [...ids])
        .execute();
      return new Map(rows.map((row) => [row.id, fromRow(row)]));
    },

    /** Those of the ids that there are. */
    async existing(ids: readonly string[]): Promise<ReadonlySet<string>> {
      if (ids.length === 0) return new Set();
      const rows = await db
        .selectFrom('dataset')
        .select('id')
        .where('id', 'in', [...ids])
        .execute();
      return new Set(rows.map(({ id }) => id));
    },

    /** The ids of the datasets that brought these IRIs from their sources. */
    async idsByIri(iris: readonly string[]): Promise<ReadonlyMap<string, string>> {
      if (iris.length === 0) return new Map();
      const rows = await db
        .selectFrom('dataset')
        .select(['id', 'iri'])
        .where('iri', 'in', [...iris])
        .execute();
      return new Map(rows.map(({ id, iri }) => [String(iri), id]));
    },

    /** Datasets in the order of their ids, after `after`. */
    async list(filter: DatasetFilter, after: string, limit: number): Promise<readonly Dataset[]> {
      let query = db.selectFrom('dataset').selectAll().where('id', '>', after);
      const { state, publisher, planYear, visibleTo } = filter;
      if (state !== undefined) query = query.where('state', '=', state);
      if (publisher !== undefined) query = query.where('publisher_id', '=', publisher);
      if (planYear !== undefined) query = query.where('plan_year', '=', planYear);
      if (visibleTo?.length === 0) query = query.where('state', '=', 'published');
      else if (visibleTo !== undefined) {
        query = query.where((eb) =>
          eb.or([eb('state', '=', 'published'), eb('publisher_id', 'in', visibleTo)]),
        );
      }
      return (await query.orderBy('id').limit(limit).execute()).map(fromRow);
    },

    /** The ids and Vietnamese titles of an agency's datasets in a year's plan, in the order of the ids. */
    async titlesInPlan(
      publisher: string,
      planYear: string,
      limit: number,
    ): Promise<readonly { readonly id: string; readonly title: string }[]> {
      return db
        .selectFrom('dataset')
        .select(['id', 'title'])
        .where('publisher_id', '=', publisher)
        .where('plan_year', '=', planYear)
        .orderBy('id')
        .limit(limit)
        .execute();
    },

    async insert(datasets: readonly Dataset[]): Promise<void> {
      if (datasets.length === 0) return;
      await db.insertInto('dataset').values(datasets.map(toRow)).execute();
    },

    /** Writes over the revision that was read. Gives false when somebody else was faster. */
    async update(dataset: Dataset, revisionRead: number): Promise<boolean> {
      const { id, created_at, ...rest } = toRow(dataset);
      const result = await db
        .updateTable('dataset')
        .set(rest)
        .where('id', '=', id)
        .where('revision', '=', revisionRead)
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },

    async addRevisions(
      entries: readonly {
        dataset: Dataset;
        act: string;
        author: string;
        reason?: string | undefined;
      }[],
    ): Promise<void> {
      if (entries.length === 0) return;
      await db
        .insertInto('dataset_revision')
        .values(
          entries.map(({ dataset, act, author, reason }) => ({
            dataset_id: dataset.record.id,
            revision: dataset.revision,
            state: dataset.state,
            act,
            record_json: JSON.stringify(dataset.record),
            author,
            reason: reason ?? null,
            made_at: dataset.changedAt,
          })),
        )
        .execute();
    },

    /** The record as it was at a revision. */
    async recordOf(id: string, revision: number): Promise<DatasetRecord | undefined> {
      const row = await db
        .selectFrom('dataset_revision')
        .select('record_json')
        .where('dataset_id', '=', id)
        .where('revision', '=', revision)
        .executeTakeFirst();
      return row && (JSON.parse(row.record_json) as DatasetRecord);
    },

    async listRevisions(id: string): Promise<readonly Revision[]> {
      const rows = await db
        .selectFrom('dataset_revision')
        .selectAll()
        .where('dataset_id', '=', id)
        .orderBy('revision', 'desc')
        .execute();
      return rows.map((row) => ({
        revision: row.revision,
        state: row.state as DatasetState,
        act: row.act,
        author: row.author,
        madeAt: row.made_at,
        ...(row.reason !== null && { reason: row.reason }),
        record: JSON.parse(row.record_json) as DatasetRecord,
      }));
    },

    /** What was done to a dataset, the latest first, without the records. */
    async listActs(id: string, limit: number): Promise<readonly Omit<Revision, 'record'>[]> {
      const rows = await db
        .selectFrom('dataset_revision')
        .select(['revision', 'state', 'act', 'author', 'made_at', 'reason'])
        .where('dataset_id', '=', id)
        .orderBy('revision', 'desc')
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        revision: row.revision,
        state: row.state as DatasetState,
        act: row.act,
        author: row.author,
        madeAt: row.made_at,
        ...(row.reason !== null && { reason: row.reason }),
      }));
    },

    /** Distribution ids that another dataset has already, with that dataset. */
    async takenDistributions(
      wanted: readonly { id: string; dataset: string }[],
    ): Promise<ReadonlyMap<string, string>> {
      const taken = new Map<string, string>();
      const owner = new Map(wanted.map(({ id, dataset }) => [id, dataset]));
      const ids = [...owner.keys()];
      for (let at = 0; at < ids.length; at += 1000) {
        const rows = await db
          .selectFrom('distribution')
          .select(['id', 'dataset_id'])
          .where('id', 'in', ids.slice(at, at + 1000))
          .execute();
        for (const row of rows) {
          if (owner.get(row.id) !== row.dataset_id) taken.set(row.id, row.dataset_id);
        }
      }
      return taken;
    },

    /** Makes the distribution rows say what the records say. */
    async replaceDistributions(changed: readonly Dataset[], isNew: boolean): Promise<void> {
      if (changed.length === 0) return;
      if (!isNew) {
        const ids = changed.map(({ record }) => record.id);
        await db.deleteFrom('distribution').where('dataset_id', 'in', ids).execute();
      }
      const rows = changed.flatMap(({ record }) =>
        (record.distribution ?? []).map((distribution) => ({
          id: distribution.id,
          dataset_id: record.id,
          access_url: distribution.accessURL,
          download_url: distribution.downloadURL ?? null,
        })),
      );
      // SQLite binds at most 32,766 values in a statement.
      for (let at = 0; at < rows.length; at += 5000) {
        await db
          .insertInto('distribution')
          .values(rows.slice(at, at + 5000))
          .execute();
      }
    },

    /** The dataset a distribution belongs to, with the addresses it leads to. */
    async findDistribution(
      id: string,
    ): Promise<{ datasetId: string; accessURL: string; downloadURL?: string } | undefined> {
      const row = await db
        .selectFrom('distribution')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirst();
      return (
        row && {
          datasetId: row.dataset_id,
          accessURL: row.access_url,
          ...(row.download_url !== null && { downloadURL: row.download_url }),
        }
      );
    },

    async countByState(): Promise<ReadonlyMap<DatasetState, number>> {
      const rows = await db
        .selectFrom('dataset')
        .select((eb) => ['state', eb.fn.countAll<number>().as('count')])
        .groupBy('state')
        .execute();
      return new Map(rows.map((row) => [row.state as DatasetState, Number(row.count)]));
    },
  };
}

function toRow({ record, ...dataset }: Dataset) {
  return {
    id: record.id,
    iri: record.iri ?? null,
    publisher_id: record.publisher,
    state: dataset.state,
    revision: dataset.revision,
    title: pickLanguage(record.title, 'vi').text,
    record_json: JSON.stringify(record),
    openness: record.inventory?.openness ?? null,
    plan_year: record.inventory?.release?.plan ?? null,
    release_due: record.inventory?.release?.due ?? null,
    accrual_periodicity: record.accrualPeriodicity ?? null,
    modified: record.modified ?? null,
    created_at: dataset.createdAt,
    changed_at: dataset.changedAt,
    released_at: dataset.releasedAt ?? null,
    withdrawn_at: dataset.withdrawnAt ?? null,
    reason: dataset.reason ?? null,
  };
}

function fromRow(row: Tables['dataset']): Dataset {
  return {
    record: JSON.parse(row.record_json) as DatasetRecord,
    state: row.state as DatasetState,
    revision: row.revision,
    createdAt: row.created_at,
    changedAt: row.changed_at,
    ...(row.released_at !== null && { releasedAt: row.released_at }),
    ...(row.withdrawn_at !== null && { withdrawnAt: row.withdrawn_at }),
    ...(row.reason !== null && { reason: row.reason }),
  };
}
