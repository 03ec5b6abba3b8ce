import type { Queryable } from '../storage/database.ts';
import type { ReminderStep } from './reminder-plan.ts';

/** A step that is taken for something due on a day. */
export interface Reminded {
  readonly datasetId: string;
  readonly kind: string;
  readonly due: string;
  readonly step: ReminderStep['name'];
}

const atOnce = 5000;

/** Every SQL statement that touches table `reminder`. */
export function reminderRepository(db: Queryable) {
  return {
    /** The steps that were taken for what is due now, by `dutyKey`. */
    async taken(): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
      const rows = await db
        .selectFrom('reminder')
        .innerJoin('duty', (join) =>
          join
            .onRef('duty.dataset_id', '=', 'reminder.dataset_id')
            .onRef('duty.kind', '=', 'reminder.kind')
            .onRef('duty.due', '=', 'reminder.due'),
        )
        .select(['reminder.dataset_id', 'reminder.kind', 'reminder.step'])
        .execute();
      const taken = new Map<string, Set<string>>();
      for (const { dataset_id, kind, step } of rows) {
        const key = dutyKey({ datasetId: dataset_id, kind });
        taken.set(key, (taken.get(key) ?? new Set()).add(step));
      }
      return taken;
    },

    async add(reminded: readonly Reminded[], day: string): Promise<void> {
      for (let at = 0; at < reminded.length; at += atOnce) {
        const rows = reminded
          .slice(at, at + atOnce)
          .map(({ datasetId, ...rest }) => ({ dataset_id: datasetId, ...rest, day }));
        await db.insertInto('reminder').values(rows).execute();
      }
    },

    /** Forgets what was taken before a day for what is due no more. */
    async prune(before: string): Promise<void> {
      await db
        .deleteFrom('reminder')
        .where('day', '<', before)
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('duty')
                .select('duty.dataset_id')
                .whereRef('duty.dataset_id', '=', 'reminder.dataset_id')
                .whereRef('duty.kind', '=', 'reminder.kind')
                .whereRef('duty.due', '=', 'reminder.due'),
            ),
          ),
        )
        .execute();
    },
  };
}

export function dutyKey({ datasetId, kind }: Pick<Reminded, 'datasetId' | 'kind'>): string {
  return `${kind} ${datasetId}`;
}
