import { isDeepStrictEqual } from 'node:util';
import type { Dataset } from '../inventory/dataset-repository.ts';
import type { DatasetChange } from '../inventory/write-datasets.ts';
import { bumpCatalogVersion } from '../storage/catalog-version.ts';
import type { Tx } from '../storage/database.ts';

/**
 * Says that something public has changed when the roadmap says something else of a dataset than before. What is
 * published says so by itself.
 */
export async function reflectRoadmap(tx: Tx, changes: readonly DatasetChange[]): Promise<void> {
  const isSeen = changes.some(
    ({ before, after }) =>
      after.state !== 'published' &&
      (before
        ? !isDeepStrictEqual(seenOf(before), seenOf(after))
        : after.record.inventory?.release?.due !== undefined),
  );
  if (isSeen) await bumpCatalogVersion(tx);
}

/** What the roadmap shows of a dataset, and what it concludes from. */
function seenOf({ record, state }: Dataset): object {
  const { release, priority } = record.inventory ?? {};
  const standing = state === 'planned' || state === 'withdrawn' ? state : 'in-preparation';
  // Without a promise here it may still stand in an issued plan, which follows its state.
  if (release?.due === undefined) return { standing };
  const { title, publisher, theme, accrualPeriodicity, hvdCategory } = record;
  return { standing, title, publisher, theme, accrualPeriodicity, hvdCategory, release, priority };
}
