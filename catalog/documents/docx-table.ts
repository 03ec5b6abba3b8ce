import type { Table as DocxTable, ParagraphChild, TableRow } from 'docx';
import type { Docx } from './docx-library.ts';
import {
  type Cell,
  type Column,
  type OfficialDocument,
  type Row,
  type Table,
  textOf,
} from './official-document.ts';

type Language = OfficialDocument['lang'];

/** Twentieths of a point between the margins of A4. */
const across = { landscape: 14_288, portrait: 9_356 } as const;

/** A table over the whole width, with a header row that every page repeats. */
export function docxTable(
  docx: Docx,
  { columns, rows }: Table,
  { orientation, lang }: Pick<OfficialDocument, 'orientation' | 'lang'>,
): DocxTable {
  const printed = columns.flatMap((column, at) =>
    column.isHidden === true ? [] : [{ ...column, at }],
  );
  const sum = printed.reduce((total, { width }) => total + width, 0);
  const widths = printed.map(({ width }) => Math.floor((width / sum) * across[orientation]));
  const { Table, TableLayoutType, WidthType } = docx;
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: widths.reduce((total, width) => total + width, 0), type: WidthType.DXA },
    columnWidths: widths,
    rows: [headerRow(docx, printed), ...rows.map((row) => bodyRow(docx, row, printed, lang))],
  });
}

type Printed = Column & { readonly at: number };

function headerRow(docx: Docx, columns: readonly Printed[]): TableRow {
  return new docx.TableRow({
    tableHeader: true,
    cantSplit: true,
    children: columns.map(({ header }) =>
      tableCell(docx, [new docx.TextRun({ text: header, bold: true })], 'center'),
    ),
  });
}

function bodyRow(docx: Docx, row: Row, columns: readonly Printed[], lang: Language): TableRow {
  if ('section' in row) {
    const bold = (text: string) => [new docx.TextRun({ text, bold: true })];
    return new docx.TableRow({
      cantSplit: true,
      children: [
        tableCell(docx, bold(row.ordinal), 'center'),
        tableCell(docx, bold(row.section), 'left', columns.length - 1),
      ],
    });
  }
  return new docx.TableRow({
    cantSplit: true,
    children: columns.map(({ at, align }) =>
      tableCell(docx, wordsOf(docx, row.cells[at] ?? '', lang), align ?? 'left'),
    ),
  });
}

function tableCell(
  docx: Docx,
  children: readonly ParagraphChild[],
  align: 'left' | 'center' | 'right',
  columnSpan = 1,
) {
  return new docx.TableCell({
    columnSpan,
    verticalAlign: docx.VerticalAlignTable.CENTER,
    margins: { top: 30, bottom: 30, left: 70, right: 70 },
    children: [new docx.Paragraph({ alignment: align, children })],
  });
}

/** The lines of a cell, each after a break; a link under its words. */
function wordsOf(docx: Docx, cell: Cell, lang: Language): readonly ParagraphChild[] {
  const href = typeof cell === 'object' ? cell.href : undefined;
  const style = href === undefined ? {} : { style: 'Hyperlink' };
  const runs = textOf(cell, lang)
    .split('\n')
    .map((text, index) => new docx.TextRun({ text, ...style, ...(index > 0 && { break: 1 }) }));
  return href === undefined ? runs : [new docx.ExternalHyperlink({ link: href, children: runs })];
}
