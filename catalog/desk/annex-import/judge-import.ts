import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { type Actor, mayAct } from '../../access/actor.ts';
import { type Accepted, accept } from '../../exchange/accept-item.ts';
import type { AnnexField } from '../../exchange/annex/columns.ts';
import { type AnnexRow, readAnnexRows } from '../../exchange/annex/read-annex.ts';
import { type AnnexTable, tableUnder } from '../../exchange/annex/read-annex-table.ts';
import type { ImportItem, Remarked } from '../../exchange/import-item.ts';
import { planPolicy } from '../../exchange/import-policy.ts';
import { judge } from '../../exchange/judge-item.ts';
import { agencyRepository } from '../../inventory/agency-repository.ts';
import { type Dataset, datasetRepository } from '../../inventory/dataset-repository.ts';
import type { DatasetChange } from '../../inventory/write-datasets.ts';
import type { DatasetRecord } from '../../model/dataset.ts';
import type { Queryable } from '../../storage/database.ts';
import type { AnnexImport } from './annex-import.ts';
import { importers } from './open-import.ts';

export const rowKinds = ['refused', 'create', 'update', 'unchanged', 'left-out'] as const;
export type RowKind = (typeof rowKinds)[number];

/** What would become of a row that is a dataset's. */
export interface JudgedRow {
  readonly line: number;
  readonly kind: RowKind;
  /** Its cells with what was corrected. */
  readonly cells: readonly string[];
  /** The dataset it is, where it can be said. */
  readonly id?: string;
  readonly record?: DatasetRecord;
  /** What there is of it already. */
  readonly before?: Dataset;
  readonly change?: DatasetChange;
  /** Why it is refused. */
  readonly reason?: Remarked;
  readonly notes: readonly Remarked[];
}

/** What an import would do. */
export interface Judgement {
  /** Absent: the columns of a title and an agency are not known yet. */
  readonly table?: AnnexTable;
  readonly rows: readonly JudgedRow[];
  /** The names of the sections that were found. */
  readonly sections: readonly string[];
  /** The line where a signature ends the table. */
  readonly endsAt?: number;
  readonly counts: Readonly<Record<RowKind, number>>;
  /** Is another as soon as anything would be done differently. */
  readonly seal: string;
}

/** So many rows are judged before others get a turn. */
const atOnce = 250;

/** Says of each row of a table what would become of it, and writes nothing. */
export async function judgeImport(
  draft: AnnexImport,
  actor: Actor,
  db: Queryable,
  at: string,
): Promise<Judgement> {
  const table = correctedTable(draft);
  if (!table) return summary([], []);
  const leftOut = new Set(draft.corrections.leftOut);
  const agencies = (await agencyRepository(db).list()).map(({ record }) => record);
  const rows = readAnnexRows(
    { ...table, rows: table.rows.filter(({ line }) => !leftOut.has(line)) },
    { plan: draft.plan, agencies },
  );
  const cellsOf = new Map(table.rows.map(({ line, cells }) => [line, cells]));
  const lineOf = new Map<string, number>();
  const judged: JudgedRow[] = [...leftOut].flatMap((line) => {
    const cells = cellsOf.get(line);
    return cells ? [{ line, kind: 'left-out' as const, cells, notes: [] }] : [];
  });
  const items = rows.flatMap((row) => (row.kind === 'data' ? [row.item] : []));
  for (let begin = 0; begin < items.length; begin += atOnce) {
    const some = items.slice(begin, begin + atOnce).map((item) => acceptItem(item, lineOf));
    const ids = some.flatMap((item) => ('record' in item ? [item.record.id] : []));
    const existing = await datasetRepository(db).findMany(ids);
    for (const item of some) {
      const cells = cellsOf.get(item.line) ?? [];
      judged.push({ ...verdictOn(item, existing, actor, at), cells, line: item.line });
    }
    await setImmediate();
  }
  judged.sort((a, b) => a.line - b.line);
  return { table, ...summary(judged, rows) };
}

/** The table with what was corrected in it. Absent: its columns are not known yet. */
export function correctedTable({
  upload,
  reading,
  corrections,
}: AnnexImport): AnnexTable | undefined {
  const columns = new Map(Object.entries(reading.columns) as [AnnexField, number][]);
  if (!columns.has('title') || !columns.has('publisher')) return undefined;
  const table = tableUnder({ ...reading, columns }, upload.sheets);
  return (
    table && {
      ...table,
      rows: table.rows.map(({ line, cells }) => ({
        line,
        cells: withCorrections(cells, corrections.cells[line]),
      })),
    }
  );
}

function withCorrections(
  cells: readonly string[],
  corrected: Readonly<Record<string, string>> | undefined,
): readonly string[] {
  if (!corrected) return cells;
  const width = Math.max(cells.length, ...Object.keys(corrected).map((at) => Number(at) + 1));
  return Array.from({ length: width }, (_, at) => corrected[at] ?? cells[at] ?? '');
}

type Item =
  | (Accepted & { readonly remarks: readonly Remarked[] })
  | { readonly line: number; readonly id?: string; readonly reason: Remarked };

function acceptItem(item: ImportItem, lineOf: Map<string, number>): Item {
  const accepted = accept(item, planPolicy, lineOf);
  if ('reason' in accepted) return accepted;
  lineOf.set(accepted.record.id, accepted.line);
  const noted = 'notes' in item ? (item.notes ?? []) : [];
  return { ...accepted, remarks: [...noted, ...accepted.notes] };
}

function verdictOn(
  item: Item,
  existing: ReadonlyMap<string, Dataset>,
  actor: Actor,
  at: string,
): Omit<JudgedRow, 'cells' | 'line'> {
  if ('reason' in item) {
    const { id, reason } = item;
    return { kind: 'refused', ...(id !== undefined && { id }), reason, notes: [] };
  }
  const { record, remarks: notes } = item;
  const before = existing.get(record.id);
  const seen = { id: record.id, record, notes };
  const refuse = (reason: Remarked) => ({ ...seen, kind: 'refused' as const, reason });
  if (!mayAct(actor, importers, record.publisher)) return refuse(notYours(record.publisher));
  if (before && !mayAct(actor, importers, before.record.publisher)) {
    return refuse(othersDataset(before));
  }
  const verdict = judge(item, before, planPolicy, at);
  if (verdict.kind === 'barred') return refuse(verdict.reason);
  return {
    ...seen,
    ...(before && { before }),
    kind: verdict.kind,
    ...('change' in verdict && { change: verdict.change }),
  };
}

function summary(
  judged: readonly JudgedRow[],
  rows: readonly AnnexRow[],
): Omit<Judgement, 'table'> {
  const counts = Object.fromEntries(
    rowKinds.map((kind) => [kind, judged.filter((row) => row.kind === kind).length]),
  ) as Record<RowKind, number>;
  const end = rows.find(({ kind }) => kind === 'after-end');
  const decided = judged.map(({ line, kind, id, change, before }) => [
    line,
    kind,
    id,
    before?.revision,
    change?.after.record,
  ]);
  return {
    rows: judged,
    sections: rows.flatMap((row) => (row.kind === 'section' && row.text !== '' ? [row.text] : [])),
    ...(end && { endsAt: end.line }),
    counts,
    seal: createHash('sha256').update(JSON.stringify(decided)).digest('base64url'),
  };
}

const notYours = (publisher: string): Remarked => ({
  field: 'publisher',
  vi: `Tập dữ liệu của "${publisher}"; bạn chỉ nhập được cho cơ quan mình. Hãy bỏ dòng này, hoặc gửi bảng cho người điều phối.`,
  en: `A dataset of "${publisher}"; you may import for your own agency only. Leave the row out, or send the table to the coordinator.`,
});

const othersDataset = ({ record: { id, publisher } }: Dataset): Remarked => ({
  field: 'title',
  vi: `Mã "${id}" đã là tập dữ liệu của "${publisher}"; hãy đặt tên khác.`,
  en: `The id "${id}" is a dataset of "${publisher}" already; give this one another name.`,
});
