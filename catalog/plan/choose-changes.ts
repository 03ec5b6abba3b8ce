import { CatalogError } from '../kernel/errors.ts';
import type { Message } from '../kernel/lang-text.ts';
import type { PlanEntry } from '../model/plan.ts';
import { compareEntries, type EntryChanges } from './compare-entries.ts';
import { inAnnexOrder } from './plan-entries.ts';

/** The datasets that a difference is about. */
export function changedIds({ added, removed, changed }: EntryChanges): readonly string[] {
  return [...added, ...removed, ...changed.map(({ after }) => after)].map((one) => one.datasetId);
}

/**
 * The entries of an amendment that takes up some of the changes only; what is not chosen stays as it was issued.
 *
 * @param chosen ids of datasets that differ; absent: every change
 * @throws {CatalogError} `invalid` / `decision-invalid` when nothing is chosen, or what does not wait any more
 */
export function chooseChanges(
  before: readonly PlanEntry[],
  after: readonly PlanEntry[],
  chosen: readonly string[] | undefined,
): readonly PlanEntry[] {
  if (chosen === undefined) return after;
  const waiting = changedIds(compareEntries(before, after));
  const gone = chosen.find((id) => !waiting.includes(id));
  if (gone !== undefined) throw wrongChoice(notWaiting(gone));
  if (chosen.length === 0) throw wrongChoice(nothingChosen);
  const left = new Set(waiting.filter((id) => !chosen.includes(id)));
  const kept = before.filter(({ datasetId }) => left.has(datasetId));
  const taken = after.filter(({ datasetId }) => !left.has(datasetId));
  return inAnnexOrder([...taken, ...kept].map((entry) => ({ entry }))).map(({ entry }) => entry);
}

function wrongChoice(message: Message): CatalogError {
  return new CatalogError('invalid', 'decision-invalid', message, {
    findings: [{ pointer: '/changes', keyword: 'choice', message }],
  });
}

const nothingChosen: Message = {
  vi: 'Chưa chọn thay đổi nào; hãy chọn ít nhất một thay đổi đang chờ.',
  en: 'No change is chosen; choose at least one of those that wait.',
};

function notWaiting(id: string): Message {
  return {
    vi: `Thay đổi của "${id}" không còn chờ sửa đổi; hãy xem lại danh sách rồi chọn lại.`,
    en: `The change of "${id}" does not wait any more; look at the list and choose again.`,
  };
}
