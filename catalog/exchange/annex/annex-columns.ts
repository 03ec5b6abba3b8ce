import type { Cell, Column } from '../../documents/official-document.ts';
import { pickLanguage } from '../../kernel/lang-text.ts';
import { quarterInWords } from '../../model/calendar.ts';
import type { AccessMethod, DatasetRecord, Inventory, Openness } from '../../model/dataset.ts';
import { vocabulary } from '../../model/vocabularies.ts';
import { findFileType } from '../spellings.ts';
import { type AnnexField, headerOf } from './columns.ts';
import { accessMethodLabels, opennessLabels } from './labels.ts';

/** A column of an annex that is written: its header, and what it says of an entry. */
export interface PaperColumn extends Column {
  write(entry: DatasetRecord, ordinal: number): Cell;
}

interface Kind {
  readonly field: AnnexField;
  readonly width: number;
  readonly align?: 'center';
  /** `always` there, `if-filled`, or there but `unprinted`, for who reads the annex back. */
  readonly shown: 'always' | 'if-filled' | 'unprinted';
  write(entry: DatasetRecord, ordinal: number, nameAgency: (id: string) => string): Cell;
}

/** The columns that an annex needs for its entries, the unprinted ones last. */
export function columnsFor(
  entries: readonly DatasetRecord[],
  nameAgency: (id: string) => string,
): readonly PaperColumn[] {
  return kinds
    .filter(
      ({ shown, write }) =>
        shown !== 'if-filled' || entries.some((entry) => write(entry, 0, nameAgency) !== ''),
    )
    .map(({ field, width, align, shown, write }) => ({
      header: headerOf(field),
      width,
      ...(align !== undefined && { align }),
      ...(shown === 'unprinted' && { isHidden: true }),
      write: (entry, ordinal) => write(entry, ordinal, nameAgency),
    }));
}

const plan = ({ inventory }: DatasetRecord): Inventory => inventory ?? {};
const vietnamese = (text: DatasetRecord['description']): string => pickLanguage(text, 'vi').text;

const kinds: readonly Kind[] = [
  { field: 'stt', width: 15, align: 'center', shown: 'always', write: (_, ordinal) => ordinal },
  { field: 'title', width: 44, shown: 'always', write: ({ title }) => vietnamese(title) },
  {
    field: 'description',
    width: 54,
    shown: 'always',
    write: ({ description }) => vietnamese(description),
  },
  {
    field: 'publisher',
    width: 34,
    shown: 'always',
    write: ({ publisher }, _, nameAgency) => nameAgency(publisher),
  },
  {
    field: 'coordinatingAgency',
    width: 32,
    shown: 'if-filled',
    write: (entry) => (plan(entry).coordinatingAgency ?? []).join('; '),
  },
  {
    field: 'format',
    width: 28,
    align: 'center',
    shown: 'always',
    write: (entry) => (plan(entry).release?.formats ?? []).map(formatName).join(', '),
  },
  {
    field: 'accrualPeriodicity',
    width: 23,
    align: 'center',
    shown: 'always',
    write: ({ accrualPeriodicity: code }) => (code === undefined ? '' : frequencyName(code)),
  },
  {
    field: 'due',
    width: 29,
    align: 'center',
    shown: 'always',
    write: (entry) => dueInWords(plan(entry).release?.due),
  },
  {
    field: 'accessMethods',
    width: 26,
    align: 'center',
    shown: 'always',
    write: (entry) => (plan(entry).release?.accessMethods ?? []).map(methodName).join('; '),
  },
  {
    field: 'openness',
    width: 22,
    align: 'center',
    shown: 'if-filled',
    write: (entry) => opennessName(plan(entry).openness),
  },
  {
    field: 'legalBasis',
    width: 34,
    shown: 'if-filled',
    write: (entry) => plan(entry).legalBasis ?? '',
  },
  {
    field: 'priority',
    width: 16,
    align: 'center',
    shown: 'if-filled',
    write: (entry) => rankOf(plan(entry).priority),
  },
  { field: 'note', width: 30, shown: 'if-filled', write: (entry) => plan(entry).note ?? '' },
  {
    field: 'theme',
    width: 0,
    shown: 'unprinted',
    write: ({ theme = [] }) => theme.join('; '),
  },
  { field: 'id', width: 0, shown: 'unprinted', write: ({ id }) => id },
];

/** A table's own spelling of a format, where it is read back as the same. */
function formatName(code: string): string {
  const label = vocabulary('file-type').labelOf(code, 'vi');
  return !/[\n;,/+|&]/.test(label) && findFileType(label) === code ? label : code;
}

/** As it begins a cell: Hằng tháng. */
function frequencyName(code: string): string {
  const label = vocabulary('frequency').labelOf(code, 'vi');
  return label.charAt(0).toLocaleUpperCase('vi') + label.slice(1);
}

/** `Quý III/2026`, or a day as it is written: 30/9/2026. */
function dueInWords(due: string | undefined): string {
  if (due === undefined || due.includes('Q')) return due === undefined ? '' : quarterInWords(due);
  const [year, month, day] = due.split('-').map(Number);
  return `${day}/${month}/${year}`;
}

const methodName = (method: AccessMethod): string => accessMethodLabels[method]?.vi ?? method;

/** What is open says nothing: the list is one of open data. */
function opennessName(openness: Openness | undefined): string {
  if (openness === undefined || openness === 'open') return '';
  return opennessLabels[openness]?.vi ?? openness;
}

/** An annex has one rank, and reads it as the value of the data; scores of several criteria it cannot say. */
function rankOf(priority: Inventory['priority']): string {
  const isOne = priority?.value !== undefined && Object.keys(priority).length === 1;
  return isOne ? String(priority.value).replace('.', ',') : '';
}
