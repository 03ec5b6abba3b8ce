import type { Cell, Column, OfficialDocument, Row } from '../../documents/official-document.ts';
import { decisionReference, officialForm, roman } from '../../documents/official-form.ts';
import { pickLanguage } from '../../kernel/lang-text.ts';
import type { AgencyRecord } from '../../model/agency.ts';
import type { DatasetRecord } from '../../model/dataset.ts';
import type { Decision } from '../../model/plan.ts';
import { columnsFor, type PaperColumn } from './annex-columns.ts';
import { withoutField } from './columns.ts';
import { agencyMatcher } from './match-agency.ts';

/** What an annex says: the commitments of a version of a plan, and the decision that they come with. */
export interface AnnexPaper {
  readonly year: string;
  /** Absent: nothing is decided yet; the number and the date are left blank. */
  readonly decision?: Decision;
  /** What its top says when it is no more than a draft. */
  readonly draft?: string;
  /** Which amendment of the year's plan it belongs to, from 1. */
  readonly amendment?: number;
  /** In the order in which they are printed; sections in the order of their first. */
  readonly entries: readonly DatasetRecord[];
  readonly agencies: readonly AgencyRecord[];
}

/** The annex of a decision as a paper, in Vietnamese: it is law's text, and law has one language. */
export function annexPaper(paper: AnnexPaper): OfficialDocument {
  const columns = columnsFor(paper.entries, nameAgency(paper.agencies));
  return {
    lang: 'vi',
    orientation: 'landscape',
    issuer: officialForm.issuer,
    nation: officialForm.nation,
    ...(paper.draft !== undefined && { mark: paper.draft }),
    heading: ['PHỤ LỤC', headingOf(paper)],
    reference: decisionReference(paper.decision, paper.year),
    blocks: [
      {
        kind: 'table',
        name: 'Phụ lục',
        table: { columns: columns.map(toColumn), rows: rowsOf(paper, columns) },
      },
      { kind: 'paragraph', text: totalOf(paper) },
    ],
    recipientsLabel: 'Nơi nhận:',
    signature: {
      recipients: officialForm.recipients,
      lines: [officialForm.authority, officialForm.office, ...signerOf(paper.decision)],
    },
  };
}

/** Room for the signature, and the name under it. */
function signerOf(decision: Decision | undefined): readonly string[] {
  return decision?.signer === undefined ? [] : ['', '', '', decision.signer];
}

function headingOf({ year, amendment }: AnnexPaper): string {
  const place = officialForm.issuer.at(-1) ?? '';
  const change = amendment === undefined ? '' : ` (SỬA ĐỔI, BỔ SUNG LẦN ${amendment})`;
  return `DANH MỤC DỮ LIỆU MỞ CỦA ${place} CÔNG BỐ NĂM ${year}${change}`;
}

function totalOf({ entries }: AnnexPaper): string {
  const agencies = new Set(entries.map(({ publisher }) => publisher)).size;
  return `Tổng số: ${entries.length} tập dữ liệu của ${agencies} cơ quan, đơn vị.`;
}

/** The name by which an agency is found again: its full one, unless another has the same. */
function nameAgency(agencies: readonly AgencyRecord[]): (id: string) => string {
  const match = agencyMatcher(agencies);
  const known = new Map(agencies.map((agency) => [agency.id, agency]));
  return (id) => {
    const agency = known.get(id);
    const full = pickLanguage(agency?.name, 'vi').text;
    const names = [full, ...(agency?.altName ?? []), id].filter((name) => name !== '');
    return names.find((name) => match(name).agency?.id === id) ?? names[0] ?? id;
  };
}

function toColumn({ header, width, align, isHidden }: PaperColumn): Column {
  return {
    header,
    width,
    ...(align !== undefined && { align }),
    ...(isHidden !== undefined && { isHidden }),
  };
}

function rowsOf({ entries }: AnnexPaper, columns: readonly PaperColumn[]): readonly Row[] {
  const sections = new Map<string, DatasetRecord[]>();
  for (const entry of entries) {
    const field = entry.inventory?.field ?? '';
    const section = sections.get(field);
    if (section) section.push(entry);
    else sections.set(field, [entry]);
  }
  const isFlat = sections.size === 1 && sections.has('');
  let ordinal = 0;
  const numbered = (entry: DatasetRecord): Row => {
    ordinal += 1;
    const number = ordinal;
    return { cells: columns.map(({ write }): Cell => write(entry, number)) };
  };
  return [...sections].flatMap(([field, own], index) => [
    ...(isFlat
      ? []
      : [{ ordinal: roman(index + 1), section: field === '' ? withoutField : field }]),
    ...own.map(numbered),
  ]);
}
