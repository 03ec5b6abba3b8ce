import type { Queryable } from '../storage/database.ts';
import {
  type DayFigures,
  type Figures,
  figureColumns,
  fromHistoryRow,
  fromRow,
  type HistoryRow,
  hasLost,
  type KeptScore,
  type Row,
} from './score-row.ts';

const atOnce = 1000;
const sixColumns = ['correct', 'complete', 'clean', 'live', 'unified', 'shared'] as const;

/** A score in what criteria ask of it. */
export interface Standing {
  readonly datasetId: string;
  readonly publisher: string;
  readonly conforms: boolean;
  /** Of the six criteria, each 0 to 100. */
  readonly points: Readonly<Record<(typeof sixColumns)[number], number>>;
}

/** Every SQL statement that touches tables `quality` and `quality_history`. */
export function qualityRepository(db: Queryable) {
  return {
    async find(datasetId: string): Promise<KeptScore | undefined> {
      const row = await db
        .selectFrom('quality')
        .selectAll()
        .where('dataset_id', '=', datasetId)
        .executeTakeFirst();
      return row && fromRow(row);
    },

    /** The European totals of datasets, and since when they are these. */
    async totalsOf(
      datasetIds: readonly string[],
    ): Promise<ReadonlyMap<string, { readonly total: number; readonly changedAt: string }>> {
      const found = new Map<string, { total: number; changedAt: string }>();
      for (let at = 0; at < datasetIds.length; at += atOnce) {
        const rows = await db
          .selectFrom('quality')
          .select(['dataset_id', 'total', 'changed_at'])
          .where('dataset_id', 'in', datasetIds.slice(at, at + atOnce))
          .execute();
        for (const { dataset_id, total, changed_at } of rows) {
          found.set(dataset_id, { total, changedAt: changed_at });
        }
      }
      return found;
    },

    /**
     * Published datasets that are to be scored, in the order of their ids after `after`: never scored, changed since,
     * or not yet scored today.
     *
     * @param since the moment at which the local day began
     */
    async due(since: string, after: string, limit: number): Promise<readonly string[]> {
      const rows = await db
        .selectFrom('dataset')
        .leftJoin('quality', 'quality.dataset_id', 'dataset.id')
        .select('dataset.id as id')
        .where('dataset.id', '>', after)
        .where('dataset.state', '=', 'published')
        .where((eb) =>
          eb.or([
            eb('quality.scored_at', 'is', null),
            eb('quality.scored_at', '<', since),
            eb('quality.revision', '<>', eb.ref('dataset.revision')),
          ]),
        )
        .orderBy('dataset.id')
        .limit(limit)
        .execute();
      return rows.map(({ id }) => id);
    },

    /** Scored datasets that are not published any more, each with the agency that had it. */
    async left(): Promise<readonly { readonly id: string; readonly publisher: string }[]> {
      return db
        .selectFrom('quality')
        .innerJoin('dataset', 'dataset.id', 'quality.dataset_id')
        .select(['dataset.id as id', 'quality.publisher_id as publisher'])
        .where('dataset.state', '<>', 'published')
        .execute();
    },

    /** Has these scored again soon. */
    async forgetMoment(datasetIds: readonly string[]): Promise<void> {
      for (let at = 0; at < datasetIds.length; at += atOnce) {
        await db
          .updateTable('quality')
          .set({ scored_at: '' })
          .where('dataset_id', 'in', datasetIds.slice(at, at + atOnce))
          .execute();
      }
    },

    /** The figures of these datasets, without their metrics. */
    async figuresOf(datasetIds: readonly string[]): Promise<ReadonlyMap<string, Figures>> {
      const found = new Map<string, Figures>();
      for (let at = 0; at < datasetIds.length; at += atOnce) {
        const rows = await db
          .selectFrom('quality')
          .select(['dataset_id', 'publisher_id', 'changed_at', 'share', ...figureColumns])
          .where('dataset_id', 'in', datasetIds.slice(at, at + atOnce))
          .execute();
        for (const row of rows) found.set(row.dataset_id, row);
      }
      return found;
    },

    /** The points of the six criteria of everything published, and whether each record conforms. */
    async standing(): Promise<readonly Standing[]> {
      const rows = await db
        .selectFrom('quality')
        .select(['dataset_id', 'publisher_id', 'metrics_json', ...sixColumns])
        .execute();
      return rows.map(({ dataset_id, publisher_id, metrics_json, ...points }) => ({
        datasetId: dataset_id,
        publisher: publisher_id,
        conforms: !hasLost(metrics_json, 'recordConforms'),
        points,
      }));
    },

    /** Writes scores; `changedAt` of the rows says since when the figures are these. */
    async save(rows: readonly Row[]): Promise<void> {
      for (let at = 0; at < rows.length; at += atOnce) {
        await db
          .insertInto('quality')
          .values(rows.slice(at, at + atOnce))
          .onConflict((conflict) =>
            conflict.column('dataset_id').doUpdateSet((eb) => ({
              publisher_id: eb.ref('excluded.publisher_id'),
              revision: eb.ref('excluded.revision'),
              scored_at: eb.ref('excluded.scored_at'),
              changed_at: eb.ref('excluded.changed_at'),
              share: eb.ref('excluded.share'),
              metrics_json: eb.ref('excluded.metrics_json'),
              ...Object.fromEntries(
                figureColumns.map((column) => [column, eb.ref(`excluded.${column}`)]),
              ),
            })),
          )
          .execute();
      }
    },

    /** Writes the figures of days; those of a day that is there already give way. */
    async saveHistory(rows: readonly HistoryRow[]): Promise<void> {
      for (let at = 0; at < rows.length; at += atOnce) {
        await db
          .insertInto('quality_history')
          .values(rows.slice(at, at + atOnce))
          .onConflict((conflict) =>
            conflict.columns(['dataset_id', 'day']).doUpdateSet((eb) => ({
              publisher_id: eb.ref('excluded.publisher_id'),
              ...Object.fromEntries(
                figureColumns.map((column) => [column, eb.ref(`excluded.${column}`)]),
              ),
            })),
          )
          .execute();
      }
    },

    async remove(datasetIds: readonly string[]): Promise<void> {
      if (datasetIds.length === 0) return;
      await db
        .deleteFrom('quality')
        .where('dataset_id', 'in', [...datasetIds])
        .execute();
    },

    /** The figures of a dataset day by day, oldest first. */
    async history(datasetId: string): Promise<readonly DayFigures[]> {
      const rows = await db
        .selectFrom('quality_history')
        .selectAll()
        .where('dataset_id', '=', datasetId)
        .orderBy('day')
        .execute();
      return rows.map(fromHistoryRow);
    },

    /** The scores of what an agency has published, the lowest first. */
    async lowestOf(publisher: string, limit: number): Promise<readonly KeptScore[]> {
      const rows = await db
        .selectFrom('quality')
        .selectAll()
        .where('publisher_id', '=', publisher)
        .orderBy('total')
        .orderBy('dataset_id')
        .limit(limit)
        .execute();
      return rows.map(fromRow);
    },
  };
}
