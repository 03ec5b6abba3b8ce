import { type Clock, later, localDate, startOfDay } from '../kernel/clock.ts';
import { CatalogError, type Finding } from '../kernel/errors.ts';
import { isDate, isText } from '../kernel/formats.ts';
import type { Role } from '../model/lifecycle.ts';
import { type Actor, agenciesOf, assertMay, hasRole, mayAct } from './actor.ts';
import { type Scope, scopeNames } from './scopes.ts';
import type { Token, TokenRepository } from './token-repository.ts';

/** What is asked for when a token is made in the workspace. Nothing of it is believed yet. */
export interface TokenWish {
  readonly label: string;
  readonly role: string;
  readonly agency: string;
  readonly scopes: readonly string[];
  /** The last day on which it counts, as a date. */
  readonly lastDay: string;
}

export interface TokenDeps {
  readonly tokens: TokenRepository;
  readonly clock: Clock;
}

/** Who may make tokens: approvers for their agencies, coordinators and administrators for any. */
const makers: readonly Role[] = ['approver', 'coordinator', 'administrator'];
/** A token speaks for an agency, and so has a role there. */
export const tokenRoles: readonly Role[] = ['editor', 'approver'];

/** The agencies whose tokens the actor sees and makes. */
export function tokenAgencies(actor: Actor): readonly string[] | 'all' {
  const grants = actor.grants.filter(({ role }) => makers.includes(role));
  return agenciesOf({ ...actor, grants });
}

/**
 * Makes a token of an agency, good for what it was made for and until its last day.
 *
 * @throws {CatalogError} `invalid` / `token-incomplete` with every finding; `forbidden`
 */
export async function createToken(
  wish: TokenWish,
  actor: Actor,
  { tokens, clock }: TokenDeps,
): Promise<{ readonly id: string; readonly token: string }> {
  assertMaker(actor);
  const findings = wrongWishes(wish, localDate(clock()));
  if (findings.length > 0) throw wishRefused(findings);
  assertMay(actor, makers, wish.agency);
  const input = {
    label: wish.label.trim(),
    role: wish.role as Role,
    agency: wish.agency,
    scopes: scopeNames.filter((scope) => wish.scopes.includes(scope)),
    expiresAt: later(startOfDay(wish.lastDay), 86_400_000 - 1),
  };
  return tokens.create(input, actor);
}

/** @throws {CatalogError} `forbidden` */
export async function listTokens(actor: Actor, { tokens }: TokenDeps): Promise<readonly Token[]> {
  assertMaker(actor);
  return tokens.list(tokenAgencies(actor));
}

/**
 * Makes a token count no more; one that counts no more stays so.
 *
 * @throws {CatalogError} `not-found` / `token-not-found`, also for what the actor may not see; `forbidden`
 */
export async function revokeToken(id: string, actor: Actor, { tokens }: TokenDeps): Promise<void> {
  assertMaker(actor);
  const token = await tokens.find(id);
  if (!token || !mayAct(actor, makers, token.agency)) throw tokenNotFound();
  await tokens.revoke(id, actor);
}

function assertMaker(actor: Actor): void {
  if (!hasRole(actor, makers)) assertMay(actor, makers);
}

function wrongWishes(wish: TokenWish, today: string): readonly Finding[] {
  const findings: Finding[] = [];
  const complain = (pointer: string, vi: string, en: string) =>
    findings.push({ pointer, keyword: 'token', message: { vi, en } });
  if (!isText(wish.label) || wish.label.length > 200) {
    complain('/label', 'Hãy ghi mã này dùng ở đâu.', 'Say where the token will be used.');
  }
  if (!tokenRoles.some((role) => role === wish.role)) {
    complain('/role', 'Hãy chọn vai trò.', 'Choose a role.');
  }
  if (wish.agency === '') complain('/agency', 'Hãy chọn cơ quan.', 'Choose an agency.');
  if (!wish.scopes.some((scope) => scopeNames.includes(scope as Scope))) {
    complain('/scopes', 'Hãy chọn ít nhất một việc.', 'Choose at least one use.');
  }
  const latest = `${Number(today.slice(0, 4)) + 2}${today.slice(4)}`;
  if (!isDate(wish.lastDay) || wish.lastDay < today || wish.lastDay > latest) {
    complain(
      '/lastDay',
      'Ngày cuối phải từ hôm nay đến hai năm nữa.',
      'The last day lies between today and two years from now.',
    );
  }
  return findings;
}

function wishRefused(findings: readonly Finding[]): CatalogError {
  return new CatalogError(
    'invalid',
    'token-incomplete',
    {
      vi: 'Chưa tạo được mã; hãy sửa từng chỗ được nêu.',
      en: 'The token could not be made; correct each place named.',
    },
    { findings },
  );
}

function tokenNotFound(): CatalogError {
  return new CatalogError('not-found', 'token-not-found', {
    vi: 'Không có mã truy cập này.',
    en: 'There is no such token.',
  });
}
