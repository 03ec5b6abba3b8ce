import { type Actor, assertMay } from '../access/actor.ts';
import { recordAct } from '../audit/record-act.ts';
import { localDate } from '../kernel/clock.ts';
import { factsRepository } from './facts-repository.ts';
import { getCriteria } from './get-criteria.ts';
import { indicatorRepository, toScope } from './indicator-repository.ts';
import { periodsWithin } from './period.ts';
import { type IndicatorDeps, keepMeasured, measurePast } from './take-indicators.ts';

export interface Recomputed {
  readonly version: number;
  /** The periods, oldest first. */
  readonly periods: readonly {
    readonly period: string;
    /** `kept`: from the measures that are kept; `records`: nothing was kept, measured from records with dates. */
    readonly from: 'kept' | 'records';
  }[];
}

/**
 * Computes closed periods anew with a version of the criteria; the coordinator's act, which the audit keeps. The
 * measures that are kept stay; only the values are made from them again.
 *
 * @param from first day; a period counts when it lies whole between here and yesterday
 * @throws {CatalogError} `not-found` / `criteria-not-found`, `forbidden`
 */
export async function recomputeIndicators(
  from: string,
  version: number,
  actor: Actor,
  deps: IndicatorDeps,
): Promise<Recomputed> {
  assertMay(actor, ['coordinator', 'administrator']);
  const db = deps.database.read;
  const criteria = await getCriteria(version, db);
  const repository = indicatorRepository(db);
  const first = await factsRepository(db).firstRelease();
  const done: { period: string; from: 'kept' | 'records' }[] = [];
  const yesterday = dayBefore(localDate(deps.clock()));
  for (const period of periodsWithin(from, yesterday)) {
    const kept = (await repository.findPeriods([period.id])).get(period.id);
    if (kept && !kept.isClosed) continue;
    if (kept) {
      const rows = await repository.rowsOf(period.id);
      await keepMeasured(
        [...rows.values()].map(toScope),
        { period, criteria, isClosed: true, measured: kept.measured },
        deps,
      );
    } else if (first !== undefined && localDate(first) <= period.to) {
      await measurePast(period, criteria, deps);
    } else continue;
    done.push({ period: period.id, from: kept ? 'kept' : 'records' });
  }
  await deps.database.transaction((tx) =>
    recordAct(tx, {
      at: deps.clock(),
      by: actor,
      act: 'criteria.recompute',
      subject: `criteria/${version}`,
      after: { from, version },
      ids: done.map(({ period }) => period),
    }),
  );
  return { version, periods: done };
}

function dayBefore(day: string): string {
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
}
