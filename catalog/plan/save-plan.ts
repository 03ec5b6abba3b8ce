import { isDeepStrictEqual } from 'node:util';
import { type Actor, assertMay } from '../access/actor.ts';
import { recordAct } from '../audit/record-act.ts';
import type { Clock } from '../kernel/clock.ts';
import { CatalogError } from '../kernel/errors.ts';
import type { PlanRecord } from '../model/plan.ts';
import { rankingOf } from '../model/priority.ts';
import { bumpCatalogVersion } from '../storage/catalog-version.ts';
import type { Database, Tx } from '../storage/database.ts';
import { checkPlan } from './check-plan.ts';
import { type Plan, planRepository } from './plan-repository.ts';

export interface SavePlanDeps {
  readonly database: Database;
  readonly clock: Clock;
  /** What else changes in the same transaction when a plan ranks otherwise than it did. `compose.ts` fills it. */
  readonly rerank: (tx: Tx, plan: Plan) => Promise<void>;
}

/**
 * Writes the plan of a year; the coordinator's act.
 *
 * @param revisionRead the revision it was made from; 0 for a plan that is new
 * @throws {CatalogError} `invalid` / `plan-invalid`, `stale` / `edit-conflict`, `forbidden`
 */
export async function savePlan(
  year: string,
  input: unknown,
  revisionRead: number | undefined,
  actor: Actor,
  deps: SavePlanDeps,
): Promise<Plan> {
  assertMay(actor, ['coordinator', 'administrator']);
  const candidate = typeof input === 'object' && input !== null ? { year, ...input } : input;
  const findings = checkPlan(candidate);
  if (findings.length > 0) {
    throw new CatalogError(
      'invalid',
      'plan-invalid',
      {
        vi: 'Kế hoạch chưa đúng; hãy sửa từng chỗ được nêu.',
        en: 'The plan is not right; correct each place named.',
      },
      { findings },
    );
  }
  const record = candidate as PlanRecord;
  if (record.year !== year) {
    throw new CatalogError('conflict', 'year-changed', {
      vi: `Địa chỉ nói năm ${year} còn nội dung nói năm ${record.year}; hãy sửa cho khớp.`,
      en: `The address says ${year} and the body ${record.year}; make them agree.`,
    });
  }
  return deps.database.transaction(async (tx) => {
    const repository = planRepository(tx);
    const before = await repository.find(year);
    if (revisionRead !== undefined && revisionRead !== (before?.revision ?? 0)) {
      throw new CatalogError('stale', 'edit-conflict', {
        vi: `Kế hoạch ${year} đã được người khác sửa; hãy tải bản mới rồi sửa lại.`,
        en: `The plan of ${year} was changed by somebody else; fetch the new version and edit again.`,
      });
    }
    const at = deps.clock();
    const revision = (before?.revision ?? 0) + 1;
    await repository.save(record, revision, at);
    const plan: Plan = { record, revision, changedAt: at };
    if (!isDeepStrictEqual(rankingOf(before?.record), rankingOf(record)))
      await deps.rerank(tx, plan);
    // A plan that a decision issues is a catalogue within the catalogue.
    await bumpCatalogVersion(tx);
    await recordAct(tx, {
      at,
      by: actor,
      act: before ? 'plan.revise' : 'plan.register',
      subject: `plan/${year}`,
      before: before?.record,
      after: record,
    });
    return plan;
  });
}
