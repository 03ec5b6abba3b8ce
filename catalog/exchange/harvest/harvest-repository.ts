import type { Instant } from '../../kernel/clock.ts';
import type { Queryable, Tables } from '../../storage/database.ts';
import type { HarvestSource } from './harvest-source.ts';

/** What a round did, counted; see `ImportReport`. */
export interface HarvestReport {
  readonly read: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly rejected: number;
  /** Taken out because the source has them no more. */
  readonly withdrawn: number;
  /** Gone from the source, but so many that somebody should look first. */
  readonly withheld: number;
  /** Why it came to no end. */
  readonly error?: string;
}

/** A source and how its last round went. */
export interface HarvestState {
  readonly source: HarvestSource;
  /** Rounds that were begun. */
  readonly round: number;
  readonly beganAt?: string;
  readonly endedAt?: string;
  readonly dueAt?: string;
  readonly report?: HarvestReport;
}

/** Every SQL statement that touches tables `harvest_source` and `harvest_dataset`. */
export function harvestRepository(db: Queryable) {
  return {
    async find(name: string): Promise<HarvestState | undefined> {
      const row = await db
        .selectFrom('harvest_source')
        .selectAll()
        .where('name', '=', name)
        .executeTakeFirst();
      return row && fromRow(row);
    },

    async list(): Promise<readonly HarvestState[]> {
      const rows = await db.selectFrom('harvest_source').selectAll().orderBy('name').execute();
      return rows.map(fromRow);
    },

    async insert(source: HarvestSource, at: Instant, dueAt: Instant | undefined): Promise<void> {
      await db
        .insertInto('harvest_source')
        .values({
          name: source.name,
          record_json: JSON.stringify(source),
          created_at: at,
          round: 0,
          due_at: dueAt ?? null,
        })
        .execute();
    },

    /** Forgets a source; the datasets that came from it stay. */
    async remove(name: string): Promise<boolean> {
      await db.deleteFrom('harvest_dataset').where('source', '=', name).execute();
      const { numDeletedRows } = await db
        .deleteFrom('harvest_source')
        .where('name', '=', name)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },

    /**
     * Begins the next round, unless one is running.
     *
     * @param options.abandoned a round begun before this moment has died on the way
     */
    async begin(
      name: string,
      { at, abandoned, dueAt }: { at: Instant; abandoned: Instant; dueAt: Instant | undefined },
    ): Promise<number | undefined> {
      const row = await db
        .updateTable('harvest_source')
        .set((eb) => ({
          round: eb('round', '+', 1),
          began_at: at,
          ended_at: null,
          due_at: dueAt ?? null,
        }))
        .where('name', '=', name)
        .where((eb) =>
          eb.or([
            eb('began_at', 'is', null),
            eb('ended_at', 'is not', null),
            eb('began_at', '<', abandoned),
          ]),
        )
        .returning('round')
        .executeTakeFirst();
      return row?.round;
    },

    async end(name: string, round: number, report: HarvestReport, at: Instant): Promise<void> {
      await db
        .updateTable('harvest_source')
        .set({ ended_at: at, report_json: JSON.stringify(report) })
        .where('name', '=', name)
        .where('round', '=', round)
        .execute();
    },

    /** The datasets were in the source in this round. */
    async seen(source: string, round: number, datasetIds: readonly string[]): Promise<void> {
      if (datasetIds.length === 0) return;
      await db
        .insertInto('harvest_dataset')
        .values([...new Set(datasetIds)].map((dataset_id) => ({ source, dataset_id, round })))
        .onConflict((conflict) =>
          conflict
            .columns(['source', 'dataset_id'])
            .doUpdateSet((eb) => ({ round: eb.ref('excluded.round') })),
        )
        .execute();
    },

    /** Published datasets that came from a source, were not in this round of it, and are in no other. */
    async gone(source: string, round: number): Promise<readonly string[]> {
      const rows = await db
        .selectFrom('harvest_dataset as here')
        .innerJoin('dataset', 'dataset.id', 'here.dataset_id')
        .select('here.dataset_id as id')
        .where('here.source', '=', source)
        .where('here.round', '<', round)
        .where('dataset.state', '=', 'published')
        .where((eb) =>
          eb.not(
            eb.exists(
              eb
                .selectFrom('harvest_dataset as other')
                .select('other.source')
                .whereRef('other.dataset_id', '=', 'here.dataset_id')
                .where('other.source', '<>', source),
            ),
          ),
        )
        .orderBy('here.dataset_id')
        .execute();
      return rows.map(({ id }) => id);
    },

    /** The names of sources whose next round is due. */
    async due(at: Instant): Promise<readonly string[]> {
      const rows = await db
        .selectFrom('harvest_source')
        .select('name')
        .where('due_at', '<=', at)
        .orderBy('due_at')
        .execute();
      return rows.map(({ name }) => name);
    },
  };
}

function fromRow(row: Tables['harvest_source']): HarvestState {
  return {
    source: JSON.parse(row.record_json) as HarvestSource,
    round: row.round,
    ...(row.began_at !== null && { beganAt: row.began_at }),
    ...(row.ended_at !== null && { endedAt: row.ended_at }),
    ...(row.due_at !== null && { dueAt: row.due_at }),
    ...(row.report_json !== null && { report: JSON.parse(row.report_json) as HarvestReport }),
  };
}
