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

type ReadRow = RowReading & { readonly line: number };
type Draft = Extract<RowReading, { record: unknown }> & { readonly line: number };

/**
 * Reads the annex of a decision: a planned dataset for every row, or why there is none.
 *
 * An id is what the row says, or else the slug of the title. Where rows of the file would share it, each takes its publisher's id along, and
 * where the publisher is the same too, a mark of its title: ids do not depend on the order of rows.
 *
 * @throws {CatalogError} `malformed` / `annex-not-readable` or `annex-without-header`
 */
export async function* readAnnex(input: AnnexInput): AsyncGenerator<ImportItem> {
  const rows = readRows(await readAnnexTable(input.bytes, input.fileName), input);
  const idOf = assignIds(rows.filter((row): row is Draft => 'record' in row));
  const firstLine = new Map<string, number>();
  for (const row of rows) {
    if (!('record' in row)) {
      const id = slug(row.title);
      yield { line: row.line, ...(id !== '' && { id }), reason: row.reason };
      continue;
    }
    const id = idOf(row);
    const first = firstLine.get(id);
    if (id === '') yield { line: row.line, reason: titleWithoutLetters };
    else if (first === undefined) {
      firstLine.set(id, row.line);
      const record: DatasetRecord = { id, ...row.record };
      yield { line: row.line, record, ...(row.notes.length > 0 && { notes: row.notes }) };
    } else yield { line: row.line, id, reason: duplicate(row, first) };
  }
}

function readRows(table: AnnexTable, { plan, agencies }: AnnexInput): readonly ReadRow[] {
  const matchAgency = agencyMatcher(agencies);
  const found: ReadRow[] = [];
  let section = '';
  for (const row of table.rows) {
    const kind = classifyRow(row, table.columns);
    if (kind.kind === 'end') break;
    if (kind.kind === 'section') section = kind.text === withoutField ? '' : kind.text;
    if (kind.kind !== 'data') continue;
    const { columns } = table;
    found.push({ line: row.line, ...readRow(row, { columns, plan, matchAgency, section }) });
  }
  return found;
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
  vi: 'Tên tập dữ liệu không có chữ hay số nào; hãy ghi tên.',
  en: 'The title has neither letters nor digits; write a name.',
};

const duplicate = (draft: Draft, first: number) => ({
  vi: `"${titleOf(draft)}" của cùng cơ quan đã có ở dòng ${first}; hãy xóa một dòng hoặc phân biệt tên.`,
  en: `"${titleOf(draft)}" of the same agency stands on line ${first} already; delete one of them or tell the names apart.`,
});
