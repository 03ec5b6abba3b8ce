import { randomUUID } from 'node:crypto';
import { recordAct } from '../audit/record-act.ts';
import { CatalogError } from '../kernel/errors.ts';
import type { Tx } from '../storage/database.ts';
import { type Account, type AccountChanges, accountRepository } from './account-repository.ts';
import { type Actor, assertMay } from './actor.ts';
import { assertEmailFree, decodeAccount } from './decode-account.ts';
import { linkRepository } from './link-repository.ts';
import { makeLink } from './one-time-links.ts';
import { assertStrong, hashPassword } from './password.ts';
import { sessionRepository } from './session-repository.ts';
import type { AccessDeps } from './sessions.ts';

/** An account and the secret of the link that lets its owner in, told once. */
export interface Invited {
  readonly account: Account;
  readonly key: string;
}

/**
 * Makes an account without a password, and the link through which its owner sets one.
 *
 * @throws {CatalogError} `invalid` / `account-invalid`; `conflict` / `email-taken`; `forbidden`
 */
export async function inviteAccount(
  input: unknown,
  actor: Actor,
  deps: AccessDeps,
): Promise<Invited> {
  assertMay(actor, ['administrator']);
  const decoded = await decodeAccount(input, deps.database.current);
  const account: Account = { id: randomUUID(), ...decoded, createdAt: deps.clock() };
  return deps.database.transaction(async (tx) => {
    await assertEmailFree(account.email, tx);
    await accountRepository(tx).insert(account);
    const key = await makeLink(tx, account.id, deps);
    await record(tx, 'account.invite', undefined, account, actor, deps);
    return { account, key };
  });
}

/**
 * Changes a name and what somebody may do. The e-mail stays.
 *
 * @throws {CatalogError} `invalid` / `account-invalid`; `conflict` / `last-administrator`; `not-found`, `forbidden`
 */
export async function reviseAccount(
  id: string,
  change: { readonly name: string; readonly grants: readonly unknown[] },
  actor: Actor,
  deps: AccessDeps,
): Promise<Account> {
  const before = await getAccount(id, actor, deps);
  const input = { ...change, email: before.email };
  const { name, grants } = await decodeAccount(input, deps.database.current);
  await write('account.revise', before, { name, grants }, actor, deps);
  return { ...before, name, grants };
}

/**
 * Lets somebody in no more, at once: their sessions end, and links to set a password count no more.
 *
 * @throws {CatalogError} `conflict` / `last-administrator`; `not-found`, `forbidden`
 */
export async function disableAccount(id: string, actor: Actor, deps: AccessDeps): Promise<void> {
  const before = await getAccount(id, actor, deps);
  if (before.disabledAt !== undefined) return;
  await write('account.disable', before, { disabledAt: deps.clock() }, actor, deps);
}

/** Lets somebody in again, with the password they had. */
export async function enableAccount(id: string, actor: Actor, deps: AccessDeps): Promise<void> {
  const before = await getAccount(id, actor, deps);
  if (before.disabledAt === undefined) return;
  await write('account.enable', before, { disabledAt: null }, actor, deps);
}

/** Makes a new link to set a password, for who has lost theirs. The old password counts until it is used. */
export async function renewLink(id: string, actor: Actor, deps: AccessDeps): Promise<Invited> {
  const account = await getAccount(id, actor, deps);
  if (account.disabledAt !== undefined) {
    throw new CatalogError('conflict', 'account-disabled', {
      vi: 'Tài khoản đang bị khóa; hãy mở lại trước.',
      en: 'The account is disabled; enable it first.',
    });
  }
  return deps.database.transaction(async (tx) => {
    const key = await makeLink(tx, account.id, deps);
    await record(tx, 'account.renew-link', undefined, undefined, actor, deps, id);
    return { account, key };
  });
}

/**
 * Makes an account with a password at once; for the command line and the demo.
 *
 * @throws {CatalogError} as `inviteAccount`, and `invalid` / `password-weak`
 */
export async function addAccount(
  input: unknown,
  password: string,
  actor: Actor,
  deps: AccessDeps,
): Promise<Account> {
  assertMay(actor, ['administrator']);
  const decoded = await decodeAccount(input, deps.database.current);
  assertStrong(password, decoded.email);
  const passwordHash = await hashPassword(password);
  const account: Account = {
    id: randomUUID(),
    ...decoded,
    passwordHash,
    createdAt: deps.clock(),
  };
  await deps.database.transaction(async (tx) => {
    await assertEmailFree(account.email, tx);
    await accountRepository(tx).insert(account);
    await record(tx, 'account.add', undefined, account, actor, deps);
  });
  return account;
}

/** @throws {CatalogError} `not-found` / `account-not-found`; `forbidden` */
export async function getAccount(id: string, actor: Actor, deps: AccessDeps): Promise<Account> {
  assertMay(actor, ['administrator']);
  const account = await accountRepository(deps.database.current).find(id);
  if (account) return account;
  throw new CatalogError('not-found', 'account-not-found', {
    vi: 'Không có tài khoản này.',
    en: 'There is no such account.',
  });
}

/** Writes an account unless that leaves nobody to administer. */
async function write(
  act: string,
  before: Account,
  changes: AccountChanges,
  actor: Actor,
  deps: AccessDeps,
): Promise<void> {
  await deps.database.transaction(async (tx) => {
    const accounts = accountRepository(tx);
    await accounts.update(before.id, changes);
    if (changes.disabledAt) {
      await sessionRepository(tx).endAll(before.id);
      await linkRepository(tx).withdraw(before.id);
    }
    const after = await accounts.find(before.id);
    await record(tx, act, before, after, actor, deps);
    // Counted while the end of the audit is held: two who disable each other at once cannot both succeed.
    if ((await accounts.countAdministrators()) === 0) throw lastAdministrator();
  });
}

async function record(
  tx: Tx,
  act: string,
  before: Account | undefined,
  after: Account | undefined,
  actor: Actor,
  { clock }: AccessDeps,
  id = after?.id,
): Promise<void> {
  await recordAct(tx, {
    at: clock(),
    by: actor,
    act,
    subject: `account/${id}`,
    before: before && told(before),
    after: after && told(after),
  });
}

/** What the audit may say of an account: no hash of a password. */
function told({ email, name, grants, disabledAt }: Account) {
  return { email, name, grants, ...(disabledAt !== undefined && { disabledAt }) };
}

function lastAdministrator(): CatalogError {
  return new CatalogError('conflict', 'last-administrator', {
    vi: 'Đây là quản trị viên cuối cùng; hãy giao quyền quản trị cho người khác trước.',
    en: 'This is the last administrator; make somebody else administrator first.',
  });
}
