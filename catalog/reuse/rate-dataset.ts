import { getDataset } from '../inventory/get-dataset.ts';
import { localDate } from '../kernel/clock.ts';
import { reuseRepository } from './reuse-repository.ts';
import {
  assertRoom,
  countSubmission,
  type Sender,
  type ThrottleDeps,
  type Throttled,
} from './throttle.ts';
import { usefulnessRepository } from './usefulness-repository.ts';

/**
 * Counts that a published dataset was of use to somebody, or was not; the day and nothing else is kept.
 *
 * @throws {CatalogError} `not-found`, `gone`; `throttled` / `too-many-submissions`
 */
export async function rateDataset(
  id: string,
  isUseful: boolean,
  sender: Sender,
  deps: ThrottleDeps,
): Promise<void> {
  const { record } = await getDataset(id, undefined, deps.database.current);
  const limits: readonly Throttled[] = [
    { limit: 'usefulness' },
    { limit: 'usefulness-one', of: record.id },
  ];
  await assertRoom(sender, limits, deps);
  const at = deps.clock();
  await deps.database.transaction(async (tx) => {
    await countSubmission(tx, sender, limits, at);
    const vote = isUseful ? { useful: 1, useless: 0 } : { useful: 0, useless: 1 };
    await usefulnessRepository(tx).add(record.id, localDate(at), vote);
    await reuseRepository(tx).advanceVersion();
  });
}
