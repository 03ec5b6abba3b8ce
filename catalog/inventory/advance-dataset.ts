import { type Actor, assertMay } from '../access/actor.ts';
import type { Instant } from '../kernel/clock.ts';
import { CatalogError } from '../kernel/errors.ts';
import { isText } from '../kernel/formats.ts';
import type { DatasetRecord, DatasetState } from '../model/dataset.ts';
import { type Act, transitions } from '../model/lifecycle.ts';
import type { Dataset } from './dataset-repository.ts';
import { getDataset } from './get-dataset.ts';
import { decodeDataset, type InventoryDeps, invalidDataset } from './register-dataset.ts';
import { editConflict, writeDatasets } from './write-datasets.ts';

/**
 * Moves a dataset along the workflow: submit, approve, return, publish, withdraw.
 *
 * @param revisionSeen the revision that was looked at; absent takes whatever there is
 * @param complete what the act adds to the record, or refuses to go on without
 * @throws {CatalogError} `stale` / `edit-conflict` when another revision has come since
 * @throws {CatalogError} `conflict` / `state-conflict` when the act does not start from the dataset's state
 * @throws {CatalogError} `invalid` / `reason-missing` when the act must say why and does not, in words
 * @throws {CatalogError} `invalid` / `dataset-invalid` when the record lacks what a release needs, or breaks a shape
 * @throws {CatalogError} `forbidden`, `not-found`
 */
export async function advanceDataset(
  id: string,
  act: Act,
  reason: string | undefined,
  actor: Actor,
  deps: InventoryDeps,
  revisionSeen?: number,
  complete: (record: DatasetRecord) => DatasetRecord = (record) => record,
): Promise<Dataset> {
  const before = await getDataset(id, actor, deps.database.read);
  const transition = transitions[act];
  assertMay(actor, transition.roles, before.record.publisher);
  if (revisionSeen !== undefined && revisionSeen !== before.revision) throw editConflict(before);
  if (!transition.from.includes(before.state)) throw stateConflict(id, act, before.state);
  if (transition.reason && !reason?.trim()) throw reasonMissing(act);
  if (reason !== undefined && !isText(reason)) throw reasonMissing(act);
  let { record } = before;
  if (transition.complete) {
    record = await decodeDataset(complete(record), 'release', deps.database.read, before.record);
    const findings = deps.shapes.findings(record);
    if (findings.length > 0) throw invalidDataset(findings);
  }
  const after = moved({ ...before, record }, transition.to, reason?.trim(), deps.clock());
  await deps.database.transaction((tx) =>
    writeDatasets(tx, [{ before, after, act, reason: reason?.trim() }], actor, deps.reflect),
  );
  return after;
}

/** The dataset in another state, with what that state remembers. */
export function moved(
  dataset: Dataset,
  state: DatasetState,
  reason: string | undefined,
  at: Instant,
): Dataset {
  return {
    ...dataset,
    state,
    revision: dataset.revision + 1,
    changedAt: at,
    ...(state === 'published' && dataset.releasedAt === undefined && { releasedAt: at }),
    ...(state === 'withdrawn' && { withdrawnAt: at }),
    ...(reason !== undefined && { reason }),
  };
}

function stateConflict(id: string, act: Act, state: DatasetState): CatalogError {
  const from = transitions[act].from.join(', ');
  return new CatalogError('conflict', 'state-conflict', {
    vi: `"${id}" đang ở trạng thái "${state}"; "${act}" chỉ làm được từ: ${from}.`,
    en: `"${id}" is in state "${state}"; "${act}" starts from: ${from}.`,
  });
}

function reasonMissing(act: Act): CatalogError {
  const message = {
    vi: `"${act}" phải nêu lý do: gửi { "reason": "…" }.`,
    en: `"${act}" must say why: send { "reason": "…" }.`,
  };
  return new CatalogError('invalid', 'reason-missing', message, {
    findings: [{ pointer: '/reason', keyword: 'required', message }],
  });
}
