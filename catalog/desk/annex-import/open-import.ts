import { randomUUID } from 'node:crypto';
import { type Actor, assertMay, hasRole, mayAct } from '../../access/actor.ts';
import { findHeader, headerAt } from '../../exchange/annex/read-annex-table.ts';
import { readUpload } from '../../exchange/annex/read-upload.ts';
import { type Clock, later } from '../../kernel/clock.ts';
import { CatalogError, type Finding } from '../../kernel/errors.ts';
import type { Message } from '../../kernel/lang-text.ts';
import type { Role } from '../../model/lifecycle.ts';
import type { Database, Queryable } from '../../storage/database.ts';
import { type AnnexImport, isWritten, type Reading } from './annex-import.ts';
import { annexImportRepository, type ListedImport } from './annex-import-repository.ts';

export interface AnnexImportDeps {
  readonly database: Database;
  readonly clock: Clock;
}

/** Who may send tables. Of which agencies their rows may be is another question. */
export const importers: readonly Role[] = ['editor', 'approver', 'coordinator', 'administrator'];

/** Who sees and undoes what others sent. */
const overseers: readonly Role[] = ['coordinator', 'administrator'];

const mostUnwritten = 20;
const mostListed = 100;
const forgottenAfterMs = 90 * 86_400_000;

/**
 * Takes in the table of an annex, without writing any dataset.
 *
 * @param input the file, absent when none was chosen; its name; the year of the plan
 * @throws {CatalogError} `invalid` / `import-invalid` with what is wrong with the file or the year
 * @throws {CatalogError} `conflict` / `too-many-imports`; `forbidden`
 */
export async function openImport(
  input: {
    readonly bytes: Buffer | undefined;
    readonly fileName: string;
    readonly plan: string;
  },
  accountId: string,
  actor: Actor,
  deps: AnnexImportDeps,
): Promise<AnnexImport> {
  assertImporter(actor);
  const { bytes, fileName, plan } = input;
  const findings = [
    ...(/^20\d{2}$/.test(plan) ? [] : [wrong('/plan', noYear)]),
    ...(bytes ? [] : [wrong('/file', noFile)]),
  ];
  if (!bytes || findings.length > 0) throw invalidImport(findings);
  const waiting = await annexImportRepository(deps.database.current).countUnwritten(accountId);
  if (waiting >= mostUnwritten) throw tooMany();
  const upload = await readUpload(bytes, fileName).catch((error: unknown) => {
    if (!(error instanceof CatalogError) || error.kind !== 'malformed') throw error;
    throw invalidImport([wrong('/file', error.detail)], error);
  });
  if (upload.sheets.every(({ rows }) => rows.length === 0)) {
    throw invalidImport([wrong('/file', noRows)]);
  }
  const at = deps.clock();
  const draft: AnnexImport = {
    id: randomUUID(),
    accountId,
    plan,
    fileName: shortName(fileName),
    upload,
    reading: firstReading(upload),
    corrections: { cells: {}, leftOut: [] },
    version: 1,
    createdAt: at,
    changedAt: at,
  };
  await deps.database.transaction(async (tx) => {
    const repository = annexImportRepository(tx);
    await repository.removeForgotten(later(at, -forgottenAfterMs));
    await repository.insert(draft);
  });
  return draft;
}

/** @throws {CatalogError} `forbidden` / `not-permitted` for who may import for no agency at all */
export function assertImporter(actor: Actor): void {
  if (!hasRole(actor, importers)) assertMay(actor, importers);
}

/**
 * An import of the actor's own; those who work for the city see everybody's.
 *
 * @throws {CatalogError} `not-found` / `import-not-found`; `forbidden`
 */
export async function getImport(
  id: string,
  accountId: string,
  actor: Actor,
  db: Queryable,
): Promise<AnnexImport> {
  assertImporter(actor);
  const found = await annexImportRepository(db).find(id);
  if (found?.accountId === accountId || (found && mayAct(actor, overseers))) return found;
  throw new CatalogError('not-found', 'import-not-found', {
    vi: 'Không có lượt nhập này, hoặc nó là của người khác; xem /workspace/import.',
    en: 'There is no such import, or it is somebody else’s; see /workspace/import.',
  });
}

/** The imports that somebody may see, the latest first. */
export async function listImports(
  accountId: string,
  actor: Actor,
  db: Queryable,
): Promise<readonly ListedImport[]> {
  assertImporter(actor);
  const whose = mayAct(actor, overseers) ? undefined : accountId;
  return annexImportRepository(db).list(whose, mostListed);
}

/**
 * Drops a table that has written nothing, or nothing that stands.
 *
 * @throws {CatalogError} `conflict` / `import-written`
 */
export async function dropImport(draft: AnnexImport, deps: AnnexImportDeps): Promise<void> {
  assertUnwritten(draft);
  await deps.database.transaction((tx) => annexImportRepository(tx).remove(draft.id));
}

/** @throws {CatalogError} `conflict` / `import-written` */
export function assertUnwritten(draft: AnnexImport): void {
  if (!isWritten(draft)) return;
  throw new CatalogError('conflict', 'import-written', {
    vi: 'Lượt nhập này đã ghi rồi; muốn sửa thì hoàn tác trước.',
    en: 'This import is written already; undo it before you change it.',
  });
}

/** Says that somebody else has changed an import meanwhile. */
export function importChanged(): CatalogError {
  return new CatalogError('conflict', 'import-changed', {
    vi: 'Bảng hoặc danh mục vừa thay đổi; đây là kết quả mới. Hãy xem lại rồi làm tiếp.',
    en: 'The table or the inventory has just changed; this is the new result. Look again, then go on.',
  });
}

/** Says what is wrong with the form of an import. */
export function invalidImport(findings: readonly Finding[], cause?: unknown): CatalogError {
  const detail = findings.length === 1 && findings[0] ? findings[0].message : severalWrong;
  return new CatalogError('invalid', 'import-invalid', detail, { findings, cause });
}

export function wrong(pointer: string, message: Message): Finding {
  return { pointer, keyword: 'import', message };
}

/** The table that names the most columns; failing that, the first row of the first sheet that has any. */
function firstReading({ sheets }: AnnexImport['upload']): Reading {
  const place = sheets.findIndex(({ rows }) => rows.length > 0);
  const filled = sheets[place];
  const header = findHeader(sheets) ?? (filled && headerAt(filled, place, 0));
  return header ? readingOf(header) : { sheet: 0, row: 0, height: 1, columns: {} };
}

/** A header as it is kept. */
export function readingOf(header: ReturnType<typeof headerAt>): Reading {
  return { ...header, columns: Object.fromEntries(header.columns) };
}

const shortName = (name: string): string => name.replace(/^.*[\\/]/, '').slice(-200) || 'annex';

const noYear: Message = {
  vi: 'Hãy chọn kế hoạch theo năm, ví dụ 2026.',
  en: 'Choose the plan by its year, such as 2026.',
};
const noFile: Message = {
  vi: 'Hãy chọn tệp phụ lục (XLSX, ODS, XLS hoặc CSV).',
  en: 'Choose the file of the annex (XLSX, ODS, XLS or CSV).',
};
const noRows: Message = {
  vi: 'Tệp không có dòng nào; hãy chọn tệp có bảng phụ lục.',
  en: 'There are no rows in the file; choose one that holds the table.',
};
const severalWrong: Message = {
  vi: 'Biểu mẫu có chỗ chưa đúng; hãy sửa từng chỗ được nêu.',
  en: 'Some of the form is not right; correct each place named.',
};

function tooMany(): CatalogError {
  return new CatalogError('conflict', 'too-many-imports', {
    vi: `Bạn có ${mostUnwritten} bảng chưa ghi; hãy ghi hoặc bỏ bớt trước khi gửi bảng mới.`,
    en: `You have ${mostUnwritten} tables that are not written yet; write or drop some before you send another.`,
  });
}
