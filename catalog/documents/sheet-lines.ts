import type { BorderStyle, CellStyle } from 'hucre';
import type { Cell, Column, OfficialDocument, Table } from './official-document.ts';
import { heightFor, type SheetLine, type SheetPart } from './sheet.ts';

const bold: CellStyle = { font: { bold: true } };
const side = { style: 'thin', color: { rgb: '000000' } } as const;
const border: BorderStyle = { top: side, right: side, bottom: side, left: side };
const middle: CellStyle = {
  alignment: { horizontal: 'center', vertical: 'center', wrapText: true },
};

/** Who issues it on the left; the country and its motto, underlined, on the right. */
export function letterheadLines(
  { issuer, nation, mark, placeAndDate }: OfficialDocument,
  width: number,
): readonly SheetLine[] {
  const both = (left: string, right: string, style: readonly [CellStyle, CellStyle]) => ({
    parts: inTwo([left, right], width, style),
  });
  const [body = '', place = ''] = issuer;
  const [country = '', motto = ''] = nation;
  const underlined: CellStyle = { ...middle, font: { bold: true, underline: 'single' } };
  return [
    ...(mark === undefined
      ? []
      : [{ parts: [{ at: 0, span: halfOf(width), value: mark, style: { ...middle, ...bold } }] }]),
    both(body, country, [middle, { ...middle, ...bold }]),
    both(place, motto, [underlined, underlined]),
    ...(placeAndDate === undefined
      ? []
      : [both('', placeAndDate, [middle, { ...middle, font: { italic: true } }])]),
    {},
  ];
}

/** The columns of the left of two halves: names on the left are shorter than those on the right. */
function halfOf(width: number): number {
  return Math.max(1, Math.floor(width / 2) - (width > 6 ? 1 : 0));
}

function inTwo(
  texts: readonly [string, string],
  width: number,
  styles: readonly [CellStyle, CellStyle],
): readonly SheetPart[] {
  const half = halfOf(width);
  return [
    { at: 0, span: half, value: texts[0], style: styles[0] },
    { at: half, span: width - half, value: texts[1], style: styles[1] },
  ];
}

export function headingLines(heading: readonly string[], width: number): readonly SheetLine[] {
  return heading.map((text) => acrossThePage(text, width, { ...middle, font: { bold: true } }));
}

export function referenceLine(text: string, width: number): SheetLine {
  return acrossThePage(text, width, { ...middle, font: { italic: true } });
}

function acrossThePage(text: string, width: number, style: CellStyle): SheetLine {
  return { height: heightFor(text, 95), parts: [{ at: 0, span: width, value: text, style }] };
}

/** The table: its header row, which every page repeats, its sections over the whole width, its rows. */
export function tableLines(
  { columns, rows }: Table,
  widths: readonly number[],
): readonly SheetLine[] {
  const header = { ...middle, ...bold, border };
  const heightOf = (cells: readonly Cell[], scale: number) =>
    Math.max(
      ...cells.map((cell, at) =>
        columns[at]?.isHidden ? 0 : heightFor(cell, (widths[at] ?? 10) * scale),
      ),
    );
  return [
    {
      isRepeated: true,
      // Capitals and bold letters are wider.
      height: heightOf(
        columns.map(({ header: value }) => value),
        0.85,
      ),
      parts: columns.map(({ header: value }, at) => ({ at, value, style: header })),
    },
    ...rows.map((row) =>
      'section' in row
        ? sectionLine(row.ordinal, row.section, columns)
        : {
            height: heightOf(row.cells, 1.12),
            parts: row.cells.map((value, at) => bodyPart(value, at, columns[at])),
          },
    ),
  ];
}

function sectionLine(ordinal: string, text: string, columns: readonly Column[]): SheetLine {
  const span = columns.filter(({ isHidden }) => isHidden !== true).length - 1;
  const left: CellStyle = { alignment: { vertical: 'center', wrapText: true }, border, ...bold };
  return {
    height: heightFor(text, 80) + 4,
    parts: [
      { at: 0, value: ordinal, style: { ...middle, ...bold, border } },
      { at: 1, span, value: text, style: left },
    ],
  };
}

function bodyPart(value: Cell, at: number, column: Column | undefined): SheetPart {
  const horizontal = column?.align ?? 'left';
  return {
    at,
    value,
    style: { border, alignment: { horizontal, vertical: 'center', wrapText: true } },
  };
}

/** To whom it goes on the left, who signs on the right. */
export function signatureLines(
  { signature, recipientsLabel }: OfficialDocument,
  width: number,
): readonly SheetLine[] {
  if (!signature) return [];
  const half = halfOf(width);
  const left = [
    { value: recipientsLabel, style: { font: { bold: true, italic: true, size: 12 } } },
    ...signature.recipients.map((text) => ({ value: `- ${text}`, style: { font: { size: 11 } } })),
  ];
  const count = Math.max(left.length, signature.lines.length);
  return Array.from({ length: count }, (_, index) => {
    const recipient = left[index];
    const signer = signature.lines[index];
    return {
      parts: [
        ...(recipient ? [{ at: 0, span: half, ...recipient }] : []),
        ...(signer === undefined
          ? []
          : [{ at: half, span: width - half, value: signer, style: { ...middle, ...bold } }]),
      ],
    };
  });
}
