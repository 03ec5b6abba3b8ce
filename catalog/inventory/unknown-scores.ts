import type { Finding } from '../kernel/errors.ts';
import type { DatasetRecord } from '../model/dataset.ts';
import { usualCriteria } from '../model/priority.ts';
import type { Queryable } from '../storage/database.ts';
import { criterionKeyRepository } from './criterion-key-repository.ts';

/**
 * The scores of a record that are of no plan's criterion.
 *
 * @param before what the record was: scores of a criterion that a plan has given up since may stay
 */
export async function unknownScores(
  record: DatasetRecord,
  before: DatasetRecord | undefined,
  db: Queryable,
): Promise<readonly Finding[]> {
  const usual = usualCriteria.map(({ key }) => key);
  const kept = Object.keys(before?.inventory?.priority ?? {});
  const others = Object.keys(record.inventory?.priority ?? {}).filter(
    (key) => !usual.includes(key) && !kept.includes(key),
  );
  if (others.length === 0) return [];
  const known = await criterionKeyRepository(db).all();
  return others
    .filter((key) => !known.has(key))
    .map((key) => ({
      pointer: `/inventory/priority/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
      keyword: 'criterion',
      message: {
        vi: `Không kế hoạch nào có tiêu chí "${key}"; dùng: ${[...usual, ...known].join(', ')}.`,
        en: `No plan has a criterion "${key}"; use: ${[...usual, ...known].join(', ')}.`,
      },
    }));
}
