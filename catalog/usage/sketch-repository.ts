import { sql } from 'kysely';
import type { Database, Queryable, Tx } from '../storage/database.ts';
import {
  addToSketch,
  emptySketch,
  estimate,
  mergeWritten,
  placeOf,
  type Sketch,
  writeSketch,
} from './hyper-log-log.ts';

/** A dataset on a day; the whole city under no id. */
export interface SketchKey {
  readonly datasetId: string;
  readonly period: string;
}

/** Visitors to add to a sketch. */
export interface Visitors extends SketchKey {
  readonly visitors: ReadonlySet<string>;
}

function keyOf({ datasetId, period }: SketchKey): string {
  return `${period} ${datasetId}`;
}

/** Every SQL statement that writes table `usage_sketch`. */
export function sketchRepository(tx: Tx, { traits }: Pick<Database, 'traits'>) {
  const save = async (sketches: readonly (SketchKey & { readonly sketch: Sketch })[]) => {
    if (sketches.length === 0) return;
    const rows = traits.rowsOf(
      sketches.map(({ datasetId, period, sketch }) => [datasetId, period, writeSketch(sketch)]),
    );
    await sql`
      insert into usage_sketch (dataset_id, period, sketch)
      select value ->> 0, value ->> 1, value ->> 2 from ${rows} as item where true
      on conflict (dataset_id, period) do update set sketch = excluded.sketch`.execute(tx);
  };
  /** The sketches that are there, as they are written. */
  const writtenOf = async (keys: readonly SketchKey[]): Promise<ReadonlyMap<string, string>> => {
    const wanted = traits.rowsOf(keys.map(({ datasetId, period }) => [datasetId, period]));
    const { rows } = await sql<SketchKey & { sketch: string }>`
      select s.dataset_id as "datasetId", s.period, s.sketch
      from ${wanted} as item join usage_sketch s
        on s.dataset_id = item.value ->> 0 and s.period = item.value ->> 1`.execute(tx);
    return new Map(rows.map((row) => [keyOf(row), row.sketch]));
  };
  return {
    /** Adds visitors to the sketches that are there. */
    async add(added: readonly Visitors[]): Promise<void> {
      const written = await writtenOf(added);
      const changed = added.flatMap(({ datasetId, period, visitors }) => {
        const sketch = emptySketch();
        mergeWritten(sketch, written.get(keyOf({ datasetId, period })) ?? '');
        let isChanged = false;
        for (const visitor of visitors)
          isChanged = addToSketch(sketch, placeOf(visitor)) || isChanged;
        return isChanged ? [{ datasetId, period, sketch }] : [];
      });
      await save(changed);
    },

    /** Puts other sketches of a day in the place of those that are there. */
    async replaceDay(day: string, sketches: ReadonlyMap<string, Sketch>): Promise<void> {
      await tx.deleteFrom('usage_sketch').where('period', '=', day).execute();
      await save([...sketches].map(([datasetId, sketch]) => ({ datasetId, period: day, sketch })));
    },

    /** Takes the sketches of days before one together into those of their months. */
    async foldDays(before: string): Promise<void> {
      const days = await tx
        .selectFrom('usage_sketch')
        .selectAll()
        .where('period', '<', before)
        .where(sql<number>`length(period)`, '>', 7)
        .execute();
      const months = new Map<string, SketchKey & { readonly sketch: Sketch }>();
      for (const { dataset_id: datasetId, period, sketch } of days) {
        const month = { datasetId, period: period.slice(0, 7) };
        const known = months.get(keyOf(month)) ?? { ...month, sketch: emptySketch() };
        mergeWritten(known.sketch, sketch);
        months.set(keyOf(month), known);
      }
      const written = await writtenOf([...months.values()]);
      for (const [key, { sketch }] of months) mergeWritten(sketch, written.get(key) ?? '');
      await save([...months.values()]);
      await tx
        .deleteFrom('usage_sketch')
        .where('period', '<', before)
        .where(sql<number>`length(period)`, '>', 7)
        .execute();
    },

    /** Writes the sketches anew, whatever was there. */
    async replace(made: readonly Visitors[]): Promise<void> {
      await save(
        made.map(({ datasetId, period, visitors }) => {
          const sketch = emptySketch();
          for (const visitor of visitors) addToSketch(sketch, placeOf(visitor));
          return { datasetId, period, sketch };
        }),
      );
    },
  };
}

/**
 * About how many visitors a dataset had in each day or month; without a dataset, the city. A person who comes on two
 * days is two visitors: nothing links one day's keys with another's.
 */
export async function countVisitors(
  db: Queryable,
  datasetId: string,
  range: { readonly from?: string | undefined; readonly to?: string | undefined },
  by: 'day' | 'month',
): Promise<ReadonlyMap<string, number>> {
  let query = db
    .selectFrom('usage_sketch')
    .select(['period', 'sketch'])
    .where('dataset_id', '=', datasetId);
  // A month whose days are no longer kept apart is whole, or it is not there.
  const { from, to } = range;
  if (from !== undefined) query = query.where('period', '>=', from.slice(0, 7));
  if (to !== undefined) query = query.where('period', '<=', to);
  const merged = new Map<string, Sketch>();
  for (const { period, sketch } of await query.orderBy('period').execute()) {
    const isDay = period.length > 7;
    if (isDay ? from !== undefined && period < from : by === 'day') continue;
    const key = by === 'day' ? period : period.slice(0, 7);
    const known = merged.get(key) ?? emptySketch();
    mergeWritten(known, sketch);
    merged.set(key, known);
  }
  return new Map([...merged].map(([period, sketch]) => [period, estimate(sketch)]));
}
