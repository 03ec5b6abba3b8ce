import type { Actor } from '../../access/actor.ts';
import { recordAct } from '../../audit/record-act.ts';
import {
  type DatasetChange,
  type ReflectChanges,
  writeDatasets,
} from '../../inventory/write-datasets.ts';
import { CatalogError } from '../../kernel/errors.ts';
import type { Tx } from '../../storage/database.ts';
import type { AnnexImport, Outcome, WrittenRow } from './annex-import.ts';
import { annexImportRepository } from './annex-import-repository.ts';
import { type Judgement, judgeImport } from './judge-import.ts';
import {
  type AnnexImportDeps,
  assertImporter,
  assertUnwritten,
  importChanged,
  invalidImport,
  wrong,
} from './open-import.ts';

export interface CommitDeps extends AnnexImportDeps {
  readonly reflect: ReflectChanges;
}

/** What was seen and agreed to before writing. */
export interface Agreement {
  /** The seal of the judgement that was shown. */
  readonly seal: string;
  /** That rows which are refused stay away. */
  readonly withoutRefused: boolean;
}

/** So many datasets are written in one go. */
const atOnce = 250;

/**
 * Writes everything that an import was judged to do, in one transaction: all of it or nothing.
 *
 * @throws {CatalogError} `conflict` / `import-changed` when it would do something else than what was seen
 * @throws {CatalogError} `invalid` / `import-invalid` when rows are refused and nobody agreed, or nothing is to be done
 * @throws {CatalogError} `conflict` / `import-written`; `forbidden`
 */
export async function commitImport(
  draft: AnnexImport,
  agreement: Agreement,
  actor: Actor,
  deps: CommitDeps,
): Promise<Outcome> {
  assertImporter(actor);
  assertUnwritten(draft);
  try {
    return await deps.database.transaction((tx) => commit(tx, draft, agreement, actor, deps));
  } catch (error) {
    if (deps.database.traits.isUniqueViolation(error)) throw importChanged();
    throw error;
  }
}

async function commit(
  tx: Tx,
  draft: AnnexImport,
  agreement: Agreement,
  actor: Actor,
  { clock, reflect }: CommitDeps,
): Promise<Outcome> {
  const at = clock();
  const judgement = await judgeImport(draft, actor, tx, at);
  if (judgement.seal !== agreement.seal) throw importChanged();
  const rows = rowsToWrite(judgement, agreement);
  const outcome: Outcome = { at, by: actor.name, rows: rows.map(({ written }) => written) };
  // Claimed before the work: who comes second with the same table writes nothing.
  if (!(await annexImportRepository(tx).change(draft, { outcome }, at))) throw importChanged();
  const changes = rows.map(({ change }) => ({ ...change, reason: draft.fileName }));
  for (let begin = 0; begin < changes.length; begin += atOnce) {
    await writeDatasets(tx, changes.slice(begin, begin + atOnce), actor, reflect);
  }
  await recordAct(tx, {
    at,
    by: actor,
    act: 'import.commit',
    subject: `import/${draft.id}`,
    reason: draft.fileName,
    ids: outcome.rows.map(({ id }) => id),
  });
  return outcome;
}

function rowsToWrite(
  { rows, counts }: Judgement,
  { withoutRefused }: Agreement,
): readonly { readonly change: DatasetChange; readonly written: WrittenRow }[] {
  if (counts.refused > 0 && !withoutRefused) {
    throw invalidImport([wrong('/without', someRefused(counts.refused))]);
  }
  const written = rows.flatMap(({ line, change }) => {
    if (!change) return [];
    const { record, revision } = change.after;
    const act = change.before ? 'update' : 'create';
    return [{ change, written: { line, id: record.id, act, revision } as const }];
  });
  if (written.length === 0) throw nothingToWrite();
  return written;
}

const someRefused = (count: number) => ({
  vi: `Còn ${count} dòng chưa nhận được; hãy sửa, hoặc đánh dấu là nhập mà không có các dòng đó.`,
  en: `${count} rows cannot be taken yet; correct them, or tick that they stay away.`,
});

function nothingToWrite(): CatalogError {
  return new CatalogError('conflict', 'import-empty', {
    vi: 'Không có gì để ghi: không dòng nào mới hay thay đổi.',
    en: 'There is nothing to write: no row is new or different.',
  });
}
