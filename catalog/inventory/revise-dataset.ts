import { type Actor, assertMay } from '../access/actor.ts';
import { CatalogError } from '../kernel/errors.ts';
import { isEditable } from '../model/lifecycle.ts';
import type { Dataset } from './dataset-repository.ts';
import { getDataset } from './get-dataset.ts';
import {
  beginsElsewhere,
  decodeDataset,
  type InventoryDeps,
  invalidDataset,
  splitStanding,
  withIds,
} from './register-dataset.ts';
import { editConflict, writeDatasets } from './write-datasets.ts';

export interface RevisionOptions {
  readonly act?: string;
  readonly reason?: string;
  /** Nobody has begun to complete it: what is planned stays planned. */
  readonly keepsState?: boolean;
}

/**
 * Writes a new revision of a dataset. What is published changes with it, in the same transaction.
 *
 * @param change makes the new input from the record there is: a replacement, or a merged patch
 * @param revisionRead the revision the change was made from; `undefined` takes whatever there is
 * @throws {CatalogError} `stale` / `edit-conflict` when another revision has come since
 * @throws {CatalogError} `conflict` / `dataset-withdrawn`, `conflict` / `id-changed`
 * @throws {CatalogError} `invalid`, `forbidden`, `not-found` as registering and getting do
 */
export async function reviseDataset(
  id: string,
  change: (record: Dataset['record']) => unknown,
  revisionRead: number | undefined,
  actor: Actor,
  deps: InventoryDeps,
  { act = 'revise', reason, keepsState = false }: RevisionOptions = {},
): Promise<Dataset> {
  const before = await getDataset(id, actor, deps.database.read);
  assertMay(actor, ['editor', 'approver', 'coordinator', 'administrator'], before.record.publisher);
  if (revisionRead !== undefined && revisionRead !== before.revision) throw editConflict(before);
  if (!isEditable(before.state)) {
    throw new CatalogError('conflict', 'dataset-withdrawn', {
      vi: `"${id}" đã rút khỏi danh mục nên không sửa được nữa.`,
      en: `"${id}" has been withdrawn and can no longer be edited.`,
    });
  }
  const completeness = before.state === 'published' ? 'release' : 'draft';
  const { content: input, state } = splitStanding(change(before.record));
  if (state !== undefined && state !== before.state) throw invalidDataset([beginsElsewhere(state)]);
  const record = await decodeDataset(
    withIds(isObject(input) && !('id' in input) ? { ...input, id } : input),
    completeness,
    deps.database.read,
    before.record,
  );
  if (record.id !== id) {
    throw new CatalogError('conflict', 'id-changed', {
      vi: `Mã định danh "${id}" là vĩnh viễn, không đổi thành "${record.id}" được.`,
      en: `The id "${id}" is permanent and cannot become "${record.id}".`,
    });
  }
  assertMay(actor, ['editor', 'approver', 'coordinator', 'administrator'], record.publisher);
  const after: Dataset = {
    ...before,
    record,
    state: before.state === 'planned' && !keepsState ? 'draft' : before.state,
    revision: before.revision + 1,
    changedAt: deps.clock(),
  };
  await deps.database.transaction((tx) =>
    writeDatasets(tx, [{ before, after, act, reason }], actor, deps.reflect),
  );
  return after;
}

/** RFC 7396 JSON Merge Patch: objects merge, `null` removes, anything else replaces. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const merged: Record<string, unknown> = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else
      Object.defineProperty(merged, key, {
        value: mergePatch(merged[key], value),
        enumerable: true,
        writable: true,
        configurable: true,
      });
  }
  return merged;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
