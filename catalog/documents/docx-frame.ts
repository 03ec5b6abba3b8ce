import type { Table as DocxTable, FileChild, TableCell } from 'docx';
import type { Docx } from './docx-library.ts';
import type { OfficialDocument } from './official-document.ts';

interface Line {
  readonly text: string;
  readonly bold?: boolean;
  readonly italics?: boolean;
  /** In half-points. */
  readonly size?: number;
}

/** Who issues it on the left; the country and its motto on the right, each above a rule. */
export function letterhead(docx: Docx, document: OfficialDocument): FileChild[] {
  const { issuer, nation, mark, placeAndDate } = document;
  const left = issuer.map((text, index) => ({ text, bold: index === issuer.length - 1 }));
  const right = nation.map((text) => ({ text, bold: true }));
  return [
    ...(mark === undefined
      ? []
      : [new docx.Paragraph({ children: [new docx.TextRun({ text: mark, bold: true })] })]),
    inTwo(docx, [
      [...lines(docx, left), rule(docx, 1_700)],
      [
        ...lines(docx, right),
        rule(docx, 1_900),
        ...(placeAndDate === undefined ? [] : lines(docx, [{ text: placeAndDate, italics: true }])),
      ],
    ]),
  ];
}

/** To whom it goes on the left, who signs on the right. Decree 30/2020/NĐ-CP: 12 and 11 points for the former. */
export function signature(docx: Docx, document: OfficialDocument): FileChild[] {
  if (!document.signature) return [];
  const { recipients, lines: signers } = document.signature;
  const left = [
    { text: document.recipientsLabel, bold: true, italics: true, size: 24 },
    ...recipients.map((text) => ({ text: `- ${text}`, size: 22 })),
  ];
  return [
    inTwo(docx, [
      lines(docx, left, docx.AlignmentType.LEFT),
      lines(
        docx,
        signers.map((text) => ({ text, bold: true })),
      ),
    ]),
  ];
}

type Alignment = Docx['AlignmentType'][keyof Docx['AlignmentType']];

function lines(
  docx: Docx,
  all: readonly Line[],
  alignment: Alignment = docx.AlignmentType.CENTER,
): FileChild[] {
  return all.map(
    (line) => new docx.Paragraph({ alignment, keepNext: true, children: [new docx.TextRun(line)] }),
  );
}

/** A line in the middle of its half, so far from both ends, in twentieths of a point. */
function rule(docx: Docx, inset: number): FileChild {
  const { AlignmentType, BorderStyle, Paragraph } = docx;
  return new Paragraph({
    alignment: AlignmentType.CENTER,
    indent: { left: inset, right: inset },
    spacing: { line: 60, lineRule: docx.LineRuleType.EXACT, after: 120 },
    border: { top: { style: BorderStyle.SINGLE, size: 6, space: 1, color: '000000' } },
  });
}

/** Two halves of the page without borders. */
function inTwo(docx: Docx, halves: readonly [FileChild[], FileChild[]]): DocxTable {
  const { Table, TableRow, WidthType } = docx;
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    borders: noBorders(docx),
    rows: [
      new TableRow({
        cantSplit: true,
        children: [half(docx, halves[0], 42), half(docx, halves[1], 58)],
      }),
    ],
  });
}

function half(docx: Docx, children: FileChild[], size: number): TableCell {
  return new docx.TableCell({
    width: { size, type: docx.WidthType.PERCENTAGE },
    children: children.filter((child) => child instanceof docx.Paragraph),
  });
}

function noBorders({ BorderStyle }: Docx) {
  const none = { style: BorderStyle.NONE, size: 0, color: 'auto' };
  return {
    top: none,
    bottom: none,
    left: none,
    right: none,
    insideHorizontal: none,
    insideVertical: none,
  };
}
