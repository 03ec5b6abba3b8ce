import type { Actor } from '../access/actor.ts';
import type { Dataset } from '../inventory/dataset-repository.ts';
import type { InventoryDeps } from '../inventory/register-dataset.ts';
import { mergePatch, reviseDataset } from '../inventory/revise-dataset.ts';
import { CatalogError } from '../kernel/errors.ts';
import type { DatasetRecord } from '../model/dataset.ts';
import { planVersionRepository } from './plan-version-repository.ts';

/** Where a commitment is moved to. */
export interface Move {
  /** The due time that was seen, `2026-Q3` or a date. */
  readonly from: string;
  readonly due: string;
  readonly reason: string;
}

/**
 * Moves a dataset to another time of its plan. Once a decision has issued the plan it takes a reason, and the public
 * roadmap stays as it was until an amendment.
 *
 * @throws {CatalogError} `invalid` / `reason-missing`, `conflict` / `move-conflict` when somebody else moved it, and as
 *   `reviseDataset` does
 */
export async function moveCommitment(
  year: string,
  id: string,
  { from, due, reason }: Move,
  actor: Actor,
  deps: InventoryDeps,
): Promise<Dataset> {
  const isIssued =
    (await planVersionRepository(deps.database.current).latestHead(year)) !== undefined;
  if (isIssued && reason.trim() === '') throw reasonMissing(year);
  const moved = (record: DatasetRecord): unknown => {
    const release = record.inventory?.release;
    if (release?.plan !== year || release.due !== from) throw movedMeanwhile(id);
    return mergePatch(record, { inventory: { release: { due } } });
  };
  const said = reason.trim() === '' ? {} : { reason: reason.trim() };
  return reviseDataset(id, moved, undefined, actor, deps, { ...said, keepsState: true });
}

function reasonMissing(year: string): CatalogError {
  const message = {
    vi: `Kế hoạch ${year} đã ban hành; dời thời hạn phải nêu lý do.`,
    en: `The plan of ${year} has been issued; moving a due time takes a reason.`,
  };
  return new CatalogError('invalid', 'reason-missing', message, {
    findings: [{ pointer: '/reason', keyword: 'required', message }],
  });
}

function movedMeanwhile(id: string): CatalogError {
  return new CatalogError('conflict', 'move-conflict', {
    vi: `Thời hạn của "${id}" vừa được người khác đổi; bảng dưới đây là mới nhất, hãy xem lại.`,
    en: `The due time of "${id}" has just been changed by somebody else; below is the newest, look again.`,
  });
}
