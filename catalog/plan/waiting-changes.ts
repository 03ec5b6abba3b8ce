import type { PlanEntry } from '../model/plan.ts';
import type { Queryable } from '../storage/database.ts';
import { commitmentRepository } from './commitment-repository.ts';
import { compareEntries, type EntryChanges } from './compare-entries.ts';
import { inAnnexOrder } from './plan-entries.ts';

/** What a decision of today would change in a version of a plan. */
export async function waitingChanges(
  year: string,
  version: number,
  db: Queryable,
): Promise<EntryChanges> {
  const { before, after } = await commitmentRepository(db).differences(year, version);
  return compareEntries(inOrder(before), inOrder(after));
}

function inOrder(entries: readonly PlanEntry[]): readonly PlanEntry[] {
  return inAnnexOrder(entries.map((entry) => ({ entry }))).map(({ entry }) => entry);
}
