import type { PlanEntry } from '../model/plan.ts';
import type { Queryable } from '../storage/database.ts';
import { commitmentRepository, type ProposalLine } from './commitment-repository.ts';
import { compareEntries, type EntryChanges } from './compare-entries.ts';
import { inAnnexOrder, proposalLines } from './plan-entries.ts';
import { planVersionRepository } from './plan-version-repository.ts';

/**
 * What a decision of today would change in a version of a plan. Read is what differs alone.
 *
 * @param known the proposals for the plan, by who has read them already
 */
export async function waitingChanges(
  year: string,
  version: number,
  db: Queryable,
  known?: readonly ProposalLine[],
): Promise<EntryChanges> {
  const lines = known ?? (await proposalLines(year, db));
  const accepted = new Set(
    lines
      .filter(({ decided }) => decided === 'accepted' || decided === 'merged')
      .map(({ datasetId }) => datasetId),
  );
  const versions = planVersionRepository(db);
  const issued = await versions.datasetIds(year, version);
  const gone = [...issued].filter((id) => !accepted.has(id));
  const added = [...accepted].filter((id) => !issued.has(id));
  const [differing, removed, taken] = await Promise.all([
    commitmentRepository(db).differences(year, version),
    versions.entries(year, version, gone),
    commitmentRepository(db).entries(added),
  ]);
  const isKept = ({ datasetId }: PlanEntry) => accepted.has(datasetId);
  return compareEntries(
    inOrder([...differing.before.filter(isKept), ...read(removed)]),
    inOrder([...differing.after.filter(isKept), ...read(taken)]),
  );
}

function read(texts: ReadonlyMap<string, string>): readonly PlanEntry[] {
  return [...texts.values()].map((text) => JSON.parse(text) as PlanEntry);
}

function inOrder(entries: readonly PlanEntry[]): readonly PlanEntry[] {
  return inAnnexOrder(entries.map((entry) => ({ entry }))).map(({ entry }) => entry);
}
