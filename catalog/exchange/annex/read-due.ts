import { fold } from '../../kernel/fold.ts';
import { isDate } from '../../kernel/formats.ts';

/** What a cell says of time: when it is due, nothing that names a time, or a date that the calendar does not have. */
export type DueReading =
  | { readonly due: string }
  | { readonly due?: undefined; readonly impossible: boolean };

const unreadable: DueReading = { impossible: false };
const impossible: DueReading = { impossible: true };

const quarterOf: Readonly<Record<string, number>> = { i: 1, ii: 2, iii: 3, iv: 4 };
const wordsForQuarter: readonly (readonly [RegExp, number])[] = [
  [/6 thang dau nam|giua nam/, 2],
  [/6 thang cuoi nam|cuoi nam|het nam|trong nam/, 4],
  [/dau nam/, 1],
  [/9 thang/, 3],
];

/**
 * Reads by when a release is due: `Quý III/2026`, `Q4/2026`, `Tháng 9/2026`, `trước 30/9/2026`, `Năm 2026`.
 *
 * Shape: `2026-Q3`, or a date. A month is due on its last day, a year in its last quarter, several quarters in the
 * last of them. A quarter without a year is in the plan's.
 */
export function readDue(text: string, plan: string): DueReading {
  const said = fold(text).replace(/[–—]/g, '-');
  return readDate(said) ?? readQuarter(said, plan) ?? readMonth(said, plan) ?? readYear(said, plan);
}

function readDate(said: string): DueReading | undefined {
  const iso = /\b(20\d\d)-(\d{1,2})-(\d{1,2})\b/.exec(said);
  if (iso) return toDate(iso[1], iso[2], iso[3]);
  const written =
    /\b(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(20\d\d)\b/.exec(said) ??
    /ngay (\d{1,2}) thang (\d{1,2}) nam (20\d\d)/.exec(said);
  return written ? toDate(written[3], written[2], written[1]) : undefined;
}

function toDate(year = '', month = '', day = ''): DueReading {
  const due = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDate(due) ? { due } : impossible;
}

function readQuarter(said: string, plan: string): DueReading | undefined {
  const year = yearIn(said) ?? plan;
  for (const [phrase, quarter] of wordsForQuarter) {
    if (phrase.test(said)) return { due: `${year}-Q${quarter}` };
  }
  const named =
    /\b(?:quy|q)\s*\.?\s*((?:[ivx]+|\d(?!\d))(?:\s*(?:,|-|va|den)\s*(?:quy\s*)?(?:[ivx]+|\d(?!\d)))*)(?![a-z\d])/.exec(
      said,
    );
  const bare = /^(i{1,3}|iv)\s*(?:\/|nam|-)\s*20\d\d$/.exec(said);
  const last = (named ?? bare)?.[1]?.split(/[^ivx\d]+/).at(-1);
  if (last === undefined) return undefined;
  const quarter = quarterOf[last] ?? Number(last);
  return quarter >= 1 && quarter <= 4 ? { due: `${year}-Q${quarter}` } : impossible;
}

function readMonth(said: string, plan: string): DueReading | undefined {
  const written =
    /(?:thang|\bt)\s*\.?\s*(\d{1,2})(?!\d)/.exec(said) ?? /^(\d{1,2})\s*[/-]\s*20\d\d$/.exec(said);
  if (!written) return undefined;
  const month = Number(written[1]);
  if (month < 1 || month > 12) return impossible;
  const lastDay = new Date(Date.UTC(Number(yearIn(said) ?? plan), month, 0));
  return { due: lastDay.toISOString().slice(0, 10) };
}

function readYear(said: string, plan: string): DueReading {
  if (/^(?:trong )?nam$/.test(said)) return { due: `${plan}-Q4` };
  const year = yearIn(said);
  return year === undefined ? unreadable : { due: `${year}-Q4` };
}

/** The last year that is named: a period is due by its end. */
function yearIn(said: string): string | undefined {
  return said.match(/\b20\d\d\b/g)?.at(-1);
}
