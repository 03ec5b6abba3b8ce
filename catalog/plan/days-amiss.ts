import type { Finding } from '../kernel/errors.ts';
import { isDate } from '../kernel/formats.ts';
import type { Message } from '../kernel/lang-text.ts';
import { dueDate } from '../model/calendar.ts';
import { type MilestoneKind, milestoneKinds, proposedDays } from '../model/milestone.ts';

/** Milestones whose days can be chosen; the release has the day of the promise. */
export const datedKinds: readonly MilestoneKind[] = milestoneKinds.filter(
  (kind) => kind !== 'release',
);

/**
 * What is wrong with the days that are wanted for the steps to a release: no dates, after the promise, or not in the
 * order of the work.
 *
 * @param wanted dates by milestone; empty or absent: as proposed
 * @param promised `2026-Q3` or a date
 */
export function daysAmiss(
  wanted: Readonly<Record<string, string>>,
  promised: string,
): readonly Finding[] {
  const proposed = proposedDays(promised);
  const last = dueDate(promised);
  let before = '';
  return datedKinds.flatMap((kind) => {
    const day = wanted[kind] || proposed[kind];
    const at = (keyword: string, message: Message) => [
      { pointer: `/due/${kind}`, keyword, message },
    ];
    if (!isDate(day)) return at('format', noDate(day));
    if (day > last) return at('maximum', afterPromise(day, last));
    if (day < before) return at('minimum', outOfOrder(day, before));
    before = day;
    return [];
  });
}

function noDate(day: string): Message {
  return {
    vi: `"${day}" không phải ngày; hãy viết như 2026-08-31.`,
    en: `"${day}" is no date; write it like 2026-08-31.`,
  };
}

function afterPromise(day: string, last: string): Message {
  return {
    vi: `${day} sau hạn công bố ${last}; hãy chọn ngày sớm hơn, hoặc dời thời hạn công bố.`,
    en: `${day} is after the release is due, ${last}; choose an earlier day, or move the release.`,
  };
}

function outOfOrder(day: string, before: string): Message {
  return {
    vi: `${day} trước hạn của bước liền trước, ${before}; hãy chọn ngày không sớm hơn.`,
    en: `${day} is before the step that comes first is due, ${before}; choose a day no earlier.`,
  };
}
