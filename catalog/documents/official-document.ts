/*
 * A paper of the city before it is a file: what stands in it, and nothing of how a program writes it down. Sizes and
 * places are those of Decree 30/2020/NĐ-CP, Appendix I; the writers beside know them.
 */

/** A cell: words, a number, or either with where it leads and what language it is in. */
export type Cell = string | number | Linked;

export interface Linked {
  readonly text: string | number;
  readonly href?: string;
  /** The language of the words, when it is not the paper's. */
  readonly lang?: string;
}

export interface Column {
  readonly header: string;
  /** Its share of the width of the page. */
  readonly width: number;
  readonly align?: 'left' | 'center' | 'right';
  /** Kept in a spreadsheet for who reads it back, and printed nowhere. */
  readonly isHidden?: boolean;
}

/** A row of cells, or a line across the table that begins a section. */
export type Row =
  | { readonly cells: readonly Cell[] }
  | { readonly ordinal: string; readonly section: string };

export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  /** In a workbook a table is a sheet of this name. */
  | { readonly kind: 'table'; readonly name: string; readonly table: Table };

export interface Signature {
  readonly recipients: readonly string[];
  /** `TM. ỦY BAN NHÂN DÂN` above `CHỦ TỊCH`. */
  readonly lines: readonly string[];
}

export interface OfficialDocument {
  readonly lang: 'vi' | 'en';
  readonly orientation: 'portrait' | 'landscape';
  /** Who issues it, in two lines; the second is underlined. */
  readonly issuer: readonly string[];
  /** What the country is called, and its motto. */
  readonly nation: readonly string[];
  /** Above everything on the left when it is no more than a draft. */
  readonly mark?: string;
  /** Place and date, on the right. */
  readonly placeAndDate?: string;
  readonly heading: readonly string[];
  /** What it belongs to, in italics under the heading. */
  readonly reference?: string;
  readonly blocks: readonly Block[];
  /** Words before the recipients: `Nơi nhận:`. */
  readonly recipientsLabel: string;
  readonly signature?: Signature;
}

/** The words of a cell; a number as the language writes it. */
export function textOf(cell: Cell, lang: OfficialDocument['lang']): string {
  const plain = typeof cell === 'object' ? cell.text : cell;
  return typeof plain === 'number' ? numbers[lang].format(plain) : plain;
}

const numbers = {
  vi: new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 1 }),
  en: new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 }),
};
