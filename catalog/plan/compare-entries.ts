import { isDeepStrictEqual } from 'node:util';
import type { PlanEntry } from '../model/plan.ts';

/** How a list of entries differs from an earlier one. */
export interface EntryChanges {
  readonly added: readonly PlanEntry[];
  readonly removed: readonly PlanEntry[];
  readonly changed: readonly {
    readonly before: PlanEntry;
    readonly after: PlanEntry;
    /** The properties that differ. */
    readonly fields: readonly (keyof PlanEntry)[];
  }[];
}

/** What a plan promises. A description that gets better on the way breaks no promise. */
const compared: readonly (keyof PlanEntry)[] = [
  'field',
  'title',
  'publisher',
  'coordinatingAgency',
  'formats',
  'accrualPeriodicity',
  'due',
  'accessMethods',
  'dropped',
];

/** Compares two lists of entries, dataset by dataset. */
export function compareEntries(
  before: readonly PlanEntry[],
  after: readonly PlanEntry[],
): EntryChanges {
  const old = new Map(before.map((entry) => [entry.datasetId, entry]));
  const now = new Set(after.map(({ datasetId }) => datasetId));
  return {
    added: after.filter(({ datasetId }) => !old.has(datasetId)),
    removed: before.filter(({ datasetId }) => !now.has(datasetId)),
    changed: after.flatMap((entry) => {
      const earlier = old.get(entry.datasetId);
      const fields = earlier
        ? compared.filter((field) => !isDeepStrictEqual(earlier[field], entry[field]))
        : [];
      return earlier && fields.length > 0 ? [{ before: earlier, after: entry, fields }] : [];
    }),
  };
}

/** Whether there is no difference. */
export function isUnchanged({ added, removed, changed }: EntryChanges): boolean {
  return added.length + removed.length + changed.length === 0;
}

/** Entries of two states of a plan, of those datasets alone that may differ. */
export interface Differences {
  readonly before: readonly PlanEntry[];
  readonly after: readonly PlanEntry[];
}

/** Reads pairs of entries; one that is missing is on one side alone. */
export function differencesIn(
  rows: readonly { readonly before: string | null; readonly after: string | null }[],
): Differences {
  const read = (text: string | null) => (text === null ? [] : [JSON.parse(text) as PlanEntry]);
  return {
    before: rows.flatMap(({ before }) => read(before)),
    after: rows.flatMap(({ after }) => read(after)),
  };
}
