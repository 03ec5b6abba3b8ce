import { type AnnexField, annexFields } from '../../exchange/annex/columns.ts';
import { headerAt } from '../../exchange/annex/read-annex-table.ts';
import { cleanCell } from '../../exchange/annex/read-sheets.ts';
import { uploadLimits } from '../../exchange/annex/read-upload.ts';
import type { Finding } from '../../kernel/errors.ts';
import type { AnnexImport, Corrections, Reading } from './annex-import.ts';
import { annexImportRepository } from './annex-import-repository.ts';
import { correctedTable } from './judge-import.ts';
import {
  type AnnexImportDeps,
  assertUnwritten,
  importChanged,
  invalidImport,
  readingOf,
  wrong,
} from './open-import.ts';

/** What the form of the columns says. */
export interface ReadingChoice {
  /** The sheet, counted from 0. */
  readonly sheet: number;
  /** The first row of the header, counted from 1 as spreadsheets do. */
  readonly headerRow: number;
  /** The field of each column that has one, by the column counted from 0. */
  readonly fields: ReadonlyMap<number, string>;
}

/**
 * Says which table of the file is the annex, and what its columns mean. When the sheet or the header is another than
 * before, the columns follow from the new header; else they are those of the form.
 *
 * @throws {CatalogError} `invalid` / `import-invalid`; `conflict` / `import-written`, `import-changed`
 */
export async function chooseReading(
  draft: AnnexImport,
  choice: ReadingChoice,
  deps: AnnexImportDeps,
): Promise<void> {
  assertUnwritten(draft);
  const { upload, reading } = draft;
  const row = choice.headerRow - 1;
  const sheet = upload.sheets[choice.sheet];
  if (!sheet) throw invalidImport([wrong('/sheet', noSheet)]);
  if (!Number.isSafeInteger(row) || !sheet.rows[row]) {
    throw invalidImport([wrong('/row', noRow(sheet.rows.length))]);
  }
  const isSame = choice.sheet === reading.sheet && row === reading.row;
  const next = isSame
    ? { ...reading, columns: columnsOf(choice.fields) }
    : readingOf(headerAt(sheet, choice.sheet, row));
  // What was corrected in one sheet says nothing of another.
  const corrections = choice.sheet === reading.sheet ? draft.corrections : untouched;
  await change(draft, { reading: next, corrections }, deps);
}

const untouched: Corrections = { cells: {}, leftOut: [] };

function columnsOf(fields: ReadonlyMap<number, string>): Reading['columns'] {
  const columns: Partial<Record<AnnexField, number>> = {};
  const findings: Finding[] = [];
  for (const [column, name] of fields) {
    const field = annexFields.find((known) => known === name);
    if (field === undefined) findings.push(wrong(`/column/${column}`, noField(name)));
    else if (columns[field] !== undefined) findings.push(wrong(`/column/${column}`, twice));
    else columns[field] = column;
  }
  if (findings.length > 0) throw invalidImport(findings);
  return columns;
}

/** A cell that is to say something else. */
export interface CellCorrection {
  /** The row, counted from 1. */
  readonly line: number;
  readonly field: string;
  readonly text: string;
  /** In every row where the column says what it says here. */
  readonly everywhere: boolean;
}

/**
 * Corrects cells of the table, and says which rows are left out.
 *
 * @param leaveOut for each line whether it is left out; lines that are not named stay as they are
 * @throws {CatalogError} `invalid` / `import-invalid`; `conflict` / `import-written`, `import-changed`
 */
export async function correctCells(
  draft: AnnexImport,
  corrections: readonly CellCorrection[],
  leaveOut: ReadonlyMap<number, boolean>,
  deps: AnnexImportDeps,
): Promise<void> {
  assertUnwritten(draft);
  const table = correctedTable(draft);
  const textAt = new Map(table?.rows.map(({ line, cells }) => [line, cells]));
  const cells = structuredClone(draft.corrections.cells) as Record<string, Record<string, string>>;
  const findings: Finding[] = [];
  const set = (line: number, column: number, text: string) => {
    cells[line] = { ...cells[line], [column]: text };
  };
  for (const { line, field, text: typed, everywhere } of corrections) {
    const text = cleanCell(typed);
    const column = draft.reading.columns[field as AnnexField];
    const said = textAt.get(line);
    const pointer = `/cell/${line}/${field}`;
    if (column === undefined || !said) findings.push(wrong(pointer, noCell));
    else if (text.length > uploadLimits.cellCharacters) findings.push(wrong(pointer, tooLong));
    else if (text !== (said[column] ?? '')) {
      const before = said[column] ?? '';
      const lines = everywhere
        ? [...textAt].flatMap(([other, row]) => ((row[column] ?? '') === before ? [other] : []))
        : [line];
      for (const each of lines) set(each, column, text);
    }
  }
  if (findings.length > 0) throw invalidImport(findings);
  const leftOut = new Set(draft.corrections.leftOut);
  for (const [line, isLeftOut] of leaveOut) {
    if (isLeftOut && textAt.has(line)) leftOut.add(line);
    else leftOut.delete(line);
  }
  const next = { cells, leftOut: [...leftOut].sort((a, b) => a - b) };
  await change(draft, { corrections: next }, deps);
}

async function change(
  draft: AnnexImport,
  parts: Partial<Pick<AnnexImport, 'reading' | 'corrections'>>,
  { database, clock }: AnnexImportDeps,
): Promise<void> {
  const isDone = await database.transaction((tx) =>
    annexImportRepository(tx).change(draft, parts, clock()),
  );
  if (!isDone) throw importChanged();
}

const noSheet = {
  vi: 'Tệp không có trang tính này; hãy chọn trang trong danh sách.',
  en: 'The file has no such sheet; choose one of the list.',
};
const noRow = (rows: number) => ({
  vi: `Dòng tiêu đề phải từ 1 đến ${rows}.`,
  en: `The row of the header must be from 1 to ${rows}.`,
});
const noField = (name: string) => ({
  vi: `Không có trường "${name}"; hãy chọn trong danh sách.`,
  en: `There is no field "${name}"; choose one of the list.`,
});
const twice = {
  vi: 'Đã có cột khác cho trường này; mỗi trường chỉ một cột.',
  en: 'Another column has this field already; one column for each.',
};
const noCell = {
  vi: 'Bảng không có ô này; hãy mở lại trang và sửa tiếp.',
  en: 'The table has no such cell; open the page anew and go on.',
};
const tooLong = {
  vi: `Ô dài hơn ${uploadLimits.cellCharacters} ký tự; hãy rút ngắn.`,
  en: `The cell is longer than ${uploadLimits.cellCharacters} characters; shorten it.`,
};
