import { nextUpdateDue } from '../model/calendar.ts';
import { vocabulary } from '../model/vocabularies.ts';
import {
  type Check,
  met,
  notApplicable,
  type Outcome,
  placeOf,
  type QualityFacts,
  type Subject,
  unmet,
  valuesAt,
} from './subject.ts';

/** The address at the path answered with 200 to 299 when it was last asked. */
export const answers: Check = (subject, { path, parameters }, facts) => {
  const [url] = valuesAt(subject, path).map(String);
  if (url !== undefined) return answerOf(subject, path, url, facts);
  return parameters?.absent ? notApplicable : unmet(subject, path);
};

/** One of the addresses of a distribution answers. */
export const anyAnswers: Check = (subject, { path }, facts) => {
  const outcomes = ['accessURL', 'downloadURL'].flatMap((each) =>
    valuesAt(subject, each).map((url) => answerOf(subject, each, String(url), facts)),
  );
  const best =
    outcomes.find(({ state }) => state === 'met') ??
    outcomes.find(({ state }) => state === 'unchecked');
  return best ?? outcomes[0] ?? unmet(subject, path);
};

function answerOf(subject: Subject, path: string, url: string, facts: QualityFacts): Outcome {
  const link = facts.linkStatus(url);
  if (!link) return { state: 'unchecked', places: [placeOf(subject, path, url)] };
  const { status } = link;
  if (status !== undefined && status >= 200 && status <= 299) return met;
  return unmet(subject, path, status === undefined ? url : `${url} → ${status}`);
}

/** The size that is written is that of the file we hold. */
export const sizeMatches: Check = (subject, { path }, facts) => {
  const { distribution } = subject;
  const held = distribution && facts.heldContent(distribution.id);
  if (!held) return notApplicable;
  const { byteSize } = distribution;
  return byteSize === held.byteSize ? met : unmet(subject, path, String(byteSize ?? ''));
};

/** The SHA-256 that is written is that of the file we hold. */
export const checksumMatches: Check = (subject, { path }, facts) => {
  const { distribution } = subject;
  const held = distribution && facts.heldContent(distribution.id);
  if (!held) return notApplicable;
  const { checksum } = distribution;
  // Another algorithm's sum cannot be compared with what is kept.
  if (checksum && checksum.algorithm !== 'sha256') return notApplicable;
  if (checksum?.checksumValue === held.sha256) return met;
  return unmet(subject, path, checksum?.checksumValue);
};

/** The release is not after the modification, and neither is in the future. Compared at the precision both have. */
export const datesInOrder: Check = (subject, _metric, { today }) => {
  const { issued, modified } = subject.record;
  if (issued === undefined && modified === undefined) return notApplicable;
  for (const [path, date] of Object.entries({ issued, modified })) {
    if (date !== undefined && isAfter(date, today)) return unmet(subject, path, date);
  }
  if (issued !== undefined && modified !== undefined && isAfter(issued, modified)) {
    return unmet(subject, 'modified', modified);
  }
  return met;
};

function isAfter(a: string, b: string): boolean {
  const length = Math.min(a.length, b.length, 10);
  return a.slice(0, length) > b.slice(0, length);
}

/** The next update is not overdue. A frequency without a period, such as irregular, makes no promise to break. */
export const updatedOnTime: Check = (subject, _metric, { today }) => {
  const { accrualPeriodicity, modified } = subject.record;
  if (accrualPeriodicity === undefined) return unmet(subject, 'accrualPeriodicity');
  const table = vocabulary('frequency');
  const code = table.codeOf(accrualPeriodicity) ?? accrualPeriodicity;
  if (table.find(code)?.period === undefined) return notApplicable;
  const due = nextUpdateDue(modified, code);
  if (due === undefined) return unmet(subject, 'modified');
  return due >= today ? met : unmet(subject, 'modified', modified);
};
