import { later } from '../kernel/clock.ts';
import { CatalogError } from '../kernel/errors.ts';
import { emailKey } from './account-repository.ts';
import { failureRepository } from './failure-repository.ts';
import { keyedHash } from './keyed-hash.ts';
import type { AccessDeps } from './sessions.ts';

/** How many failures in a row pass without waiting: for one account, and from one address (a whole office may share it). */
const free = { account: 5, address: 30 };
const firstWaitMs = 15_000;
const longestWaitMs = 900_000;
/** After so long without a failure, the count begins anew. */
const forgottenAfterMs = 3_600_000;

/** What is counted: neither e-mails nor addresses are kept, only hashes that nobody can turn back. */
export interface AttemptKeys {
  readonly account: string;
  readonly address: string;
}

export function attemptKeys(email: string, address: string, secret: string): AttemptKeys {
  return {
    account: keyedHash(secret, 'attempt-account', emailKey(email)),
    address: keyedHash(secret, 'attempt-address', address),
  };
}

/**
 * Counts an attempt as failed before it is tried, so that many at once are counted too. It says nothing about whether
 * there is such an account: what was typed is counted, whoever it is.
 *
 * @throws {CatalogError} `throttled` / `too-many-attempts` with the seconds to wait
 */
export async function countAttempt(keys: AttemptKeys, deps: AccessDeps): Promise<void> {
  const now = deps.clock();
  await deps.database.transaction(async (tx) => {
    const repository = failureRepository(tx);
    await repository.sweep(later(now, -forgottenAfterMs));
    for (const kind of ['account', 'address'] as const) {
      const key = keys[kind];
      const held = await repository.hold(key, now);
      if (held.blockedUntil > now) throw tooMany(now, held.blockedUntil);
      const failures = held.failures + 1;
      const wait = waitMs(failures - free[kind]);
      const blockedUntil = wait === 0 ? '' : later(now, wait);
      await repository.save(key, { failures, failedAt: now, blockedUntil });
    }
  });
}

/** The attempt was right after all. */
export async function forgetAttempt(keys: AttemptKeys, deps: AccessDeps): Promise<void> {
  await deps.database.transaction(async (tx) => {
    const repository = failureRepository(tx);
    await repository.forget(keys.account);
    const held = await repository.hold(keys.address, deps.clock());
    const failures = Math.max(0, held.failures - 1);
    await repository.save(keys.address, { ...held, failures, blockedUntil: '' });
  });
}

/** Nothing at first, then doubling. */
function waitMs(beyond: number): number {
  return beyond < 0 ? 0 : Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(beyond, 10));
}

function tooMany(now: string, until: string): CatalogError {
  const seconds = Math.max(1, Math.ceil((Date.parse(until) - Date.parse(now)) / 1000));
  return new CatalogError(
    'throttled',
    'too-many-attempts',
    {
      vi: `Sai quá nhiều lần; hãy thử lại sau ${seconds} giây.`,
      en: `Too many failed attempts; try again in ${seconds} seconds.`,
    },
    { retryAfter: seconds },
  );
}
