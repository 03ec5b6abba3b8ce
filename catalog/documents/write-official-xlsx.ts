import { writeXlsx } from 'hucre/xlsx';
import type { Block, OfficialDocument, Table } from './official-document.ts';
import { printTitles, type SheetLine, toSheet, widthsOf } from './sheet.ts';
import {
  headingLines,
  letterheadLines,
  referenceLine,
  signatureLines,
  tableLines,
} from './sheet-lines.ts';

type TableBlock = Extract<Block, { kind: 'table' }>;

/**
 * Writes a paper as a workbook. With one table it is the paper itself, ready to be printed on A4; with several, each
 * has a sheet of its own under its name.
 *
 * A cell that begins like a formula is a string, in a cell formatted as text: no program computes it.
 */
export async function writeOfficialXlsx(document: OfficialDocument): Promise<Uint8Array> {
  const tables = document.blocks.filter((block): block is TableBlock => block.kind === 'table');
  const sheets = tables.map(({ name, table }) => ({
    name,
    lines: tables.length === 1 ? wholePaper(document, table) : titledTable(name, table, document),
    table,
  }));
  return writeXlsx({
    sheets: sheets.map((each) => toSheet(each, document.orientation)),
    namedRanges: sheets.flatMap(printTitles),
    properties: { title: document.heading.join(' ') },
    defaultFont: { name: 'Times New Roman', size: 13 },
  });
}

function wholePaper(document: OfficialDocument, table: Table): readonly SheetLine[] {
  const width = visibleWidth(table);
  return [
    ...letterheadLines(document, width),
    ...headingLines(document.heading, width),
    ...(document.reference === undefined ? [] : [referenceLine(document.reference, width)]),
    {},
    ...tableLines(table, widthsOf(table, document.orientation)),
    ...remarks(document),
    {},
    ...signatureLines(document, width),
  ];
}

function remarks({ blocks }: OfficialDocument): readonly SheetLine[] {
  return blocks.flatMap((block) =>
    block.kind === 'paragraph' ? [{ parts: [{ at: 0, value: block.text, style: {} }] }] : [],
  );
}

function titledTable(
  name: string,
  table: Table,
  { orientation }: OfficialDocument,
): readonly SheetLine[] {
  return [
    ...headingLines([name], visibleWidth(table)),
    {},
    ...tableLines(table, widthsOf(table, orientation)),
  ];
}

/** How many columns are printed. The hidden ones come last. */
function visibleWidth({ columns }: Table): number {
  return columns.filter(({ isHidden }) => isHidden !== true).length;
}
