import { openStates } from '../../../catalog/reuse/inquiry-lifecycle.ts';
import { inquiryRepository } from '../../../catalog/reuse/inquiry-repository.ts';
import { reuseRepository } from '../../../catalog/reuse/reuse-repository.ts';
import type { Queryable } from '../../../catalog/storage/database.ts';
import type { DatasetUseInput } from '../../pages/dataset-use.ts';

const mostReuses = 4;
const mostReports = 5;

/** What the page of a dataset shows of its use; it changes with `reuseRepository.version`. */
export async function loadDatasetUse(
  id: string,
  db: Queryable,
): Promise<Omit<DatasetUseInput, 'today'>> {
  const filter = { states: ['published'], dataset: id } as const;
  const open = { kind: 'feedback', dataset: id, states: openStates } as const;
  const [reuses, reports] = await Promise.all([
    reuseRepository(db).list(filter, 0, mostReuses),
    inquiryRepository(db).list(open, 'newest', 0, mostReports),
  ]);
  const total =
    reuses.length < mostReuses ? reuses.length : await reuseRepository(db).count(filter);
  return { id, reuses, total, reports };
}
