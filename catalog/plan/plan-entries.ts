import { localDate } from '../kernel/clock.ts';
import { groupBy } from '../kernel/group-by.ts';
import { pickLanguage } from '../kernel/lang-text.ts';
import { titleSortKey } from '../kernel/vietnamese-order.ts';
import { dueDate } from '../model/calendar.ts';
import type { DatasetRecord } from '../model/dataset.ts';
import type { PlanEntry, Ranking } from '../model/plan.ts';
import { rankedScore } from '../model/priority.ts';
import type { Queryable } from '../storage/database.ts';
import { commitmentRepository, type ProposalLine } from './commitment-repository.ts';
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
  return describeProposals(year, await proposalLines(year, db), db);
}

/** The same without what their records say. */
export async function proposalLines(year: string, db: Queryable): Promise<readonly ProposalLine[]> {
  const lines = [...(await commitmentRepository(db).proposals(year))];
  const days = new Map(lines.map(({ due }) => [due, dueDate(due)]));
  // They come in the order of their titles, and a sort keeps it among those that are due on one day.
  lines.sort((a, b) => compare(days.get(a.due) ?? '', days.get(b.due) ?? ''));
  return inSections(lines, ({ field }) => field);
}

/** What is proposed, of all proposals or of some of them. */
export async function describeProposals(
  year: string,
  lines: readonly ProposalLine[],
  db: Queryable,
): Promise<readonly Proposal[]> {
  const ids = lines.map(({ datasetId }) => datasetId);
  const decided = lines.filter(({ decided: state }) => state !== undefined);
  const [entries, decisions] = await Promise.all([
    commitmentRepository(db).entries(ids),
    proposalRepository(db).decisions(
      year,
      decided.map(({ datasetId }) => datasetId),
    ),
  ]);
  return lines.flatMap(({ datasetId, state, releasedAt }) => {
    const text = entries.get(datasetId);
    const decision = decisions.get(datasetId);
    if (text === undefined) return [];
    return [
      {
        entry: JSON.parse(text) as PlanEntry,
        state,
        ...(releasedAt !== undefined && { releasedOn: localDate(releasedAt) }),
        ...(decision && { decision }),
      },
    ];
  });
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
    title: sortKeyOf(proposal.entry),
  }));
  keyed.sort((a, b) => compare(a.due, b.due) || compare(a.title, b.title));
  return inSections(
    keyed.map(({ proposal }) => proposal),
    ({ entry }) => entry.field ?? '',
  );
}

/** By what an entry is sorted among those that are due on the same day. */
export function sortKeyOf({ title }: Pick<PlanEntry, 'title'>): string {
  return titleSortKey(pickLanguage(title, 'vi').text);
}

/** Brings together what stands in one section, where the first of it stood. */
function inSections<Listed>(
  list: readonly Listed[],
  sectionOf: (listed: Listed) => string,
): readonly Listed[] {
  return [...groupBy(list, sectionOf).values()].flat();
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
