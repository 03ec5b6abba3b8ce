import { randomUUID } from 'node:crypto';
import { recordAct } from '../audit/record-act.ts';
import { later } from '../kernel/clock.ts';
import { CatalogError } from '../kernel/errors.ts';
import type { Tx } from '../storage/database.ts';
import { type Account, accountRepository } from './account-repository.ts';
import { type AccountInput, assertEmailFree, decodeAccount } from './decode-account.ts';
import { keyedHash, unguessable } from './keyed-hash.ts';
import { linkRepository, type OneTimeLink } from './link-repository.ts';
import { assertStrong, hashPassword } from './password.ts';
import { sessionRepository } from './session-repository.ts';
import { type AccessDeps, actorOfAccount } from './sessions.ts';

const day = 86_400_000;
/** An invitation may wait over a weekend and a holiday; the set-up happens now. */
const validMs = { invitation: 7 * day, setUp: day };

/** Makes the link that sets an account's password; earlier ones of the account count no more. */
export async function makeLink(tx: Tx, accountId: string, deps: AccessDeps): Promise<string> {
  const key = unguessable();
  const createdAt = deps.clock();
  await linkRepository(tx).withdraw(accountId);
  await linkRepository(tx).insert({
    hash: hashOfKey(key, deps),
    accountId,
    createdAt,
    expiresAt: later(createdAt, validMs.invitation),
  });
  return key;
}

/** Makes the link of the first start, through which the first administrator comes in. Absent: there are accounts. */
export async function offerSetUp(deps: AccessDeps): Promise<string | undefined> {
  return deps.database.transaction(async (tx) => {
    if (!(await accountRepository(tx).isEmpty())) return undefined;
    const key = unguessable();
    const createdAt = deps.clock();
    await linkRepository(tx).withdraw(undefined);
    await linkRepository(tx).insert({
      hash: hashOfKey(key, deps),
      createdAt,
      expiresAt: later(createdAt, validMs.setUp),
    });
    return key;
  });
}

/**
 * Whose link this is; without an account it is the link of the set-up.
 *
 * @throws {CatalogError} `gone` / `link-used` for every link that does not count, whatever the cause
 */
export async function openLink(
  key: string,
  deps: AccessDeps,
): Promise<{ readonly link: OneTimeLink; readonly account?: Account }> {
  const db = deps.database.current;
  const link = await linkRepository(db).find(hashOfKey(key, deps));
  if (!link || link.expiresAt <= deps.clock()) throw linkUsed();
  if (link.accountId === undefined) {
    if (await accountRepository(db).isEmpty()) return { link };
    throw linkUsed();
  }
  const account = await accountRepository(db).find(link.accountId);
  if (!account || account.disabledAt !== undefined) throw linkUsed();
  return { link, account };
}

/**
 * Sets the password through a link and uses it up; the account's other sessions end. Through the link of the set-up
 * the first administrator is made.
 *
 * @param person who comes in through the set-up; not looked at otherwise
 * @throws {CatalogError} `gone` / `link-used`; `invalid` / `password-weak`, `account-invalid`
 */
export async function acceptLink(
  key: string,
  password: string,
  person: Pick<AccountInput, 'email' | 'name'>,
  deps: AccessDeps,
): Promise<Account> {
  const { link, account: invited } = await openLink(key, deps);
  const account = invited ?? (await firstAdministrator(person, deps));
  assertStrong(password, account.email);
  const passwordHash = await hashPassword(password);
  await deps.database.transaction(async (tx) => {
    if (!(await linkRepository(tx).take(link.hash))) throw linkUsed();
    const accounts = accountRepository(tx);
    if (invited) await accounts.update(account.id, { passwordHash });
    else {
      if (!(await accounts.isEmpty())) throw linkUsed();
      await accounts.insert({ ...account, passwordHash });
    }
    await sessionRepository(tx).endAll(account.id);
    await recordAct(tx, {
      at: deps.clock(),
      by: actorOfAccount(account),
      act: invited ? 'account.set-password' : 'account.set-up',
      subject: `account/${account.id}`,
    });
  });
  return account;
}

async function firstAdministrator(
  person: Pick<AccountInput, 'email' | 'name'>,
  deps: AccessDeps,
): Promise<Account> {
  const input = { ...person, grants: [{ role: 'administrator' }] };
  const decoded = await decodeAccount(input, deps.database.current);
  await assertEmailFree(decoded.email, deps.database.current);
  return { id: randomUUID(), ...decoded, createdAt: deps.clock() };
}

function hashOfKey(key: string, { secret }: AccessDeps): string {
  return keyedHash(secret, 'link', key);
}

function linkUsed(): CatalogError {
  return new CatalogError('gone', 'link-used', {
    vi: 'Liên kết này đã dùng, đã hết hạn hoặc đã được thay; hãy xin quản trị viên liên kết mới.',
    en: 'This link was used, has expired or was replaced; ask your administrator for a new one.',
  });
}
