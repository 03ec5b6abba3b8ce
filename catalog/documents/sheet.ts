import type {
  CellStyle,
  MergeRange,
  NamedRange,
  RowDef,
  Cell as SheetCell,
  WriteSheet,
} from 'hucre';
import { type Cell, type Table, textOf } from './official-document.ts';

/** A row of a sheet. An empty one is left blank. */
export interface SheetLine {
  /** In points. Absent: one line. */
  readonly height?: number;
  readonly parts?: readonly SheetPart[];
  /** Printed again at the top of every page. */
  readonly isRepeated?: boolean;
}

/** Something in a row, from a column on, over as many as it spans. */
export interface SheetPart {
  readonly at: number;
  readonly span?: number;
  readonly value: Cell;
  readonly style: CellStyle;
}

const font = { name: 'Times New Roman', size: 13 };
/** How many characters a printed line has between the margins, by the default font. */
const charactersAcross = { landscape: 106, portrait: 69 } as const;
/** Decree 30/2020/NĐ-CP, Appendix I: 20 mm above and below, 30 left, 15 right; in inches here. */
const margins = { top: 0.79, bottom: 0.79, left: 1.18, right: 0.59, header: 0.39, footer: 0.39 };

/** Puts lines onto a sheet that prints on A4, its header row on every page, page numbers from the second on. */
export function toSheet(
  sheet: { readonly name: string; readonly lines: readonly SheetLine[]; readonly table: Table },
  orientation: 'portrait' | 'landscape',
): WriteSheet {
  const { lines, table } = sheet;
  return {
    name: sheetName(sheet.name),
    columns: columnsOf(table, orientation),
    rows: lines.map(() => []),
    cells: cellsOf(lines),
    merges: mergesOf(lines),
    rowDefs: heightsOf(lines),
    view: { showGridLines: false },
    pageSetup: {
      paperSize: 'a4',
      orientation,
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      margins,
      horizontalCentered: true,
    },
    headerFooter: {
      differentFirst: true,
      oddHeader: `&C&"${font.name},Regular"&${font.size}&P`,
    },
  };
}

/** The row that is printed again on every page. Its name is reserved: ECMA-376 Part 1 §18.2.5. */
export function printTitles(sheet: {
  readonly name: string;
  readonly lines: readonly SheetLine[];
}): NamedRange[] {
  const row = sheet.lines.findIndex(({ isRepeated }) => isRepeated === true) + 1;
  const name = sheetName(sheet.name);
  // The library's own setting leaves a name with a space in it unquoted, and Excel finds the file damaged.
  const range = `'${name}'!$${row}:$${row}`;
  return row === 0 ? [] : [{ name: '_xlnm.Print_Titles', range, scope: name }];
}

/** At most 31 characters, none of those that a reference could not quote. ECMA-376 Part 1 §18.2.19. */
function sheetName(name: string): string {
  return name
    .replace(/[\\/?*[\]:']/g, ' ')
    .slice(0, 31)
    .trim();
}

/** How many characters of the default font each column of a table holds; all that are printed fill the page. */
export function widthsOf(
  { columns }: Table,
  orientation: 'portrait' | 'landscape',
): readonly number[] {
  const sum = columns.reduce((all, { width, isHidden }) => all + (isHidden ? 0 : width), 0);
  return columns.map(({ width, isHidden }) =>
    isHidden ? 10 : Math.round((width / sum) * charactersAcross[orientation] * 100) / 100,
  );
}

function columnsOf(
  table: Table,
  orientation: 'portrait' | 'landscape',
): NonNullable<WriteSheet['columns']> {
  const widths = widthsOf(table, orientation);
  return table.columns.map(({ isHidden }, at) => ({
    width: widths[at] ?? 10,
    ...(isHidden && { hidden: true }),
  }));
}

function cellsOf(lines: readonly SheetLine[]): Map<string, Partial<SheetCell>> {
  const cells = new Map<string, Partial<SheetCell>>();
  for (const [row, { parts = [] }] of lines.entries()) {
    for (const { at, span = 1, value, style } of parts) {
      const whole = { ...style, font: { ...font, ...style.font } };
      cells.set(`${row},${at}`, toCell(value, whole));
      // The borders of what is merged are those of each cell under it.
      for (let column = at + 1; column < at + span; column += 1) {
        cells.set(`${row},${column}`, { value: null, style: whole });
      }
    }
  }
  return cells;
}

function toCell(value: Cell, style: CellStyle): Partial<SheetCell> {
  const plain = typeof value === 'object' ? value.text : value;
  const href = typeof value === 'object' ? value.href : undefined;
  const link = href === undefined ? {} : { hyperlink: { target: href } };
  return typeof plain === 'number'
    ? { value: plain, style, ...link }
    : { value: escaped(plain), style: { ...style, numFmt: '@' }, ...link };
}

/** `_x0041_` in a cell is read as A; escaped, it stays what it is. ECMA-376 Part 1 §22.9.2.19. */
function escaped(text: string): string {
  return text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');
}

function mergesOf(lines: readonly SheetLine[]): MergeRange[] {
  return lines.flatMap(({ parts = [] }, row) =>
    parts.flatMap(({ at, span = 1 }) =>
      span > 1 ? [{ startRow: row, endRow: row, startCol: at, endCol: at + span - 1 }] : [],
    ),
  );
}

/** Merged cells never grow with their text, and not every program lets others; so rows are given a height. */
function heightsOf(lines: readonly SheetLine[]): Map<number, RowDef> {
  return new Map(
    lines.flatMap(({ height }, row) => (height === undefined ? [] : [[row, { height }] as const])),
  );
}

/** How high a row must be, in points, for a text in so many characters across. Excel has no higher than 409. */
export function heightFor(value: Cell, characters: number): number {
  const count = textOf(value, 'vi')
    .split('\n')
    .reduce((total, line) => total + linesOf(line, characters), 0);
  return Math.min(409, count * 16.8 + 3);
}

/** How many lines a text takes when it is broken between words, and a long word within. */
function linesOf(text: string, characters: number): number {
  let lines = 1;
  let used = 0;
  for (const { length } of text.split(' ')) {
    const together = used === 0 ? length : used + 1 + length;
    if (together <= characters) {
      used = together;
      continue;
    }
    if (used > 0) lines += 1;
    lines += Math.ceil(length / characters) - 1;
    used = Math.min(length, characters);
  }
  return lines;
}
