import type { FileChild, ISectionOptions } from 'docx';
import { letterhead, signature } from './docx-frame.ts';
import { type Docx, loadDocx } from './docx-library.ts';
import { docxTable } from './docx-table.ts';
import type { Block, OfficialDocument } from './official-document.ts';

/** Half-points, as Word counts: 13 pt. */
const textSize = 26;
const font = 'Times New Roman';
/** Decree 30/2020/NĐ-CP, Appendix I: 20 mm above and below, 30 left, 15 right; in twentieths of a point. */
const margin = { top: 1_134, bottom: 1_134, left: 1_701, right: 850, header: 567 };
const a4 = { width: 11_906, height: 16_838 };

/** Writes a paper as a text document: A4, Times New Roman, header rows on every page, page numbers from the second on. */
export async function writeOfficialDocx(document: OfficialDocument): Promise<Buffer> {
  const docx = await loadDocx();
  const file = new docx.Document({
    title: document.heading.join(' '),
    creator: document.issuer.join(' '),
    styles: {
      default: {
        document: {
          run: {
            font,
            size: textSize,
            language: { value: document.lang === 'vi' ? 'vi-VN' : 'en-GB' },
          },
        },
      },
    },
    sections: [
      {
        ...frameOfPages(docx, document),
        children: [
          ...letterhead(docx, document),
          ...heading(docx, document),
          ...document.blocks.flatMap((block) => blockOf(docx, block, document)),
          ...signature(docx, document),
        ],
      },
    ],
  });
  return docx.Packer.toBuffer(file);
}

function frameOfPages(
  docx: Docx,
  { orientation }: OfficialDocument,
): Pick<ISectionOptions, 'properties' | 'headers'> {
  const { AlignmentType, Header, PageNumber, PageOrientation, Paragraph, TextRun } = docx;
  const number = new Paragraph({
    alignment: AlignmentType.CENTER,
    children: [new TextRun({ children: [PageNumber.CURRENT] })],
  });
  return {
    properties: {
      titlePage: true,
      page: { margin, size: { ...a4, orientation: PageOrientation[toKey(orientation)] } },
    },
    headers: { default: new Header({ children: [number] }), first: new Header({ children: [] }) },
  };
}

const toKey = (orientation: OfficialDocument['orientation']) =>
  orientation === 'landscape' ? 'LANDSCAPE' : 'PORTRAIT';

function heading(docx: Docx, { heading: lines, reference }: OfficialDocument): FileChild[] {
  const { AlignmentType, HeadingLevel, Paragraph, TextRun } = docx;
  const centred = { alignment: AlignmentType.CENTER };
  return [
    ...lines.map(
      (text, index) =>
        new Paragraph({
          ...centred,
          ...(index === 0 && { heading: HeadingLevel.TITLE, spacing: { before: 240 } }),
          children: [new TextRun({ text, bold: true, size: 28, font, color: '000000' })],
        }),
    ),
    ...(reference === undefined
      ? []
      : [
          new Paragraph({
            ...centred,
            children: [new TextRun({ text: reference, italics: true })],
          }),
        ]),
    new Paragraph({}),
  ];
}

function blockOf(docx: Docx, block: Block, document: OfficialDocument): FileChild[] {
  const { AlignmentType, HeadingLevel, Paragraph, TextRun } = docx;
  if (block.kind === 'table') {
    return [docxTable(docx, block.table, document), new Paragraph({})];
  }
  if (block.kind === 'heading') {
    return [
      new Paragraph({
        heading: HeadingLevel.HEADING_1,
        keepNext: true,
        spacing: { before: 200, after: 120 },
        children: [
          new TextRun({ text: block.text, bold: true, size: textSize, font, color: '000000' }),
        ],
      }),
    ];
  }
  return [
    new Paragraph({
      alignment: AlignmentType.BOTH,
      indent: { firstLine: 567 },
      spacing: { after: 120 },
      children: [new TextRun(block.text)],
    }),
  ];
}
