import { type Actor, assertMay } from '../access/actor.ts';
import { recordAct } from '../audit/record-act.ts';
import type { Clock } from '../kernel/clock.ts';
import { CatalogError } from '../kernel/errors.ts';
import type { Role } from '../model/lifecycle.ts';
import type { Database } from '../storage/database.ts';
import { assertReason } from './assert-reason.ts';
import { type Reuse, reuseRepository } from './reuse-repository.ts';
import { type TellSenderDeps, tellSender } from './tell-sender.ts';

export type ReuseAct = 'publish' | 'reject' | 'withdraw';

export const reuseActs: readonly ReuseAct[] = ['publish', 'reject', 'withdraw'];

/** Who decides what is shown; for the whole city. */
export const reuseModerators: readonly Role[] = ['coordinator', 'administrator'];

export interface ModerateDeps extends TellSenderDeps {
  readonly database: Database;
  readonly clock: Clock;
}

/**
 * Decides about a reuse: publishes it or its changes, rejects it or them, or takes it off again; the last two say why.
 *
 * @throws {CatalogError} `forbidden`; `not-found`; `conflict` / `act-not-possible`; `invalid` / `reason-missing`
 */
export async function moderateReuse(
  id: string,
  act: ReuseAct,
  reason: string | undefined,
  actor: Actor,
  deps: ModerateDeps,
): Promise<Reuse> {
  assertMay(actor, reuseModerators);
  const why = act === 'publish' ? undefined : assertReason(reason);
  const at = deps.clock();
  return deps.database.transaction(async (tx) => {
    const before = await reuseRepository(tx).find(id);
    if (!before) throw reuseNotFound(id);
    const after = { ...moderated(before, act, at), ...(why !== undefined && { reason: why }) };
    await reuseRepository(tx).save(after);
    await reuseRepository(tx).advanceVersion();
    await recordAct(tx, {
      at,
      by: actor,
      act: `reuse.${act}`,
      subject: `reuse/${id}`,
      before: told(before),
      after: told(after),
      reason: why,
    });
    const path = after.state === 'published' ? `/reuse/${id}` : '/reuse';
    const words = why === undefined ? {} : { words: { vi: why } };
    const { title } = after.record;
    const outcome = { email: after.email, kind: 'reuse', act, path, title, ...words } as const;
    await tellSender(tx, outcome, at, deps);
    return after;
  });
}

export function reuseNotFound(id: string): CatalogError {
  return new CatalogError('not-found', 'reuse-not-found', {
    vi: `Không có sản phẩm "${id}"; xem tất cả ở /reuse.`,
    en: `There is no reuse "${id}"; see all of them at /reuse.`,
  });
}

/** @throws {CatalogError} `conflict` / `act-not-possible` */
function moderated(reuse: Reuse, act: ReuseAct, at: string): Reuse {
  const { revision, reason: _past, ...rest } = reuse;
  const isWaiting = reuse.state === 'pending' || revision !== undefined;
  if (act === 'publish' && isWaiting) {
    const record = revision ?? reuse.record;
    // Another address has not been looked at yet.
    const isElsewhere = record.url !== reuse.record.url;
    const { checkedAt: _at, deadSince: _dead, provenAt: _proven, ...unchecked } = rest;
    return {
      ...(isElsewhere ? { ...unchecked, failures: 0 } : rest),
      record,
      state: 'published',
      publishedAt: reuse.publishedAt ?? at,
      changedAt: at,
    };
  }
  if (act === 'reject' && isWaiting) {
    return { ...rest, state: revision ? reuse.state : 'rejected', changedAt: at };
  }
  if (act === 'withdraw' && reuse.state === 'published') {
    return { ...rest, state: 'withdrawn', withdrawnAt: at, changedAt: at };
  }
  throw new CatalogError('conflict', 'act-not-possible', {
    vi: `Sản phẩm này đang ở trạng thái "${reuse.state}", không còn gì để ${act}.`,
    en: `This reuse is "${reuse.state}"; there is nothing to ${act}.`,
  });
}

/** What the audit may say: no e-mail, no hash. */
function told({ state, record }: Reuse) {
  return { state, ...record };
}
