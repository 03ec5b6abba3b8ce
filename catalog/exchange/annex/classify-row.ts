import { fold } from '../../kernel/fold.ts';
import type { AnnexField } from './columns.ts';
import { type AnnexTableRow, matchColumns } from './read-annex-table.ts';

/** What a row below the header is. */
export type AnnexRowKind =
  | { readonly kind: 'data' }
  | { readonly kind: 'section'; readonly text: string }
  | { readonly kind: 'skip' }
  /** The signature begins; nothing below is data. */
  | { readonly kind: 'end' };

export type Columns = ReadonlyMap<AnnexField, number>;

const skip: AnnexRowKind = { kind: 'skip' };
const signature =
  /^(?:noi nhan|(?:tm|kt|tl|tuq)\b\.? ?(?:uy ban|ubnd|chu tich|giam doc|chanh|hdnd)|chu tich$|nguoi lap (?:bieu|bang)?)/;
const remark = /^(?:ghi chu|tong cong|tong so|cong\b|\(?\*+\)?|luu y)/;
const namesField = /^(?:linh vuc|nhom|phan|muc|nganh|chuyen de|khoi)\b/;

/** Tells a dataset from a section, a repeated header, a row of column numbers, a remark and the signature. */
export function classifyRow({ cells }: AnnexTableRow, columns: Columns): AnnexRowKind {
  const filled = cells.filter((text) => text !== '');
  const [first = ''] = filled;
  if (filled.length === 0) return skip;
  if (isNumberedSection(cells, columns)) {
    return { kind: 'section', text: cellOf(cells, columns, 'title') };
  }
  if (!isComplete(cells, columns)) {
    if (filled.some((text) => signature.test(fold(text)))) return { kind: 'end' };
    if (remark.test(fold(first))) return skip;
  }
  if (isColumnNumbers(filled) || isHeaderAgain(cells, columns)) return skip;
  return isSection(cells, columns)
    ? { kind: 'section', text: sectionText(cells) }
    : { kind: 'data' };
}

const cellOf = (cells: readonly string[], columns: Columns, field: AnnexField): string =>
  cells[columns.get(field) ?? -1] ?? '';

function isComplete(cells: readonly string[], columns: Columns): boolean {
  return cellOf(cells, columns, 'title') !== '' && cellOf(cells, columns, 'publisher') !== '';
}

/** `(1) (2) (3)` or `A B C`, under the header. */
function isColumnNumbers(filled: readonly string[]): boolean {
  return filled.length >= 3 && filled.every((text) => /^\(?(?:\d{1,2}|[A-Z])\)?$/.test(text));
}

/** `II`, and the name of a field where titles stand: whatever that name reads like. */
function isNumberedSection(cells: readonly string[], columns: Columns): boolean {
  const filled = cells.filter((text) => text !== '');
  const ordinal = cellOf(cells, columns, 'stt');
  return (
    filled.length === 2 && /^[IVXLC]+$/.test(ordinal) && cellOf(cells, columns, 'title') !== ''
  );
}

/** Printed lists repeat their header on every page. */
function isHeaderAgain(cells: readonly string[], columns: Columns): boolean {
  if (/^\d/.test(cellOf(cells, columns, 'stt'))) return false;
  const again = matchColumns(cells);
  return again.size >= 3 && [...again].every(([field, column]) => columns.get(field) === column);
}

/** Only a number and words, and the number is none of a dataset, or the words say that they name a field. */
function isSection(cells: readonly string[], columns: Columns): boolean {
  const ordinalAt = columns.get('stt') ?? -1;
  const filled = cells.flatMap((text, column) => (text === '' ? [] : [{ text, column }]));
  const texts = filled.filter(({ column }) => column !== ordinalAt);
  const ordinal = cells[ordinalAt] ?? '';
  const [only = { text: ordinal, column: ordinalAt }] = texts;
  if (texts.length > 1 || (texts.length === 1 && only.column > (columns.get('title') ?? 0))) {
    return false;
  }
  if (namesField.test(fold(withoutOrdinal(only.text)))) return true;
  if (texts.length === 0) return /\p{L}{2}/u.test(ordinal) && !isOrdinal(ordinal);
  return !/^\d/.test(ordinal) && !only.text.startsWith('#');
}

const isOrdinal = (text: string): boolean => /^[IVXLC]+\.?$|^[A-Z]\.?$/.test(text);

function sectionText(cells: readonly string[]): string {
  const text = cells
    .filter((cell) => cell !== '')
    .find((cell) => !isOrdinal(cell) && !/^\d+\.?$/.test(cell));
  return withoutOrdinal(text ?? '');
}

/** `II. Lĩnh vực y tế` is `Lĩnh vực y tế`. */
function withoutOrdinal(text: string): string {
  return text
    .replace(/^(?:[IVXLC]+|[A-Z]|\d+)\s*[.)/:–-]\s*/, '')
    .replace(/\s+/g, ' ')
    .trim();
}
