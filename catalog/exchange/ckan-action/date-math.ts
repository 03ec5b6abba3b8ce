const unitNames: Readonly<Record<string, number>> = {
  YEAR: 0,
  MONTH: 1,
  DAY: 2,
  HOUR: 3,
  MINUTE: 4,
  SECOND: 5,
  MILLI: 6,
  MILLISECOND: 6,
};

/**
 * Reads a moment of Solr's date math: `2026-01-01T00:00:00.123456Z`, `NOW`, `NOW-7DAYS`, `NOW/DAY+12HOURS`, and a
 * bare date as its first moment in UTC.
 *
 * Gives an RFC 3339 instant with milliseconds. Absent: it is none.
 * @see https://solr.apache.org/guide/solr/latest/indexing-guide/date-formatting-math.html
 */
export function readSolrMoment(text: string, now: string): string | undefined {
  const match =
    /^(NOW|\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})?)?)((?:[+-]\d{1,6}[A-Z]+|\/[A-Z]+)*)$/.exec(
      text,
    );
  const start = match && beginning(match[1] ?? '', now);
  if (!start) return undefined;
  for (const [, sign, count, unit = '', rounded] of (match[2] ?? '').matchAll(
    /([+-])(\d+)([A-Z]+)|\/([A-Z]+)/g,
  )) {
    const index = unitNames[(rounded ?? unit).replace(/S$/, '')];
    if (index === undefined) return undefined;
    if (rounded !== undefined) roundDown(start, index);
    else move(start, index, Number(`${sign}${count}`));
  }
  return Number.isNaN(start.getTime()) || start.getTime() < 0 || start.getUTCFullYear() > 9999
    ? undefined
    : start.toISOString();
}

function beginning(text: string, now: string): Date | undefined {
  const hasZone = /T.*(?:Z|[+-]\d{2}:\d{2})$/.test(text);
  const lexical = text.includes('T') && !hasZone ? `${text}Z` : text;
  const date = new Date(text === 'NOW' ? now : lexical);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

const parts = [
  (date: Date) => [date.getUTCFullYear(), (value: number) => date.setUTCFullYear(value)],
  (date: Date) => [date.getUTCMonth(), (value: number) => date.setUTCMonth(value)],
  (date: Date) => [date.getUTCDate(), (value: number) => date.setUTCDate(value)],
  (date: Date) => [date.getUTCHours(), (value: number) => date.setUTCHours(value)],
  (date: Date) => [date.getUTCMinutes(), (value: number) => date.setUTCMinutes(value)],
  (date: Date) => [date.getUTCSeconds(), (value: number) => date.setUTCSeconds(value)],
  (date: Date) => [date.getUTCMilliseconds(), (value: number) => date.setUTCMilliseconds(value)],
] as const satisfies readonly ((date: Date) => readonly [number, (value: number) => number])[];

function move(date: Date, unit: number, by: number): void {
  const [value, set] = parts[unit]?.(date) ?? [];
  if (value !== undefined && set) set(value + by);
}

function roundDown(date: Date, unit: number): void {
  for (let finer = unit + 1; finer < parts.length; finer += 1) {
    // The first day of a month is 1; everything else begins at 0.
    parts[finer]?.(date)[1](finer === 2 ? 1 : 0);
  }
}
