import { type Actor, mayAct } from '../../access/actor.ts';
import { recordActs } from '../../audit/record-act.ts';
import { type Dataset, datasetRepository } from '../../inventory/dataset-repository.ts';
import { type DatasetChange, writeDatasets } from '../../inventory/write-datasets.ts';
import type { Instant } from '../../kernel/clock.ts';
import { CatalogError } from '../../kernel/errors.ts';
import type { Message } from '../../kernel/lang-text.ts';
import { planVersionRepository } from '../../plan/plan-version-repository.ts';
import { bumpCatalogVersion } from '../../storage/catalog-version.ts';
import type { Queryable, Tx } from '../../storage/database.ts';
import { type AnnexImport, isWritten, type Undone, type WrittenRow } from './annex-import.ts';
import { annexImportRepository } from './annex-import-repository.ts';
import type { CommitDeps } from './commit-import.ts';
import { importChanged, importers } from './open-import.ts';
import { removalRepository, removeDatasets } from './removal-repository.ts';

/** What is to become of what an import wrote. */
interface Undoing {
  readonly removed: readonly Dataset[];
  readonly restored: readonly DatasetChange[];
  readonly kept: readonly { readonly id: string; readonly why: Message }[];
}

const atOnce = 250;

/**
 * Takes an import back: what it created is gone, what it changed is as it was, in a new revision. What stays is said: what
 * somebody has worked on since, what a decision has frozen, and what the actor does not work for any more. Afterwards the
 * table may be corrected and written again.
 *
 * @throws {CatalogError} `conflict` / `import-not-written`, `import-changed`
 */
export async function undoImport(
  draft: AnnexImport,
  actor: Actor,
  { database, clock, reflect }: CommitDeps,
): Promise<Undone> {
  const { outcome } = draft;
  if (!outcome || !isWritten(draft)) throw notWritten();
  return database.transaction(async (tx) => {
    const at = clock();
    const { removed, restored, kept } = await sortOut(draft, outcome.rows, actor, at, tx);
    const undone: Undone = {
      at,
      by: actor.name,
      removed: removed.map(({ record }) => record.id),
      restored: restored.map(({ after }) => after.record.id),
      kept,
    };
    const isClaimed = await annexImportRepository(tx).change(
      draft,
      { outcome: { ...outcome, undone } },
      at,
    );
    if (!isClaimed) throw importChanged();
    await removeDatasets(tx, undone.removed);
    if (removed.length > 0) await bumpCatalogVersion(tx);
    for (let begin = 0; begin < restored.length; begin += atOnce) {
      await writeDatasets(tx, restored.slice(begin, begin + atOnce), actor, reflect);
    }
    await recordUndoing(tx, draft, removed, actor, at);
    return undone;
  });
}

async function sortOut(
  draft: AnnexImport,
  rows: readonly WrittenRow[],
  actor: Actor,
  at: Instant,
  tx: Tx,
): Promise<Undoing> {
  const created = rows.filter(({ act }) => act === 'create').map(({ id }) => id);
  const held = await removalRepository(tx).held(created);
  const frozen = await frozenIn(draft.plan, tx);
  const removed: Dataset[] = [];
  const restored: DatasetChange[] = [];
  const kept: { id: string; why: Message }[] = [];
  for (let begin = 0; begin < rows.length; begin += atOnce) {
    const some = rows.slice(begin, begin + atOnce);
    const datasets = await datasetRepository(tx).findMany(some.map(({ id }) => id));
    for (const { id, act, revision } of some) {
      const dataset = datasets.get(id);
      if (!dataset) continue;
      if (!mayAct(actor, importers, dataset.record.publisher)) kept.push({ id, why: notYours });
      else if (dataset.revision !== revision) kept.push({ id, why: workedOn });
      else if (act === 'create') {
        if (dataset.state !== 'planned') kept.push({ id, why: workedOn });
        else if (frozen.has(id)) kept.push({ id, why: decided });
        else if (held.has(id)) kept.push({ id, why: referredTo });
        else removed.push(dataset);
      } else {
        const before = await datasetRepository(tx).recordOf(id, revision - 1);
        if (before) restored.push(restoring(dataset, before, draft.fileName, at));
      }
    }
  }
  return { removed, restored, kept };
}

/** The datasets that a decision has frozen in the plan of a year. */
async function frozenIn(year: string, db: Queryable): Promise<ReadonlySet<string>> {
  return planVersionRepository(db).datasetIds(year);
}

function restoring(
  before: Dataset,
  record: Dataset['record'],
  reason: string,
  at: Instant,
): DatasetChange {
  const after = { ...before, record, revision: before.revision + 1, changedAt: at };
  return { before, after, act: 'import-undo', reason };
}

/** An act on the import, and one for what is gone, by agency. */
async function recordUndoing(
  tx: Tx,
  { id, fileName }: AnnexImport,
  removed: readonly Dataset[],
  by: Actor,
  at: Instant,
): Promise<void> {
  const agencies = [...new Set(removed.map(({ record }) => record.publisher))];
  await recordActs(tx, [
    ...agencies.map((agency) => ({
      at,
      by,
      act: 'dataset.remove',
      subject: 'dataset',
      agency,
      reason: fileName,
      ids: removed.flatMap(({ record }) => (record.publisher === agency ? [record.id] : [])),
    })),
    { at, by, act: 'import.undo', subject: `import/${id}`, reason: fileName },
  ]);
}

const notYours: Message = {
  vi: 'là của cơ quan mà bạn không còn làm việc',
  en: 'it is of an agency that you do not work for any more',
};
const workedOn: Message = {
  vi: 'đã có người sửa tiếp sau khi nhập',
  en: 'somebody has worked on it since',
};
const decided: Message = {
  vi: 'đã nằm trong kế hoạch được ban hành',
  en: 'a decision has issued it with the plan',
};
const referredTo: Message = {
  vi: 'đã có quyết định, ý kiến hoặc yêu cầu gắn với nó',
  en: 'decisions, comments or requests refer to it by now',
};

function notWritten(): CatalogError {
  return new CatalogError('conflict', 'import-not-written', {
    vi: 'Lượt nhập này chưa ghi gì, hoặc đã hoàn tác; không có gì để hoàn tác.',
    en: 'This import has written nothing, or is undone already; there is nothing to undo.',
  });
}
