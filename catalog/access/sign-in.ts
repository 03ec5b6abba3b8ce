import { recordAct } from '../audit/record-act.ts';
import { CatalogError } from '../kernel/errors.ts';
import { type Account, accountRepository } from './account-repository.ts';
import { verifyPassword } from './password.ts';
import { type AccessDeps, actorOfAccount, beginSession } from './sessions.ts';
import { attemptKeys, countAttempt, forgetAttempt } from './slow-down.ts';

/** Where a sign-in comes from. */
export interface Client {
  readonly browser: string;
  /** The network address. */
  readonly address: string;
}

/**
 * Signs somebody in by password. Gives the secret of a new session.
 *
 * An e-mail that nobody has, a wrong password and a disabled account are answered alike, after the same work.
 *
 * @throws {CatalogError} `invalid` / `sign-in-failed`; `throttled` / `too-many-attempts`
 */
export async function signIn(
  email: string,
  password: string,
  client: Client,
  deps: AccessDeps,
): Promise<string> {
  const keys = attemptKeys(email, client.address, deps.secret);
  await countAttempt(keys, deps);
  const account = await accountRepository(deps.database.current).findByEmail(email);
  const isRight = await verifyPassword(password, account?.passwordHash);
  if (!account || !isRight || account.disabledAt !== undefined) {
    await recordFailure(account, deps);
    throw failed();
  }
  await forgetAttempt(keys, deps);
  return welcome(account, 'session.sign-in', client, deps);
}

/** Begins a session of somebody who has proved who they are. */
export async function welcome(
  account: Account,
  act: 'session.sign-in' | 'session.sign-in-by-oidc',
  client: Client,
  deps: AccessDeps,
): Promise<string> {
  return deps.database.transaction(async (tx) => {
    const key = await beginSession(tx, account, client.browser, deps);
    await recordAct(tx, {
      at: deps.clock(),
      by: actorOfAccount(account),
      act,
      subject: `account/${account.id}`,
    });
    return key;
  });
}

/** What was typed is not kept: people type their passwords into the wrong field. */
export async function recordFailure(account: Account | undefined, deps: AccessDeps): Promise<void> {
  await deps.database.transaction((tx) =>
    recordAct(tx, {
      at: deps.clock(),
      by: { name: '' },
      act: 'session.sign-in-failed',
      subject: account ? `account/${account.id}` : 'account/?',
    }),
  );
}

function failed(): CatalogError {
  return new CatalogError('invalid', 'sign-in-failed', {
    vi: 'Thư điện tử hoặc mật khẩu không đúng.',
    en: 'The e-mail or the password is not right.',
  });
}
