import { type Actor, assertMay } from '../access/actor.ts';
import { recordAct } from '../audit/record-act.ts';
import type { Clock } from '../kernel/clock.ts';
import { CatalogError, type Finding } from '../kernel/errors.ts';
import type { Decision, PlanVersion } from '../model/plan.ts';
import { rankingOf } from '../model/priority.ts';
import { bumpCatalogVersion } from '../storage/catalog-version.ts';
import type { Database, Tx } from '../storage/database.ts';
import { validateAgainst } from '../validation/json-schema.ts';
import { chooseChanges } from './choose-changes.ts';
import { compareEntries, isUnchanged } from './compare-entries.ts';
import { entriesToIssue } from './plan-entries.ts';
import { type Plan, planRepository } from './plan-repository.ts';
import { planVersionRepository } from './plan-version-repository.ts';

export interface PlanDeps {
  readonly database: Database;
  readonly clock: Clock;
}

/**
 * Issues the plan of a year, or amends the one in force: what was accepted becomes a version that nothing changes any
 * more, with the number and the date of the decision behind it.
 *
 * @param input `{ number, date, signer?, reason? }`; an amendment takes a reason
 * @param chosen the datasets whose changes an amendment takes up; absent: every change that waits
 * @throws {CatalogError} `invalid` / `decision-invalid` with every finding; `conflict` / `plan-empty`, `plan-unchanged`,
 *   `decision-used`; `not-found` / `plan-not-found`; `forbidden`
 */
export async function issuePlan(
  year: string,
  input: object,
  actor: Actor,
  deps: PlanDeps,
  chosen?: readonly string[],
): Promise<PlanVersion> {
  assertMay(actor, ['coordinator', 'administrator']);
  const { reason, ...decision }: { readonly reason?: unknown } = input;
  return deps.database.transaction(async (tx) => {
    const plan = await planRepository(tx).find(year);
    if (!plan) throw noPlan(year);
    const versions = await planVersionRepository(tx).heads(year);
    const findings = findingsIn(plan, decision, reason, versions.length > 0);
    if (findings.length > 0) throw invalidDecision(findings);
    const { number } = decision as Decision;
    if (versions.some((one) => one.decision.number === number)) throw decisionUsed(number);
    const before = await planVersionRepository(tx).latest(year);
    const accepted = await entriesToIssue(year, tx);
    if (accepted.length === 0) throw emptyPlan(year);
    if (before && isUnchanged(compareEntries(before.entries, accepted))) throw unchanged(year);
    const entries = before ? chooseChanges(before.entries, accepted, chosen) : accepted;
    const version: PlanVersion = {
      year,
      version: (before?.version ?? 0) + 1,
      decision: decision as Decision,
      title: plan.record.title,
      ...(before && { reason: String(reason).trim() }),
      ranking: rankingOf(plan.record),
      entries,
    };
    await write(tx, plan, version, actor, deps);
    return version;
  });
}

/** A plan that is issued is a catalogue within the catalogue, under its first decision. */
async function write(
  tx: Tx,
  plan: Plan,
  version: PlanVersion,
  actor: Actor,
  { clock }: PlanDeps,
): Promise<void> {
  const at = clock();
  const isFirst = version.version === 1;
  await planVersionRepository(tx).insert(version, actor.name, at);
  if (isFirst) {
    const record = { ...plan.record, decision: version.decision };
    await planRepository(tx).save(record, plan.revision + 1, at);
  }
  await bumpCatalogVersion(tx);
  const { entries, ...head } = version;
  await recordAct(tx, {
    at,
    by: actor,
    act: isFirst ? 'plan.issue' : 'plan.amend',
    subject: `plan/${version.year}`,
    ...(version.reason !== undefined && { reason: version.reason }),
    after: { ...head, entries: entries.length },
  });
}

function findingsIn(
  { record }: Plan,
  decision: object,
  reason: unknown,
  isAmendment: boolean,
): readonly Finding[] {
  const findings = validateAgainst('plan.schema.json', { ...record, decision }).filter(
    ({ pointer }) => pointer.startsWith('/decision'),
  );
  const own = findings.map((finding) => ({
    ...finding,
    pointer: finding.pointer.slice('/decision'.length),
  }));
  if (!isAmendment || (typeof reason === 'string' && reason.trim() !== '')) return own;
  const message = {
    vi: 'Quyết định sửa đổi phải nêu lý do.',
    en: 'An amendment takes a reason.',
  };
  return [...own, { pointer: '/reason', keyword: 'required', message }];
}

function invalidDecision(findings: readonly Finding[]): CatalogError {
  return new CatalogError(
    'invalid',
    'decision-invalid',
    {
      vi: 'Quyết định chưa đủ; hãy sửa từng chỗ được nêu.',
      en: 'The decision is not complete; correct each place named.',
    },
    { findings },
  );
}

function noPlan(year: string): CatalogError {
  return new CatalogError('not-found', 'plan-not-found', {
    vi: `Chưa có kế hoạch năm ${year}; hãy lập kế hoạch trước.`,
    en: `There is no plan of ${year}; make one first.`,
  });
}

function emptyPlan(year: string): CatalogError {
  return new CatalogError('conflict', 'plan-empty', {
    vi: `Kế hoạch ${year} chưa có tập dữ liệu nào được chấp nhận; hãy chấp nhận các đề xuất trước.`,
    en: `Nothing is accepted for the plan of ${year} yet; accept proposals first.`,
  });
}

function unchanged(year: string): CatalogError {
  return new CatalogError('conflict', 'plan-unchanged', {
    vi: `Kế hoạch ${year} không khác bản đã ban hành; không có gì để sửa đổi.`,
    en: `The plan of ${year} is as it was issued; there is nothing to amend.`,
  });
}

function decisionUsed(number: string): CatalogError {
  return new CatalogError('conflict', 'decision-used', {
    vi: `Số quyết định "${number}" đã dùng cho một bản khác của kế hoạch này; hãy kiểm tra lại.`,
    en: `The decision "${number}" stands behind another version of this plan already; check it.`,
  });
}
