import { recordAct } from '../audit/record-act.ts';
import { CatalogError } from '../kernel/errors.ts';
import { accountRepository } from './account-repository.ts';
import { assertStrong, hashPassword, verifyPassword } from './password.ts';
import { sessionRepository } from './session-repository.ts';
import type { AccessDeps, Visitor } from './sessions.ts';
import { attemptKeys, countAttempt, forgetAttempt } from './slow-down.ts';

/**
 * Changes one's own password; the other sessions of the account end.
 *
 * @param current not asked of who has none yet, having come by single sign-on
 * @throws {CatalogError} `invalid` / `password-wrong`, `password-weak`; `throttled` / `too-many-attempts`
 */
export async function changePassword(
  { account, session, actor }: Visitor,
  { current, next, address }: { current: string; next: string; address: string },
  deps: AccessDeps,
): Promise<void> {
  if (account.passwordHash !== undefined) {
    const keys = attemptKeys(account.email, address, deps.secret);
    await countAttempt(keys, deps);
    if (!(await verifyPassword(current, account.passwordHash))) throw wrong();
    await forgetAttempt(keys, deps);
  }
  assertStrong(next, account.email);
  const passwordHash = await hashPassword(next);
  await deps.database.transaction(async (tx) => {
    await accountRepository(tx).update(account.id, { passwordHash });
    await sessionRepository(tx).endAll(account.id, session.id);
    await recordAct(tx, {
      at: deps.clock(),
      by: actor,
      act: 'account.change-password',
      subject: `account/${account.id}`,
    });
  });
}

function wrong(): CatalogError {
  const message = {
    vi: 'Mật khẩu hiện tại không đúng.',
    en: 'The current password is not right.',
  };
  return new CatalogError('invalid', 'password-wrong', message, {
    findings: [{ pointer: '/current', keyword: 'password', message }],
  });
}
