import type { Actor } from '../access/actor.ts';
import { type RecordedAct, recordActs } from '../audit/record-act.ts';
import { CatalogError } from '../kernel/errors.ts';
import type { Tx } from '../storage/database.ts';
import { type Dataset, datasetRepository } from './dataset-repository.ts';

/** One dataset before and after a write. `before` is absent when it is new. */
export interface DatasetChange {
  readonly before?: Dataset | undefined;
  readonly after: Dataset;
  /** What was done: `register`, `revise`, `import`, or an act of the workflow. */
  readonly act: string;
  readonly reason?: string | undefined;
}

/**
 * What else changes in the same transaction: published forms, search rows, what people are told. `compose.ts` fills it.
 *
 * @param by who did it; absent: nobody in particular
 */
export type ReflectChanges = (
  tx: Tx,
  changes: readonly DatasetChange[],
  by?: Actor,
) => Promise<void>;

/**
 * Writes datasets, their revisions and their distributions, and everything that reflects them, in one transaction
 * that the caller holds: all of it or nothing.
 *
 * @throws {CatalogError} `stale` / `edit-conflict` when a dataset is not at the revision that was read any more
 * @throws {CatalogError} `conflict` / `distribution-taken` when a distribution's id belongs to another dataset
 */
export async function writeDatasets(
  tx: Tx,
  changes: readonly DatasetChange[],
  actor: Actor,
  reflect: ReflectChanges,
): Promise<void> {
  const repository = datasetRepository(tx);
  await assertDistributionsFree(changes, repository);

  const created = changes.filter(({ before }) => before === undefined).map(({ after }) => after);
  const revised = changes.filter(({ before }) => before !== undefined);
  await repository.insert(created);
  for (const { before, after } of revised) {
    if (!(await repository.update(after, before?.revision ?? 0))) throw editConflict(after);
  }
  await repository.replaceDistributions(created, true);
  await repository.replaceDistributions(
    revised.map(({ after }) => after),
    false,
  );
  await repository.addRevisions(
    changes.map(({ after, act, reason }) => ({ dataset: after, act, author: actor.name, reason })),
  );
  await reflect(tx, changes, actor);
  await recordActs(tx, actsOf(changes, actor));
}

/** A row of the audit for one dataset, with what changed; for many at once a row for each kind of act, with their ids. */
function actsOf(changes: readonly DatasetChange[], by: Actor): readonly RecordedAct[] {
  const [first] = changes;
  if (!first) return [];
  if (changes.length === 1) {
    const { before, after, act, reason } = first;
    return [
      {
        at: after.changedAt,
        by,
        act: `dataset.${act}`,
        subject: `dataset/${after.record.id}`,
        agency: after.record.publisher,
        before: before && { ...before.record, state: before.state },
        after: { ...after.record, state: after.state },
        reason,
      },
    ];
  }
  return [...new Set(changes.map(({ act }) => act))].map((act) => {
    const done = changes.filter((change) => change.act === act).map(({ after }) => after);
    const publishers = new Set(done.map(({ record }) => record.publisher));
    const reasons = new Set(
      changes.filter((change) => change.act === act).map(({ reason }) => reason),
    );
    return {
      at: first.after.changedAt,
      by,
      act: `dataset.${act}`,
      subject: 'dataset',
      agency: publishers.size === 1 ? [...publishers][0] : undefined,
      reason: reasons.size === 1 ? [...reasons][0] : undefined,
      ids: done.map(({ record }) => record.id),
    };
  });
}

async function assertDistributionsFree(
  changes: readonly DatasetChange[],
  repository: ReturnType<typeof datasetRepository>,
): Promise<void> {
  const wanted = changes.flatMap(({ after: { record } }) =>
    (record.distribution ?? []).map(({ id }) => ({ id, dataset: record.id })),
  );
  const [first] = [...sharedWithin(wanted), ...(await repository.takenDistributions(wanted))];
  if (!first) return;
  const [id, dataset] = first;
  throw new CatalogError('conflict', 'distribution-taken', {
    vi: `Mã tệp "${id}" đã thuộc tập dữ liệu "${dataset}"; hãy đặt mã khác.`,
    en: `The distribution id "${id}" belongs to the dataset "${dataset}"; choose another.`,
  });
}

/** Distribution ids that two datasets of one write both claim, with the first of them. */
function sharedWithin(
  wanted: readonly { id: string; dataset: string }[],
): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  const shared = new Map<string, string>();
  for (const { id, dataset } of wanted) {
    const owner = owners.get(id);
    if (owner !== undefined && owner !== dataset) shared.set(id, owner);
    owners.set(id, dataset);
  }
  return shared;
}

export function editConflict({ record }: Dataset): CatalogError {
  return new CatalogError('stale', 'edit-conflict', {
    vi: `"${record.id}" đã được người khác sửa; hãy tải bản mới rồi sửa lại.`,
    en: `"${record.id}" was changed by somebody else; fetch the new version and edit again.`,
  });
}
