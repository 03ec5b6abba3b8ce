import { CatalogError } from '../kernel/errors.ts';
import type { Role } from '../model/lifecycle.ts';
import type { Scope } from './scopes.ts';

/** A role, for an agency or, without one, for the whole city. */
export interface Grant {
  readonly role: Role;
  readonly agency?: string;
}

/** Who is acting, and what they may do. */
export interface Actor {
  /** How revisions and the audit name them: a token's label, an account's name. */
  readonly name: string;
  /** The account or the token; absent for the command line. */
  readonly id?: string;
  readonly grants: readonly Grant[];
  /** What a token was made for; absent: whatever the grants allow. */
  readonly scopes?: readonly Scope[];
}

/** The command line and the first start act for the city. */
export const operator: Actor = { name: 'khue', grants: [{ role: 'administrator' }] };

/** Whether the actor works for this agency, or for the whole city. */
export function actsFor(actor: Actor | undefined, agency: string): boolean {
  return actor?.grants.some((grant) => reaches(grant, agency)) === true;
}

/** The agencies that the actor works for; `all` for those who work for the city. */
export function agenciesOf(actor: Actor): readonly string[] | 'all' {
  const agencies = actor.grants.map(({ agency }) => agency);
  const named = agencies.filter((agency) => agency !== undefined);
  return named.length < agencies.length ? 'all' : [...new Set(named)];
}

/**
 * Whether the actor has one of the roles for the agency.
 *
 * @param agency absent: for the whole city
 */
export function mayAct(actor: Actor | undefined, roles: readonly Role[], agency?: string): boolean {
  return (
    actor?.grants.some((grant) => roles.includes(grant.role) && reaches(grant, agency)) === true
  );
}

/** Whether the actor has one of the roles, be it for one agency or for the city. */
export function hasRole(actor: Actor | undefined, roles: readonly Role[]): boolean {
  return actor?.grants.some(({ role }) => roles.includes(role)) === true;
}

/**
 * Lets only those pass who act for the agency in one of the roles.
 *
 * @param agency absent: for the whole city
 * @throws {CatalogError} `forbidden` / `not-permitted`
 */
export function assertMay(actor: Actor, roles: readonly Role[], agency?: string): void {
  if (mayAct(actor, roles, agency)) return;
  const have = actor.grants.map(writeGrant).join('; ');
  const needed = roles.join(', ');
  throw new CatalogError('forbidden', 'not-permitted', {
    vi: `Việc này${agency ? ` của "${agency}"` : ''} cần một trong các vai trò: ${needed}; bạn có: ${have || '(chưa có vai trò nào)'}.`,
    en: `This${agency ? `, for "${agency}",` : ''} takes one of the roles: ${needed}; you have: ${have || '(none)'}.`,
  });
}

/**
 * Lets only those pass whose token, if they come with one, was made for this.
 *
 * @throws {CatalogError} `forbidden` / `scope-missing`
 */
export function assertScope({ scopes }: Actor, scope: Scope): void {
  if (scopes === undefined || scopes.includes(scope)) return;
  throw new CatalogError('forbidden', 'scope-missing', {
    vi: `Mã truy cập này không dùng cho việc "${scope}"; nó có: ${scopes.join(', ') || '(không có gì)'}.`,
    en: `This token was not made for "${scope}"; it has: ${scopes.join(', ') || '(nothing)'}.`,
  });
}

function writeGrant({ role, agency }: Grant): string {
  return agency === undefined ? role : `${role} (${agency})`;
}

function reaches(grant: Grant, agency: string | undefined): boolean {
  return grant.agency === undefined || grant.agency === agency;
}
