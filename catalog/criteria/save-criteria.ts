import { type Actor, assertMay } from '../access/actor.ts';
import { recordAct } from '../audit/record-act.ts';
import { type Clock, localDate } from '../kernel/clock.ts';
import { CatalogError } from '../kernel/errors.ts';
import type { CriteriaRecord } from '../model/criterion.ts';
import type { Database } from '../storage/database.ts';
import { checkCriteria } from './check-criteria.ts';
import { type Criteria, criteriaRepository } from './criteria-repository.ts';

/**
 * Writes a version of the criteria; the coordinator's act. The newest one may be changed until the day it comes into
 * force; after that, what is to change is the next version. Values that are kept stay as they were computed.
 *
 * @param revisionRead the revision it was made from; 0 for a version that is new
 * @throws {CatalogError} `invalid` / `criteria-invalid`, `conflict` / `criteria-in-force` or `version-out-of-order`,
 *   `stale` / `edit-conflict`, `forbidden`
 */
export async function saveCriteria(
  version: number,
  input: unknown,
  revisionRead: number | undefined,
  actor: Actor,
  deps: { readonly database: Database; readonly clock: Clock },
): Promise<Criteria> {
  assertMay(actor, ['coordinator', 'administrator']);
  const findings = checkCriteria(input);
  if (findings.length > 0) {
    throw new CatalogError(
      'invalid',
      'criteria-invalid',
      {
        vi: 'Bộ tiêu chí chưa đúng; hãy sửa từng chỗ được nêu.',
        en: 'The criteria are not right; correct each place named.',
      },
      { findings },
    );
  }
  const record = input as CriteriaRecord;
  return deps.database.transaction(async (tx) => {
    const repository = criteriaRepository(tx);
    const versions = await repository.list();
    const before = versions.find((each) => each.version === version);
    const at = deps.clock();
    assertChangeable(version, before, versions, localDate(at));
    assertStarts(version, record, versions, localDate(at));
    if (revisionRead !== undefined && revisionRead !== (before?.revision ?? 0))
      throw stale(version);
    const saved = { version, revision: (before?.revision ?? 0) + 1, record };
    await repository.save(saved, at);
    await recordAct(tx, {
      at,
      by: actor,
      act: before ? 'criteria.revise' : 'criteria.register',
      subject: `criteria/${version}`,
      before: before?.record,
      after: record,
    });
    return { ...saved, changedAt: at };
  });
}

function assertChangeable(
  version: number,
  before: Criteria | undefined,
  versions: readonly Criteria[],
  today: string,
): void {
  const newest = versions.at(-1)?.version ?? 0;
  const start = before?.record.inForceFrom;
  if (start !== undefined && start <= today) {
    throw new CatalogError('conflict', 'criteria-in-force', {
      vi: `Phiên bản ${version} có hiệu lực từ ${start}, không sửa được nữa; hãy lập phiên bản ${newest + 1}.`,
      en: `Version ${version} is in force since ${start} and stays as it is; make version ${newest + 1}.`,
    });
  }
  if (before ? version === newest : version === newest + 1) return;
  throw new CatalogError('conflict', 'version-out-of-order', {
    vi: `Phiên bản mới nhất là ${newest}; chỉ sửa được phiên bản đó, hoặc lập phiên bản ${newest + 1}.`,
    en: `The newest version is ${newest}; only that one can be changed, or version ${newest + 1} made.`,
  });
}

/** A version comes into force today at the earliest, and not before the ones before it. */
function assertStarts(
  version: number,
  { inForceFrom }: CriteriaRecord,
  versions: readonly Criteria[],
  today: string,
): void {
  const starts = versions.map((each) =>
    each.version === version ? '' : (each.record.inForceFrom ?? ''),
  );
  const earliest = [today, ...starts].sort().at(-1) ?? today;
  if (inForceFrom === undefined || inForceFrom >= earliest) return;
  const message = {
    vi: `Ngày hiệu lực ${inForceFrom} quá sớm; sớm nhất là ${earliest}. Tính lại quá khứ: khue criteria recompute.`,
    en: `The day ${inForceFrom} is too early; ${earliest} is the earliest. To compute the past anew: khue criteria recompute.`,
  };
  throw new CatalogError('invalid', 'criteria-invalid', message, {
    findings: [{ pointer: '/inForceFrom', keyword: 'minimum', message }],
  });
}

function stale(version: number): CatalogError {
  return new CatalogError('stale', 'edit-conflict', {
    vi: `Phiên bản ${version} đã được người khác sửa; hãy tải bản mới rồi sửa lại.`,
    en: `Version ${version} was changed by somebody else; fetch it anew and edit again.`,
  });
}
