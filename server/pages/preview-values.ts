import { fold } from '../../catalog/kernel/fold.ts';
import type { ColumnFacts } from '../../catalog/preview/preview-facts.ts';
import { type Cell, isNumeric } from '../../catalog/preview/table-query.ts';
import type { Language } from '../http/language.ts';
import type { PageContext } from './page-context.ts';

/** A cell as it is shown. */
export interface CellView {
  readonly text: string;
  /** The beginning of a long text, which opens. */
  readonly short?: string;
  readonly href?: string;
  /** Nothing stands here. */
  readonly isEmpty?: boolean;
}

const longest = 140;

const numberFormats: Readonly<Record<Language, Intl.NumberFormat>> = {
  vi: new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 6 }),
  en: new Intl.NumberFormat('en-GB', { maximumFractionDigits: 6 }),
};
const plainFormats: Readonly<Record<Language, Intl.NumberFormat>> = {
  vi: new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 6, useGrouping: false }),
  en: new Intl.NumberFormat('en-GB', { maximumFractionDigits: 6, useGrouping: false }),
};

/** Writes values of a column as the page's language writes them. */
export function valueWriter(column: ColumnFacts, context: PageContext): (value: Cell) => string {
  const { type } = column;
  const numbers = (isName(column) ? plainFormats : numberFormats)[context.lang];
  return (value) => {
    if (value === null) return '';
    if (isNumeric(type)) return numbers.format(Number(value));
    if (type === 'boolean')
      return context.t(String(value) === 'true' ? 'preview.yes' : 'preview.no');
    const text = String(value);
    if (type === 'date') return context.date(text.slice(0, 10));
    if (type === 'datetime') return `${context.date(text.slice(0, 10))} ${text.slice(11, 16)}`;
    return text;
  };
}

export function cellView(value: Cell, write: (value: Cell) => string): CellView {
  const text = write(value);
  if (text === '') return { text, isEmpty: true };
  if (/^https?:\/\/[^\s"<>]+$/i.test(text) && URL.canParse(text)) {
    return { text: text.length > longest ? `${text.slice(0, longest)}…` : text, href: text };
  }
  return text.length > longest ? { text, short: `${text.slice(0, longest)}…` } : { text };
}

/** Years and codes are numbers that nobody counts with: no points are set in them. */
function isName({ name, min, max }: ColumnFacts): boolean {
  if (
    /(^| )(ma|id|nam|year|code|stt|so hieu|so nha|zip)( |$)/.test(fold(name.replace(/[_-]/g, ' ')))
  ) {
    return true;
  }
  return Number(min) >= 1000 && Number(max) < 3000;
}

/** The name of a column, or its number where it has none. */
export function columnLabel(name: string, index: number, context: PageContext): string {
  return name === '' ? context.t('preview.unnamed', { number: index + 1 }) : name;
}
