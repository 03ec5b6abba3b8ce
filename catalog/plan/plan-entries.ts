import { localDate } from '../kernel/clock.ts';
import { pickLanguage } from '../kernel/lang-text.ts';
import { titleSortKey } from '../kernel/vietnamese-order.ts';
import { dueDate } from '../model/calendar.ts';
import type { DatasetRecord } from '../model/dataset.ts';
import type { PlanEntry, Ranking } from '../model/plan.ts';
import { rankedScore, rankingOf } from '../model/priority.ts';
import type { Queryable } from '../storage/database.ts';
import { planRepository } from './plan-repository.ts';
import { type ProposalDecision, proposalRepository } from './proposal-repository.ts';

/** A dataset that is to be in a plan, and what was decided about that. */
export interface Proposal {
  readonly entry: PlanEntry;
  readonly state: string;
  /** The local date of the first release. */
  readonly releasedOn?: string;
  /** Absent: nobody has decided yet. */
  readonly decision?: ProposalDecision;
}

/** Every dataset that names the plan of a year and a due time, in the order of the annex. */
export async function proposalsOf(year: string, db: Queryable): Promise<readonly Proposal[]> {
  const repository = planRepository(db);
  const [plan, rows, decisions] = await Promise.all([
    repository.find(year),
    repository.commitments(year),
    proposalRepository(db).list(year),
  ]);
  const ranking = rankingOf(plan?.record);
  const proposals = rows.flatMap((row) => {
    const entry = entryOf(JSON.parse(row.record_json) as DatasetRecord, ranking);
    const decision = decisions.get(row.id);
    const released = row.released_at !== null && { releasedOn: localDate(row.released_at) };
    return entry ? [{ entry, state: row.state, ...released, ...(decision && { decision }) }] : [];
  });
  return inAnnexOrder(proposals);
}

/** What a decision of today would freeze: what was accepted, with what was taken out and why. */
export async function entriesToIssue(year: string, db: Queryable): Promise<readonly PlanEntry[]> {
  const proposals = await proposalsOf(year, db);
  return proposals
    .filter(({ decision }) => decision?.state === 'accepted' || decision?.state === 'merged')
    .map(({ entry }) => entry);
}

/** A record as a row of the annex; absent: it names no due time. */
export function entryOf(record: DatasetRecord, ranking: Ranking): PlanEntry | undefined {
  const { inventory } = record;
  const release = inventory?.release;
  if (release?.due === undefined) return undefined;
  const priority = rankedScore(record, ranking);
  return {
    datasetId: record.id,
    ...(inventory?.field !== undefined && { field: inventory.field }),
    title: record.title,
    ...(record.description && { description: record.description }),
    publisher: record.publisher,
    ...(inventory?.coordinatingAgency && { coordinatingAgency: inventory.coordinatingAgency }),
    ...(release.formats && { formats: release.formats }),
    ...(record.accrualPeriodicity !== undefined && {
      accrualPeriodicity: record.accrualPeriodicity,
    }),
    due: release.due,
    ...(release.accessMethods && { accessMethods: release.accessMethods }),
    ...(record.theme && { theme: record.theme }),
    ...(inventory?.legalBasis !== undefined && { legalBasis: inventory.legalBasis }),
    ...(inventory?.openness !== undefined &&
      inventory.openness !== 'open' && { openness: inventory.openness }),
    ...(priority !== undefined && { priority }),
    ...(inventory?.note !== undefined && { note: inventory.note }),
    ...(release.dropped !== undefined && { dropped: release.dropped }),
  };
}

/** Section by section in the order in which the first of each is due; within one by due time and title. */
export function inAnnexOrder<Listed extends { readonly entry: PlanEntry }>(
  proposals: readonly Listed[],
): readonly Listed[] {
  // A key is dear, and a sort compares each many times.
  const keyed = proposals.map((proposal) => ({
    proposal,
    due: dueDate(proposal.entry.due),
    title: titleSortKey(pickLanguage(proposal.entry.title, 'vi').text),
  }));
  keyed.sort((a, b) => compare(a.due, b.due) || compare(a.title, b.title));
  const sections = new Map<string, Listed[]>();
  for (const { proposal } of keyed) {
    const name = proposal.entry.field ?? '';
    const section = sections.get(name);
    if (section) section.push(proposal);
    else sections.set(name, [proposal]);
  }
  return [...sections.values()].flat();
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
