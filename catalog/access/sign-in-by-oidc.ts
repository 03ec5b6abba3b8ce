import { recordAct } from '../audit/record-act.ts';
import { CatalogError } from '../kernel/errors.ts';
import { type Account, accountRepository } from './account-repository.ts';
import { linkRepository } from './link-repository.ts';
import { type AccessDeps, actorOfAccount, type Visitor } from './sessions.ts';
import { type Client, recordFailure, welcome } from './sign-in.ts';

/** What a provider of single sign-on says of somebody. OpenID Connect Core 1.0 §2, §5.1. */
export interface Identity {
  readonly issuer: string;
  /** Never given to anybody else by this issuer; unlike an e-mail. */
  readonly subject: string;
  readonly email?: string;
  readonly isEmailVerified: boolean;
}

/**
 * Signs in whom the provider knows: by issuer and subject; the first time by an e-mail that the provider has verified,
 * and only who was invited and has no other way in yet. Gives the secret of a new session.
 *
 * @throws {CatalogError} `forbidden` / `account-missing`
 */
export async function signInByOidc(
  identity: Identity,
  client: Client,
  deps: AccessDeps,
): Promise<string> {
  const accounts = accountRepository(deps.database.current);
  const known = await accounts.findByOidc(identity.issuer, identity.subject);
  const account = known ?? (await invited(identity, deps));
  if (!account || account.disabledAt !== undefined) {
    await recordFailure(account, deps);
    throw accountMissing();
  }
  if (!known) await link(account, identity, deps);
  return welcome(account, 'session.sign-in-by-oidc', client, deps);
}

/**
 * Lets somebody who is signed in come by single sign-on from now on.
 *
 * @throws {CatalogError} `conflict` / `identity-taken` when it belongs to another account
 */
export async function linkIdentity(
  { account }: Visitor,
  identity: Identity,
  deps: AccessDeps,
): Promise<void> {
  const { issuer, subject } = identity;
  const owner = await accountRepository(deps.database.current).findByOidc(issuer, subject);
  if (owner?.id === account.id) return;
  if (owner) {
    throw new CatalogError('conflict', 'identity-taken', {
      vi: 'Danh tính này đã liên kết với tài khoản khác.',
      en: 'This identity is linked to another account already.',
    });
  }
  await link(account, identity, deps);
}

async function invited(identity: Identity, deps: AccessDeps): Promise<Account | undefined> {
  if (identity.email === undefined || !identity.isEmailVerified) return undefined;
  const account = await accountRepository(deps.database.current).findByEmail(identity.email);
  const hasWayIn = account?.passwordHash !== undefined || account?.oidc !== undefined;
  return hasWayIn ? undefined : account;
}

async function link(account: Account, identity: Identity, deps: AccessDeps): Promise<void> {
  const oidc = { issuer: identity.issuer, subject: identity.subject };
  await deps.database.transaction(async (tx) => {
    await accountRepository(tx).update(account.id, { oidc });
    await linkRepository(tx).withdraw(account.id);
    await recordAct(tx, {
      at: deps.clock(),
      by: actorOfAccount(account),
      act: 'account.link-oidc',
      subject: `account/${account.id}`,
      after: oidc,
    });
  });
}

function accountMissing(): CatalogError {
  return new CatalogError('forbidden', 'account-missing', {
    vi: 'Bạn đã đăng nhập ở hệ thống chung, nhưng chưa có tài khoản ở đây, hoặc tài khoản đã bị khóa. Hãy nhờ quản trị viên mời; nếu đã có mật khẩu thì đăng nhập bằng mật khẩu rồi liên kết ở trang tài khoản.',
    en: 'You are signed in at the provider, but have no account here, or it is disabled. Ask an administrator to invite you; if you have a password, sign in with it and link the two on your account’s page.',
  });
}
