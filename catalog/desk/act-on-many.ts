import type { Actor } from '../access/actor.ts';
import { advanceDataset } from '../inventory/advance-dataset.ts';
import type { InventoryDeps } from '../inventory/register-dataset.ts';
import { mergePatch, reviseDataset } from '../inventory/revise-dataset.ts';
import { localDate } from '../kernel/clock.ts';
import { CatalogError } from '../kernel/errors.ts';
import type { DatasetRecord } from '../model/dataset.ts';
import type { Act } from '../model/lifecycle.ts';
import { declareOpenness } from './declare-openness.ts';
import { getOwnDataset } from './get-own-dataset.ts';

/** What is done to each of several datasets. */
export type ManyAct =
  | { readonly kind: 'advance'; readonly act: Act; readonly reason?: string | undefined }
  | { readonly kind: 'revise'; readonly patch: unknown };

/** What became of one of them. */
export interface Outcome {
  readonly id: string;
  /** Absent: it was done. */
  readonly error?: CatalogError;
}

/** So many at a time: each is a transaction of its own, and somebody waits. */
export const mostAtOnce = 1000;

/**
 * Does the same to each of several datasets, one after the other. Each is done whole or not at all; one that cannot be
 * done keeps no other from it.
 *
 * @throws {CatalogError} `invalid` / `nothing-selected`, `invalid` / `too-many`
 */
export async function actOnMany(
  ids: readonly string[],
  act: ManyAct,
  actor: Actor,
  deps: InventoryDeps,
): Promise<readonly Outcome[]> {
  const each = [...new Set(ids)];
  if (each.length === 0) throw nothingSelected();
  if (each.length > mostAtOnce) throw tooMany(each.length);
  const outcomes: Outcome[] = [];
  for (const id of each) {
    try {
      await actOnOne(id, act, actor, deps);
      outcomes.push({ id });
    } catch (error) {
      if (!(error instanceof CatalogError)) throw error;
      outcomes.push({ id, error });
    }
  }
  return outcomes;
}

async function actOnOne(
  id: string,
  act: ManyAct,
  actor: Actor,
  deps: InventoryDeps,
): Promise<void> {
  const { revision } = await getOwnDataset(id, actor, deps.database.current);
  if (act.kind === 'advance') {
    // What is not declared in the record is asked for where one dataset is approved.
    const complete = act.act === 'approve' ? declared(localDate(deps.clock())) : undefined;
    await advanceDataset(id, act.act, act.reason, actor, deps, revision, complete);
    return;
  }
  await reviseDataset(id, (record) => mergePatch(record, act.patch), revision, actor, deps);
}

const declared = (today: string) => (record: DatasetRecord) => declareOpenness(record, {}, today);

function nothingSelected(): CatalogError {
  return new CatalogError('invalid', 'nothing-selected', {
    vi: 'Chưa chọn tập dữ liệu nào; hãy đánh dấu ít nhất một dòng.',
    en: 'No dataset is selected; tick at least one row.',
  });
}

function tooMany(count: number): CatalogError {
  return new CatalogError('invalid', 'too-many', {
    vi: `Đã chọn ${count} tập dữ liệu; mỗi lần làm được nhiều nhất ${mostAtOnce}. Hãy lọc bớt.`,
    en: `${count} datasets are selected; at most ${mostAtOnce} can be done at a time. Narrow the list.`,
  });
}
