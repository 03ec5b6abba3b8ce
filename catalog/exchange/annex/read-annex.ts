import { createHash } from 'node:crypto';
import { slug } from '../../kernel/fold.ts';
import type { AgencyRecord } from '../../model/agency.ts';
import type { DatasetRecord } from '../../model/dataset.ts';
import type { ImportItem } from '../import-item.ts';
import { classifyRow } from './classify-row.ts';
import { withoutField } from './columns.ts';
import { agencyMatcher } from './match-agency.ts';
import { type AnnexTable, readAnnexTable } from './read-annex-table.ts';
import { type RowReading, readRow } from './read-row.ts';

export interface AnnexInput {
  readonly bytes: Buffer;
  readonly fileName: string;
  /** The year of the plan that the annex belongs to, `2026`. */
  readonly plan: string;
  /** The agencies that its names are matched with. */
  readonly agencies: readonly AgencyRecord[];
}

type Draft = Extract<RowReading, { record: unknown }> & { readonly line: number };

/** A row below the header of an annex: a dataset that was read or refused, the name of a section, or nothing of both. */
export type AnnexRow =
  | { readonly kind: 'data'; readonly line: number; readonly item: ImportItem }
  | { readonly kind: 'section'; readonly line: number; readonly text: string }
  /** `after-end`: the signature, and what stands below it. */
  | { readonly kind: 'skip' | 'after-end'; readonly line: number };

/**
 * Reads the annex of a decision: a planned dataset for every row, or why there is none.
 *
 * @throws {CatalogError} `malformed` / `annex-not-readable` or `annex-without-header`
 */
export async function* readAnnex(input: AnnexInput): AsyncGenerator<ImportItem> {
  const table = await readAnnexTable(input.bytes, input.fileName);
  for (const row of readAnnexRows(table, input)) if (row.kind === 'data') yield row.item;
}

/**
 * Reads every row below the header of an annex.
 *
 * An id is what the row says, or else the slug of the title. Where rows of the file would share it, each takes its publisher's id along, and
 * where the publisher is the same too, a mark of its title: ids do not depend on the order of rows.
 */
export function readAnnexRows(
  table: AnnexTable,
  setting: Pick<AnnexInput, 'plan' | 'agencies'>,
): readonly AnnexRow[] {
  const rows = readRows(table, setting);
  const idOf = assignIds(rows.flatMap((row) => ('record' in row ? [row] : [])));
  const firstLine = new Map<string, number>();
  return rows.map((row) => {
    const { line } = row;
    if ('kind' in row) return row;
    const data = (item: ImportItem): AnnexRow => ({ kind: 'data', line, item });
    if (!('record' in row)) {
      const id = slug(row.title);
      return data({ line, ...(id !== '' && { id }), reason: row.reason });
    }
    const id = idOf(row);
    const first = firstLine.get(id);
    if (id === '') return data({ line, reason: titleWithoutLetters });
    if (first !== undefined) return data({ line, id, reason: duplicate(row, first) });
    firstLine.set(id, line);
    const record: DatasetRecord = { id, ...row.record };
    return data({ line, record, ...(row.notes.length > 0 && { notes: row.notes }) });
  });
}

function readRows(
  { rows, columns }: AnnexTable,
  { plan, agencies }: Pick<AnnexInput, 'plan' | 'agencies'>,
): readonly (Exclude<AnnexRow, { kind: 'data' }> | (RowReading & { readonly line: number }))[] {
  const matchAgency = agencyMatcher(agencies);
  let section = '';
  let isOver = false;
  return rows.map((row) => {
    const { line } = row;
    const kind = classifyRow(row, columns);
    isOver ||= kind.kind === 'end';
    if (isOver || kind.kind === 'end') return { kind: 'after-end', line };
    if (kind.kind === 'skip') return { kind: 'skip', line };
    if (kind.kind === 'data')
      return { line, ...readRow(row, { columns, plan, matchAgency, section }) };
    section = kind.text === withoutField ? '' : kind.text;
    return { kind: 'section', line, text: kind.text };
  });
}

const titleOf = ({ record }: Draft): string => record.title['vi'] ?? '';
const sameTitle = (draft: Draft): string => titleOf(draft).toLowerCase();

function assignIds(drafts: readonly Draft[]): (draft: Draft) => string {
  const publishers = new Map<string, Set<string>>();
  const titles = new Map<string, Set<string>>();
  for (const draft of drafts.filter(({ id }) => id === undefined)) {
    const id = slug(titleOf(draft));
    addTo(publishers, id, draft.record.publisher);
    addTo(titles, `${id} ${draft.record.publisher}`, sameTitle(draft));
  }
  return (draft) => {
    if (draft.id !== undefined) return draft.id;
    const { publisher } = draft.record;
    const id = slug(titleOf(draft));
    if (id === '') return '';
    const shared = (publishers.get(id)?.size ?? 0) > 1;
    const crowded = (titles.get(`${id} ${publisher}`)?.size ?? 0) > 1;
    const mark = crowded ? `-${markOf(sameTitle(draft))}` : '';
    return `${id}${shared ? `-${publisher}` : ''}`.slice(0, 128 - mark.length) + mark;
  };
}

function addTo(sets: Map<string, Set<string>>, key: string, value: string): void {
  sets.set(key, (sets.get(key) ?? new Set()).add(value));
}

const markOf = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, 6);

const titleWithoutLetters = {
  field: 'title',
  vi: 'Tên tập dữ liệu không có chữ hay số nào; hãy ghi tên.',
  en: 'The title has neither letters nor digits; write a name.',
};

const duplicate = (draft: Draft, first: number) => ({
  field: 'title',
  vi: `"${titleOf(draft)}" của cùng cơ quan đã có ở dòng ${first}; hãy xóa một dòng hoặc phân biệt tên.`,
  en: `"${titleOf(draft)}" of the same agency stands on line ${first} already; delete one of them or tell the names apart.`,
});
