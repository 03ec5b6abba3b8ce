import { randomUUID } from 'node:crypto';
import { recordAct } from '../audit/record-act.ts';
import { type Clock, later } from '../kernel/clock.ts';
import type { Database, Tx } from '../storage/database.ts';
import { type Account, accountRepository } from './account-repository.ts';
import type { Actor } from './actor.ts';
import { keyedHash, unguessable } from './keyed-hash.ts';
import { type Session, sessionRepository } from './session-repository.ts';

/** What accounts, sessions and links are made with. */
export interface AccessDeps {
  readonly database: Database;
  readonly clock: Clock;
  /** The installation's secret: with another one, no session and no link counts any more. */
  readonly secret: string;
}

const hour = 3_600_000;
/** A session ends two hours after its last request, and twelve hours after the sign-in. */
export const idleMs = 2 * hour;
export const longestMs = 12 * hour;
const touchedEveryMs = 60_000;

/** Who a signed-in request comes from. */
export interface Visitor {
  readonly account: Account;
  readonly session: Session;
  readonly actor: Actor;
}

/** Begins a session within the transaction of the sign-in. Gives the secret that the browser keeps. */
export async function beginSession(
  tx: Tx,
  account: Account,
  browser: string,
  { clock, secret }: AccessDeps,
): Promise<string> {
  const key = unguessable();
  const now = clock();
  const repository = sessionRepository(tx);
  await repository.sweep(now, later(now, -idleMs));
  const session = {
    id: randomUUID(),
    accountId: account.id,
    browser: browser.slice(0, 300),
    signedInAt: now,
    seenAt: now,
    expiresAt: later(now, longestMs),
  };
  await repository.insert(session, hashOfKey(secret, key));
  return key;
}

/** Who holds this secret. Absent: nobody, no longer, or somebody whose account is disabled. */
export async function findVisitor(key: string, deps: AccessDeps): Promise<Visitor | undefined> {
  const { database, clock, secret } = deps;
  const session = await sessionRepository(database.current).findByHash(hashOfKey(secret, key));
  const now = clock();
  if (!session || session.expiresAt <= now || session.seenAt <= later(now, -idleMs)) {
    return undefined;
  }
  const account = await accountRepository(database.current).find(session.accountId);
  if (!account || account.disabledAt !== undefined) return undefined;
  if (session.seenAt <= later(now, -touchedEveryMs)) {
    await database.transaction((tx) => sessionRepository(tx).touch(session.id, now));
  }
  return { account, session, actor: actorOfAccount(account) };
}

export function actorOfAccount({ id, name, grants }: Account): Actor {
  return { id, name, grants };
}

/** Ends a session of one's own, and says so in the audit. Gives whether there was one. */
export async function endSession(
  visitor: Visitor,
  id: string,
  { database, clock }: AccessDeps,
): Promise<boolean> {
  const { account, actor } = visitor;
  return database.transaction(async (tx) => {
    const ended = await sessionRepository(tx).end(account.id, id);
    if (ended) {
      await recordAct(tx, {
        at: clock(),
        by: actor,
        act: 'session.end',
        subject: `account/${account.id}`,
      });
    }
    return ended;
  });
}

function hashOfKey(secret: string, key: string): string {
  return keyedHash(secret, 'session', key);
}
