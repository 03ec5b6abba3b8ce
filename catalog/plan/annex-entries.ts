import { CatalogError } from '../kernel/errors.ts';
import type { DatasetRecord } from '../model/dataset.ts';
import type { Decision, PlanEntry } from '../model/plan.ts';
import type { Queryable } from '../storage/database.ts';
import { proposalsOf } from './plan-entries.ts';
import { planVersionRepository } from './plan-version-repository.ts';

/** What an annex lists, and the decision that it comes with. */
export interface AnnexEntries {
  /** Absent: nothing is decided yet. */
  readonly decision?: Decision;
  /** Which amendment it is, from 1. Absent: the plan's first issue. */
  readonly amendment?: number;
  readonly entries: readonly DatasetRecord[];
}

/** What the next decision would list: all that is proposed, but for what was returned or taken out. */
export async function annexDraft(year: string, db: Queryable): Promise<AnnexEntries> {
  const [proposals, last] = await Promise.all([
    proposalsOf(year, db),
    planVersionRepository(db).latestHead(year),
  ]);
  const entries = proposals.flatMap(({ entry, decision }) =>
    decision?.state === 'returned' ? [] : [entry],
  );
  return { ...(last && { amendment: last.version }), entries: recordsOf(entries, year) };
}

/**
 * What a decision listed: the plan as it was issued, or as an amendment left it.
 *
 * @param version absent: the one in force
 * @throws {CatalogError} `not-found` / `plan-not-issued`, `version-not-found`
 */
export async function issuedAnnex(
  year: string,
  version: number | undefined,
  db: Queryable,
): Promise<AnnexEntries> {
  const repository = planVersionRepository(db);
  const found = await (version === undefined
    ? repository.latest(year)
    : repository.find(year, version));
  if (!found) throw version === undefined ? notIssued(year) : versionNotFound(year, version);
  return {
    decision: found.decision,
    ...(found.version > 1 && { amendment: found.version - 1 }),
    entries: recordsOf(found.entries, year),
  };
}

/** The same without notes, which officers write for each other. */
export function withoutNotes({ entries, ...annex }: AnnexEntries): AnnexEntries {
  return {
    ...annex,
    entries: entries.map(({ inventory: { note: _note, ...inventory } = {}, ...record }) => ({
      ...record,
      inventory,
    })),
  };
}

function recordsOf(entries: readonly PlanEntry[], year: string): readonly DatasetRecord[] {
  return entries
    .filter(({ dropped }) => dropped === undefined)
    .map((entry) => recordOf(entry, year));
}

/** A row of a plan as the record that its annex reads back to. */
function recordOf(entry: PlanEntry, year: string): DatasetRecord {
  const { datasetId, title, publisher, due, formats, accessMethods } = entry;
  const { description, theme, accrualPeriodicity } = entry;
  const { field, coordinatingAgency, legalBasis, note, openness } = entry;
  return {
    id: datasetId,
    title,
    publisher,
    ...(description && { description }),
    ...(theme && { theme }),
    ...(accrualPeriodicity !== undefined && { accrualPeriodicity }),
    inventory: {
      ...(openness !== undefined && { openness }),
      ...(field !== undefined && { field }),
      ...(coordinatingAgency && { coordinatingAgency }),
      ...(legalBasis !== undefined && { legalBasis }),
      ...(note !== undefined && { note }),
      release: {
        plan: year,
        due,
        ...(formats && { formats }),
        ...(accessMethods && { accessMethods }),
      },
    },
  };
}

function notIssued(year: string): CatalogError {
  return new CatalogError('not-found', 'plan-not-issued', {
    vi: `Kế hoạch năm ${year} chưa được ban hành; phụ lục có sau khi có quyết định.`,
    en: `The plan of ${year} has not been issued; its annex is here once there is a decision.`,
  });
}

function versionNotFound(year: string, version: number): CatalogError {
  return new CatalogError('not-found', 'version-not-found', {
    vi: `Kế hoạch năm ${year} không có bản ${version}; hãy bỏ "version" để lấy bản đang hiệu lực.`,
    en: `The plan of ${year} has no version ${version}; leave "version" out for the one in force.`,
  });
}
