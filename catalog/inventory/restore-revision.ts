import type { Actor } from '../access/actor.ts';
import { CatalogError } from '../kernel/errors.ts';
import { type Dataset, datasetRepository } from './dataset-repository.ts';
import type { InventoryDeps } from './register-dataset.ts';
import { reviseDataset } from './revise-dataset.ts';

/**
 * Makes a new revision that says what an older one said. Nothing in between is lost.
 *
 * @throws {CatalogError} `invalid` / `reason-missing`, `not-found` / `revision-not-found`; else as `reviseDataset`
 */
export async function restoreRevision(
  id: string,
  revision: number,
  reason: string,
  actor: Actor,
  deps: InventoryDeps,
): Promise<Dataset> {
  if (reason.trim() === '') throw reasonMissing();
  const record = Number.isSafeInteger(revision)
    ? await datasetRepository(deps.database.current).recordOf(id, revision)
    : undefined;
  if (!record) {
    throw new CatalogError('not-found', 'revision-not-found', {
      vi: `"${id}" không có bản sửa đổi ${revision}.`,
      en: `"${id}" has no revision ${revision}.`,
    });
  }
  return reviseDataset(id, () => record, undefined, actor, deps, {
    act: 'restore',
    reason: `${reason.trim()} (${revision})`,
  });
}

function reasonMissing(): CatalogError {
  const message = {
    vi: 'Hãy nêu lý do khôi phục.',
    en: 'Say why it is restored.',
  };
  return new CatalogError('invalid', 'reason-missing', message, {
    findings: [{ pointer: '/reason', keyword: 'required', message }],
  });
}
