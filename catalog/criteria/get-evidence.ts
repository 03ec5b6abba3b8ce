import { CatalogError } from '../kernel/errors.ts';
import type { Queryable } from '../storage/database.ts';
import { indicatorRepository, type KeptScope } from './indicator-repository.ts';
import { measures } from './measures/registry.ts';
import type { Period } from './period.ts';
import { city, isGroup } from './scopes.ts';

/** A record that adds to a measure. */
export interface EvidenceRecord {
  /** `dataset`, `agency`, … */
  readonly kind: string;
  readonly id: string;
  readonly agency?: string;
  readonly amount: number;
}

const recordKinds = ['agency', 'dataset', 'feedback', 'request'];

/**
 * The records behind a number: what adds to a measure in a scope and a period, in the order of their ids. Their amounts
 * are summed up to the number.
 *
 * @throws {CatalogError} `not-found` / `measure-not-found`
 */
export async function getEvidence(
  measure: string,
  scope: string,
  period: Period,
  db: Queryable,
): Promise<readonly EvidenceRecord[]> {
  if (!measures.has(measure)) {
    throw new CatalogError('not-found', 'measure-not-found', {
      vi: `Không có số đo "${measure.slice(0, 80)}"; các số đo: ${[...measures.keys()].join(', ')}.`,
      en: `There is no measure "${measure.slice(0, 80)}"; there are: ${[...measures.keys()].join(', ')}.`,
    });
  }
  const repository = indicatorRepository(db);
  const kept: (KeptScope | undefined)[] = [];
  if (isGroup(scope)) {
    const [kind, id] = scope.split('/');
    const within = scope === city ? {} : kind === 'publisher' ? { agency: id } : { theme: id };
    for (const record of recordKinds) {
      kept.push(...(await repository.listKind(period.id, record, within)));
    }
  } else {
    kept.push((await repository.findScope(scope, [period.id])).get(period.id));
  }
  return kept.flatMap((each) => {
    const amount = each?.measures[measure];
    if (!each || amount === undefined) return [];
    const at = each.scope.indexOf('/');
    return [
      {
        kind: each.scope.slice(0, at),
        id: each.scope.slice(at + 1),
        ...(each.agency !== undefined && { agency: each.agency }),
        amount,
      },
    ];
  });
}
