import { type Clock, localDate } from '../kernel/clock.ts';
import { CatalogError } from '../kernel/errors.ts';
import type { Database, Queryable } from '../storage/database.ts';
import { bundledCriteria } from './bundled-criteria.ts';
import { type Criteria, criteriaRepository } from './criteria-repository.ts';

export type CriteriaState = 'draft' | 'scheduled' | 'in-force' | 'past';

/** A catalogue always has criteria: the bundled ones are its first version, from the day it is first opened. */
export async function seedCriteria(database: Database, clock: Clock): Promise<void> {
  if (await criteriaRepository(database.current).find(1)) return;
  const at = clock();
  const record = { inForceFrom: localDate(at), criteria: bundledCriteria };
  await database.transaction((tx) =>
    criteriaRepository(tx).save({ version: 1, revision: 1, record }, at),
  );
}

/**
 * The version that is in force on a day: the one that came into force last. Days before the first version are measured
 * with it too.
 */
export function inForceOn(day: string, versions: readonly Criteria[]): Criteria {
  const started = versions.filter(({ record }) => record.inForceFrom !== undefined);
  const found = started
    .filter(({ record }) => (record.inForceFrom ?? '') <= day)
    .reduce<Criteria | undefined>(
      (last, each) =>
        last === undefined || (each.record.inForceFrom ?? '') >= (last.record.inForceFrom ?? '')
          ? each
          : last,
      undefined,
    );
  const criteria = found ?? started[0];
  if (!criteria) throw new Error('there is no version of the criteria in force');
  return criteria;
}

/** What a version is on a day. */
export function stateOf(
  criteria: Criteria,
  versions: readonly Criteria[],
  day: string,
): CriteriaState {
  const { inForceFrom } = criteria.record;
  if (inForceFrom === undefined) return 'draft';
  if (inForceFrom > day) return 'scheduled';
  return inForceOn(day, versions).version === criteria.version ? 'in-force' : 'past';
}

/** @throws {CatalogError} `not-found` / `criteria-not-found` */
export async function getCriteria(version: number, db: Queryable): Promise<Criteria> {
  const criteria = await criteriaRepository(db).find(version);
  if (criteria) return criteria;
  throw new CatalogError('not-found', 'criteria-not-found', {
    vi: `Không có phiên bản ${version} của bộ tiêu chí.`,
    en: `There is no version ${version} of the criteria.`,
  });
}

export function criterionNotFound(code: string): CatalogError {
  return new CatalogError('not-found', 'criterion-not-found', {
    vi: `Không có tiêu chí "${code.slice(0, 80)}".`,
    en: `There is no criterion "${code.slice(0, 80)}".`,
  });
}
