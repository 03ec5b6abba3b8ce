import type { Queryable, Tables } from '../storage/database.ts';
import type { PreviewFacts, PreviewFailure } from './preview-facts.ts';
import type { PreviewJob } from './preview-job.ts';

/** `evicted`: it was made, and had to leave for others; it is made again when somebody asks. */
export type PreviewState = 'waiting' | 'ready' | 'failed' | 'evicted';

/** A table that a file was turned into, or is to be. */
export interface Preview {
  readonly key: string;
  readonly job: PreviewJob;
  readonly state: PreviewState;
  /** How many times it was begun. */
  readonly attempts: number;
  readonly requestedAt: string;
  readonly preparedAt?: string;
  readonly usedAt: string;
  readonly byteSize: number;
  readonly failure?: PreviewFailure;
  readonly facts?: PreviewFacts;
}

/** How a preparation ended. */
export type Prepared =
  | { readonly facts: PreviewFacts; readonly byteSize: number }
  | { readonly failure: PreviewFailure };

const candidates = 10;

/** Every SQL statement that touches table `preview`. */
export function previewRepository(db: Queryable) {
  return {
    async find(key: string): Promise<Preview | undefined> {
      const row = await db
        .selectFrom('preview')
        .selectAll()
        .where('key', '=', key)
        .executeTakeFirst();
      return row && fromRow(row);
    },

    /** Has a job done: a new one, or one again whose table is gone or old. */
    async request(key: string, job: PreviewJob, at: string): Promise<void> {
      const row = {
        job_json: JSON.stringify(job),
        state: 'waiting',
        requested_at: at,
        used_at: at,
      };
      await db
        .insertInto('preview')
        .values({ key, attempts: 0, byte_size: 0, ...row })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ ...row, attempts: 0 }))
        .execute();
    },

    /** Some that may be prepared now, the longest waiting first, and none that somebody is preparing. */
    async waiting(now: string): Promise<readonly Preview[]> {
      const rows = await db
        .selectFrom('preview')
        .selectAll()
        .where('state', '=', 'waiting')
        .where((eb) => eb.or([eb('leased_until', 'is', null), eb('leased_until', '<=', now)]))
        .orderBy('requested_at')
        .orderBy('key')
        .limit(candidates)
        .execute();
      return rows.map(fromRow);
    },

    /** How many were asked for and are not prepared. */
    async countWaiting(): Promise<number> {
      const row = await db
        .selectFrom('preview')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('state', '=', 'waiting')
        .executeTakeFirstOrThrow();
      return Number(row.count);
    },

    /** Makes a job one's own until the lease is over. Absent: of two who read it at once, the other was faster. */
    async take(preview: Preview, until: string): Promise<Preview | undefined> {
      const taken = await db
        .updateTable('preview')
        .set({ leased_until: until, attempts: preview.attempts + 1 })
        .where('key', '=', preview.key)
        .where('state', '=', 'waiting')
        .where('attempts', '=', preview.attempts)
        .executeTakeFirst();
      return taken.numUpdatedRows === 1n
        ? { ...preview, attempts: preview.attempts + 1 }
        : undefined;
    },

    /** Notes how it ended. What was known before of a file that cannot be read any more is forgotten. */
    async conclude({ key, attempts }: Preview, outcome: Prepared, at: string): Promise<void> {
      const isReady = 'facts' in outcome;
      await db
        .updateTable('preview')
        .set({
          state: isReady ? 'ready' : 'failed',
          leased_until: null,
          prepared_at: at,
          byte_size: isReady ? outcome.byteSize : 0,
          facts_json: isReady ? JSON.stringify(outcome.facts) : null,
          failure: isReady ? null : outcome.failure,
        })
        .where('key', '=', key)
        .where('attempts', '=', attempts)
        .execute();
    },

    async markUsed(key: string, at: string): Promise<void> {
      await db.updateTable('preview').set({ used_at: at }).where('key', '=', key).execute();
    },

    /** What is there, the longest unused first. */
    async stored(): Promise<readonly Pick<Preview, 'key' | 'byteSize'>[]> {
      const rows = await db
        .selectFrom('preview')
        .select(['key', 'byte_size'])
        .where('state', '=', 'ready')
        .orderBy('used_at')
        .orderBy('key')
        .execute();
      return rows.map((row) => ({ key: row.key, byteSize: Number(row.byte_size) }));
    },

    async evict(key: string): Promise<void> {
      await db
        .updateTable('preview')
        .set({ state: 'evicted', byte_size: 0 })
        .where('key', '=', key)
        .where('state', '=', 'ready')
        .execute();
    },

    /**
     * Published files of ours, by distribution, of which nobody has tried to make a table; the newest first.
     *
     * @param endings of the names of files that may be tables: what cannot be one would be unseen for ever
     */
    async unseenFiles(
      endings: readonly string[],
      limit: number,
    ): Promise<readonly { readonly distributionId: string; readonly datasetId: string }[]> {
      const rows = await db
        .selectFrom('file')
        .innerJoin('distribution', 'distribution.id', 'file.distribution_id')
        .innerJoin('dataset', 'dataset.id', 'distribution.dataset_id')
        .leftJoin('preview', 'preview.key', 'file.sha256')
        .select(['file.distribution_id', 'distribution.dataset_id'])
        .where('dataset.state', '=', 'published')
        .where('preview.key', 'is', null)
        .where((eb) => eb.or(endings.map((ending) => eb('file.file_name', 'like', `%.${ending}`))))
        .orderBy('file.stored_at', 'desc')
        .orderBy('file.distribution_id')
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        distributionId: row.distribution_id,
        datasetId: row.dataset_id,
      }));
    },
  };
}

function fromRow(row: Tables['preview']): Preview {
  return {
    key: row.key,
    job: JSON.parse(row.job_json) as PreviewJob,
    state: row.state as PreviewState,
    attempts: row.attempts,
    requestedAt: row.requested_at,
    usedAt: row.used_at,
    byteSize: Number(row.byte_size),
    ...(row.prepared_at !== null && { preparedAt: row.prepared_at }),
    ...(row.failure !== null && { failure: row.failure as PreviewFailure }),
    ...(row.facts_json !== null && { facts: JSON.parse(row.facts_json) as PreviewFacts }),
  };
}
