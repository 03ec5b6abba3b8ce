import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fold } from '../kernel/fold.ts';
import { projectRoot } from '../kernel/project-root.ts';
import { type Concept, vocabulary } from '../model/vocabularies.ts';

/** Reads a table of schemas/spellings: what stands for a code, beside what its vocabulary says itself. */
export function readSpellings(name: string): ReadonlyMap<string, readonly string[]> {
  const path = join(projectRoot, 'schemas', 'spellings', `${name}.json`);
  const { spellings } = JSON.parse(readFileSync(path, 'utf8')) as {
    readonly spellings: Readonly<Record<string, readonly string[]>>;
  };
  return new Map(Object.entries(spellings));
}

/** Words apart from case, diacritics and punctuation: `Hằng tháng.` is `hang thang`. */
export function words(text: string): string {
  return fold(text)
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

/** Letters and digits only: `JSON-LD` is `jsonld`. */
export function compact(text: string): string {
  return fold(text).replace(/[^a-z0-9]+/g, '');
}

/**
 * Makes a lookup from spellings to codes: codes first, then what `also` takes from a concept, then the table.
 *
 * The first to claim a spelling keeps it: ZIP is ZIP, although GTFS files end in .zip too.
 */
function lookup(
  name: string,
  key: (text: string) => string,
  also: (concept: Concept) => readonly (string | undefined)[],
): ReadonlyMap<string, string> {
  const { concepts } = vocabulary(name);
  const claims: (readonly [string | undefined, string])[] = [
    ...concepts.map(({ code }) => [code, code] as const),
    ...[...readSpellings(name)].flatMap(([code, list]) =>
      list.map((text) => [text, code] as const),
    ),
    ...concepts.flatMap((concept) => also(concept).map((text) => [text, concept.code] as const)),
  ];
  const found = new Map<string, string>();
  for (const [text, code] of claims) {
    if (text !== undefined && !found.has(key(text))) found.set(key(text), code);
  }
  return found;
}

const fileTypes = lookup('file-type', compact, ({ extension, mediaType }) => [
  extension,
  mediaType,
]);

/** Finds the file type that a text means: `CSV`, `.csv`, `Excel`, `text/csv`, an IRI of the table. */
export function findFileType(text: string): string | undefined {
  if (text.includes('://')) return vocabulary('file-type').codeOf(text) ?? fileTypeOfIri(text);
  return fileTypes.get(compact(text.replace(/;.*$/, '')));
}

function fileTypeOfIri(iri: string): string | undefined {
  const type = iri.split('/assignments/media-types/')[1];
  return type === undefined ? undefined : fileTypes.get(compact(type));
}

const frequencies = lookup('frequency', words, ({ label }) => [label.vi, label.en]);
const frequencyOfPeriod = new Map(
  vocabulary('frequency').concepts.flatMap(({ code, period }) =>
    period === undefined ? [] : [[period, code] as const],
  ),
)
  .set('PT12H', 'DAILY_2')
  .set('PT24H', 'DAILY')
  .set('P7D', 'WEEKLY')
  .set('P14D', 'BIWEEKLY')
  .set('P4W', 'MONTHLY')
  .set('P30D', 'MONTHLY')
  .set('P12M', 'ANNUAL')
  .set('P52W', 'ANNUAL')
  .set('P365D', 'ANNUAL')
  .set('P24M', 'BIENNIAL')
  .set('P0.5M', 'MONTHLY_2')
  .set('P0.33M', 'MONTHLY_3')
  .set('P0.5Y', 'ANNUAL_2')
  .set('P0.33Y', 'ANNUAL_3')
  .set('P3.5D', 'WEEKLY_2')
  .set('P0.33W', 'WEEKLY_3')
  .set('PT1S', 'UPDATE_CONT');

const numerals = new Map(
  ['mot', 'hai', 'ba', 'bon', 'nam', 'sau', 'bay', 'tam', 'chin', 'muoi'].map((word, index) => [
    word,
    index + 1,
  ]),
);
const unitLetters: Readonly<Record<string, string>> = {
  phut: 'M',
  gio: 'H',
  ngay: 'D',
  tuan: 'W',
  thang: 'M',
  quy: 'Q',
  nam: 'Y',
};
// How many times a day, week, month or year.
const frequencyOfTimes: Readonly<Record<string, string>> = {
  '1 D': 'DAILY',
  '2 D': 'DAILY_2',
  '1 W': 'WEEKLY',
  '2 W': 'WEEKLY_2',
  '3 W': 'WEEKLY_3',
  '1 M': 'MONTHLY',
  '2 M': 'MONTHLY_2',
  '3 M': 'MONTHLY_3',
  '4 M': 'WEEKLY',
  '1 Q': 'QUARTERLY',
  '1 Y': 'ANNUAL',
  '2 Y': 'ANNUAL_2',
  '3 Y': 'ANNUAL_3',
  '4 Y': 'QUARTERLY',
  '6 Y': 'BIMONTHLY',
  '12 Y': 'MONTHLY',
  '24 Y': 'MONTHLY_2',
  '52 Y': 'WEEKLY',
};

/** Finds the frequency that a text means: `Hằng tháng`, `6 tháng`, `2 lần/năm`, `R/P1M`, `monthly`, an IRI of the table. */
export function findFrequency(text: string): string | undefined {
  if (text.includes('://')) return vocabulary('frequency').codeOf(text);
  const duration = /^\s*(?:R\d*\/)?(P[\dYMWDTHS.]+)\s*$/i.exec(text)?.[1];
  if (duration !== undefined) return frequencyOfPeriod.get(duration.toUpperCase());
  const said = words(text.replace(/\(.*\)/g, ' '))
    .replace(/^(?:dinh ky|cap nhat|du lieu duoc)(?: (?:dinh ky|cap nhat))* /, '')
    .replace(/^(?:theo )?(?:hang|hanh|moi|every) /, 'hang ');
  return (
    frequencies.get(words(text)) ??
    frequencies.get(said) ??
    frequencies.get(said.replace(/^hang /, '')) ??
    findCounted(said.replace(/^hang /, ''))
  );
}

/** `2 lan nam`, `6 thang`, `6 thang mot lan`, `mot lan moi quy`. */
function findCounted(said: string): string | undefined {
  const times = /^(\d+|[a-z]+) lan (?:(?:mot|moi|trong|tren|1) )*(ngay|tuan|thang|quy|nam)$/.exec(
    said,
  );
  if (times) return frequencyOfTimes[`${numeral(times[1])} ${unitLetters[times[2] ?? '']}`];
  const every =
    /^(\d+|mot|hai|ba|bon|nam|sau|muoi) (phut|gio|ngay|tuan|thang|quy|nam)(?: (?:1|mot)? ?lan)?$/.exec(
      said,
    );
  if (!every) return undefined;
  return frequencyOfSpan(numeral(every[1]), every[2] ?? '');
}

function frequencyOfSpan(count: number | undefined, unit: string): string | undefined {
  if (count === undefined) return undefined;
  if (unit === 'quy') return frequencyOfPeriod.get(`P${count * 3}M`);
  const time = unit === 'phut' || unit === 'gio' ? 'T' : '';
  return frequencyOfPeriod.get(`P${time}${count}${unitLetters[unit]}`);
}

function numeral(text: string | undefined): number | undefined {
  return /^\d+$/.test(text ?? '') ? Number(text) : numerals.get(text ?? '');
}

const licences = lookup('licence', licenceKey, ({ code, spdx, url, label }) =>
  // CC_BY means 4.0 too; what names the version belongs to the code that does.
  vocabulary('licence').find(`${code}_4_0`) ? [] : [spdx, url, label.en, label.vi],
);

/** A licence's name or address without what varies: scheme, www, language and form of the deed. */
function licenceKey(text: string): string {
  if (!text.includes('://')) return compact(text);
  const bare = text
    .toLowerCase()
    .replace(/^https?:\/\/(?:www\.)?/, '')
    .replace(/[?#].*$/, '')
    .replace(/\/(?:deed|legalcode)(?:\.[a-z_-]+)?\/?$/, '');
  return compact(bare);
}

/**
 * Finds the licence that a text means: its code, or the address itself when it is one the table does not have.
 *
 * Absent: nothing that names a licence, `notspecified` among them.
 */
export function findLicence(text: string): string | undefined {
  const code = vocabulary('licence').codeOf(text) ?? licences.get(licenceKey(text));
  if (code !== undefined) return code;
  return /^https?:\/\/[^\s<>"{}|\\^`]+$/.test(text) && !text.includes('notspecified')
    ? text
    : undefined;
}

const accessMethods = [...readSpellings('access-method')].map(
  ([method, list]) => [method, list.map(words)] as const,
);

/** Finds every way of access that a text names, in the order of the table. */
export function findAccessMethods(text: string): readonly string[] {
  const said = ` ${words(text)} `;
  return accessMethods
    .filter(([, list]) => list.some((spelling) => said.includes(` ${spelling} `)))
    .map(([method]) => method);
}

const themes = [...readSpellings('theme')].map(
  ([code, list]) => [code, list.map((text) => ` ${words(text)} `)] as const,
);

/** Finds the themes that a text speaks of, in the order of their first word in it. */
export function findThemes(text: string): readonly string[] {
  const said = ` ${words(text)} `;
  return themes
    .map(([code, list]) => {
      const places = list.map((spelling) => said.indexOf(spelling)).filter((at) => at >= 0);
      return { code, first: Math.min(...places), hits: places.length };
    })
    .filter(({ hits }) => hits > 0)
    .sort((a, b) => a.first - b.first)
    .map(({ code }) => code);
}

const themeNames = new Map(
  vocabulary('data-theme').concepts.flatMap(({ code, label }) => [
    [compact(code), code] as const,
    [compact(label.vi), code] as const,
    [compact(label.en), code] as const,
  ]),
);

/** Finds the theme that a text names outright: its code, label or IRI. */
export function findTheme(text: string): string | undefined {
  return vocabulary('data-theme').codeOf(text) ?? themeNames.get(compact(text));
}
