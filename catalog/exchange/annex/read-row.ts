import type {
  AccessMethod,
  DatasetRecord,
  Inventory,
  Openness,
  Priority,
  ReleaseCommitment,
} from '../../model/dataset.ts';
import type { Remarked } from '../import-item.ts';
import {
  findAccessMethods,
  findFileType,
  findFrequency,
  findTheme,
  findThemes,
  words,
} from '../spellings.ts';
import type { Columns } from './classify-row.ts';
import { type AnnexField, headerOf } from './columns.ts';
import { opennessLabels } from './labels.ts';
import type { AgencyMatch, MatchAgency } from './match-agency.ts';
import type { AnnexTableRow } from './read-annex-table.ts';
import { readDue } from './read-due.ts';

/** What a row is read with. */
export interface RowSetting {
  readonly columns: Columns;
  readonly plan: string;
  readonly matchAgency: MatchAgency;
  /** The section it stands in; '' before the first. */
  readonly section: string;
}

/** A record but for its id, which depends on the other rows; or why there is none. */
export type RowReading =
  | {
      /** What the row itself says that it is. */
      readonly id?: string;
      readonly record: Omit<DatasetRecord, 'id'>;
      readonly notes: readonly Remarked[];
    }
  | { readonly title: string; readonly reason: Remarked };

const hanoi = 'http://publications.europa.eu/resource/authority/place/VNM_HAN';
// What Excel shows where a formula found nothing.
const brokenCell = /^#(?:REF!|N\/A|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!|SPILL!|CALC!)$/;

/** Turns a row of the annex into the record of a planned dataset. What cannot be read, but can be missed, is noted. */
export function readRow({ cells }: AnnexTableRow, setting: RowSetting): RowReading {
  const cell = (field: AnnexField): string =>
    (cells[setting.columns.get(field) ?? -1] ?? '').replace(/[^\S\n]+/g, ' ');
  const title = cell('title').replace(/\s+/g, ' ');
  const refuse = (reason: Remarked): RowReading => ({ title, reason });

  const broken = [...setting.columns.keys()].find((field) => brokenCell.test(cell(field)));
  if (broken !== undefined) return refuse(brokenFormula(broken, cell(broken)));
  if (title === '') return refuse(missing('title'));
  if (cell('publisher') === '') return refuse(missing('publisher'));
  const named = matchAgencies(cell('publisher'), setting.matchAgency);
  const publisher = named[0]?.agency;
  if (!publisher) return refuse(unknownAgency(cell('publisher'), named[0]));
  const due = readDue(cell('due'), setting.plan);
  if (due.due === undefined && due.impossible) return refuse(impossibleDate(cell('due')));

  const notes: Remarked[] = [];
  const kept: string[] = [];
  const formats = readFormats(cell('format'), notes);
  const accrualPeriodicity = findFrequency(cell('accrualPeriodicity'));
  if (accrualPeriodicity === undefined) keepWords('accrualPeriodicity', cell, kept, notes);
  if (due.due === undefined) keepWords('due', cell, kept, notes);
  const accessMethods = readAccessMethods(`${cell('accessMethods')} ${formats.api ? 'API' : ''}`);
  if (accessMethods.length === 0) keepWords('accessMethods', cell, kept, notes);
  const priority = readPriority(cell('priority'));
  if (priority === undefined) keepWords('priority', cell, kept, notes);
  const coordinating = [
    ...named.slice(1).map(({ agency }) => agency?.name['vi'] ?? ''),
    ...splitList(cell('coordinatingAgency')),
  ].filter((name) => name !== '');
  // An annex of ours names what is on record, and says its themes, unprinted; only its sections say where it stands.
  const isKnown = isId(cell('id'));
  const theme = isKnown
    ? namedThemes(cell('theme'))
    : themesOf(cell('theme'), setting.section, title, cell('description'));
  const openness = readOpenness(cell('openness'));
  if (openness === undefined) return refuse(unknownOpenness(cell('openness')));

  const release: ReleaseCommitment = {
    plan: setting.plan,
    ...(due.due !== undefined && { due: due.due }),
    ...(accessMethods.length > 0 && { accessMethods }),
    ...(formats.codes.length > 0 && { formats: formats.codes }),
  };
  const note = [cell('note'), ...kept].filter((text) => text !== '').join('\n');
  const field = setting.section || (isKnown ? '' : cell('theme'));
  const inventory: Inventory = {
    openness,
    ...(field !== '' && { field }),
    release,
    updateResponsibility: { agency: publisher.id },
    ...(cell('legalBasis') !== '' && { legalBasis: cell('legalBasis') }),
    ...(priority && { priority }),
    ...(coordinating.length > 0 && { coordinatingAgency: [...new Set(coordinating)] }),
    ...(note !== '' && { note }),
  };
  return {
    ...(isKnown && { id: cell('id') }),
    notes,
    record: {
      title: { vi: title },
      ...(cell('description') !== '' && { description: { vi: cell('description') } }),
      publisher: publisher.id,
      ...(theme.length > 0 && { theme }),
      accessRights: 'PUBLIC',
      ...(accrualPeriodicity !== undefined && { accrualPeriodicity }),
      language: ['VIE'],
      spatial: [hanoi],
      inventory,
    },
  };
}

/** The agency a cell names; or, when only its parts are known, the first of them and those that work with it. */
function matchAgencies(text: string, matchAgency: MatchAgency): readonly AgencyMatch[] {
  const whole = matchAgency(text);
  if (whole.agency) return [whole];
  const parts = text
    .split(/[\n;,]+/)
    .map((part) => part.replace(/^[-+•\s]+/, '').trim())
    .filter((part) => part !== '')
    .map(matchAgency);
  return parts.length > 1 && parts.every(({ agency }) => agency) ? parts : [whole];
}

const splitList = (text: string): readonly string[] =>
  text
    .split(/[\n;,]+/)
    .map((part) => part.replace(/^[-+•\s]+/, '').trim())
    .filter((part) => part !== '');

function readFormats(
  text: string,
  notes: Remarked[],
): { readonly codes: readonly string[]; readonly api: boolean } {
  const codes = new Set<string>();
  let api = false;
  for (const part of text.split(/[\n;,/+|&]+|\s(?:và|hoặc|and|or)\s/i)) {
    const name = part.replace(/^\s*(?:tệp|file|dạng|định dạng)\s+/i, '').trim();
    if (name === '') continue;
    if (/\bapi\b/i.test(name)) {
      api = true;
      continue;
    }
    const code = fileTypeIn(name);
    if (code === undefined) notes.push(unknownFormat(name));
    else codes.add(code);
  }
  return { codes: [...codes], api };
}

/** `Excel (.xlsx)`: what is in parentheses is said more exactly. */
function fileTypeIn(name: string): string | undefined {
  const inside = /\(([^)]+)\)/.exec(name)?.[1];
  return (
    (inside === undefined ? undefined : findFileType(inside)) ??
    findFileType(name.replace(/\([^)]*\)?/g, ''))
  );
}

const readAccessMethods = (text: string): readonly AccessMethod[] =>
  findAccessMethods(text) as readonly AccessMethod[];

const ranks: readonly (readonly [RegExp, number])[] = [
  [/^rất cao$/i, 5],
  [/^cao$/i, 5],
  [/^khá$/i, 4],
  [/^trung bình$/i, 3],
  [/^thấp$/i, 1],
];

/** A single rank speaks of what the data are worth; the other criteria are not guessed from it. */
function readPriority(text: string): Priority | undefined {
  const rank = ranks.find(([spelling]) => spelling.test(text))?.[1];
  if (rank !== undefined) return { value: rank };
  return /^[0-5](?:[.,]\d+)?$/.test(text) && Number(text.replace(',', '.')) <= 5
    ? { value: Number(text.replace(',', '.')) }
    : undefined;
}

const isId = (text: string): boolean => /^[a-z0-9][a-z0-9._-]{0,127}$/.test(text);

/** What a list of open data does not say is open. Absent: words that mean none of the degrees. */
function readOpenness(text: string): Openness | undefined {
  if (text === '') return 'open';
  const found = Object.entries(opennessLabels).find(([code, { vi, en }]) =>
    [code, vi, en].map(words).includes(words(text)),
  );
  return found?.[0] as Openness | undefined;
}

/** The themes that a cell names outright, apart by semicolons. */
const namedThemes = (column: string): readonly string[] => [
  ...new Set(column.split(';').flatMap((name) => findTheme(name.trim()) ?? [])),
];

function themesOf(...texts: Parameters<typeof themeOf>): readonly string[] {
  const theme = themeOf(...texts);
  return theme === undefined ? [] : [theme];
}

/**
 * The theme: what its own column says, else what the section does. Where a section has several fields, the dataset's
 * title decides between them, then its description; then the section's first.
 */
function themeOf(
  column: string,
  section: string,
  title: string,
  description: string,
): string | undefined {
  const stated =
    column === '' ? undefined : (findTheme(column) ?? themeAmong(column, title, description));
  return stated ?? themeAmong(section, title, description) ?? findThemes(title)[0];
}

function themeAmong(section: string, title: string, description: string): string | undefined {
  const candidates = findThemes(section);
  if (candidates.length < 2) return candidates[0];
  const among = (text: string) => findThemes(text).find((code) => candidates.includes(code));
  return among(title) ?? among(description) ?? candidates[0];
}

/** What a cell says and no code does stays readable in the note. */
function keepWords(
  field: AnnexField,
  cell: (field: AnnexField) => string,
  kept: string[],
  notes: Remarked[],
): void {
  const text = cell(field);
  if (text === '' || text === '-') return;
  kept.push(`${headerOf(field)}: ${text}`);
  notes.push({
    field,
    vi: `Cột "${headerOf(field)}": không hiểu "${text}"; giữ nguyên văn ở phần ghi chú.`,
    en: `Column "${headerOf(field)}": "${text}" is not understood; kept in words in the note.`,
  });
}

const brokenFormula = (field: AnnexField, text: string): Remarked => ({
  field,
  vi: `Cột "${headerOf(field)}": công thức bị lỗi (${text}); hãy sửa công thức hoặc ghi giá trị vào ô.`,
  en: `Column "${headerOf(field)}": the formula is broken (${text}); repair it or write the value into the cell.`,
});

const missing = (field: AnnexField): Remarked => ({
  field,
  vi: `Thiếu "${headerOf(field)}"; hãy điền vào ô này.`,
  en: `"${headerOf(field)}" is missing; fill in the cell.`,
});

const impossibleDate = (text: string): Remarked => ({
  field: 'due',
  vi: `Cột "${headerOf('due')}": "${text}" không có trong lịch; hãy ghi quý (Quý III/2026) hoặc ngày có thật.`,
  en: `Column "${headerOf('due')}": "${text}" is not in the calendar; write a quarter (Quý III/2026) or a date that exists.`,
});

const unknownOpenness = (text: string): Remarked => {
  const labels = Object.values(opennessLabels);
  return {
    field: 'openness',
    vi: `Cột "${headerOf('openness')}": không hiểu "${text}"; hãy ghi một trong: ${labels.map(({ vi }) => vi).join(', ')}.`,
    en: `Column "${headerOf('openness')}": "${text}" is not understood; write one of: ${labels.map(({ vi }) => vi).join(', ')}.`,
  };
};

const unknownFormat = (text: string): Remarked => ({
  field: 'format',
  vi: `Cột "${headerOf('format')}": không biết định dạng "${text}"; đã bỏ qua. Hãy dùng tên như CSV, XLSX, JSON.`,
  en: `Column "${headerOf('format')}": the format "${text}" is unknown and was left out. Use names such as CSV, XLSX, JSON.`,
});

function unknownAgency(text: string, match: AgencyMatch | undefined): Remarked {
  const candidates = match && !match.agency ? match.candidates : [];
  const names = candidates.map(({ name, id }) => `"${name['vi'] ?? id}"`).join(', ');
  if (match && !match.agency && match.ambiguous) {
    return {
      field: 'publisher',
      vi: `Cột "${headerOf('publisher')}": "${text}" có thể là ${names}; hãy ghi tên đầy đủ.`,
      en: `Column "${headerOf('publisher')}": "${text}" may be ${names}; write the full name.`,
    };
  }
  const nearest =
    names === '' ? { vi: '', en: '' } : { vi: ` Gần nhất: ${names}.`, en: ` Nearest: ${names}.` };
  return {
    field: 'publisher',
    vi: `Cột "${headerOf('publisher')}": không có cơ quan "${text}".${nearest.vi} Hãy sửa tên, hoặc thêm cơ quan hay tên viết tắt này.`,
    en: `Column "${headerOf('publisher')}": there is no agency "${text}".${nearest.en} Correct the name, or add the agency or this abbreviation.`,
  };
}
