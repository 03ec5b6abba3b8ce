import { CatalogError } from '../kernel/errors.ts';
import type { Role } from '../model/lifecycle.ts';

/** Who is acting. `agency` is absent for those who act for the whole city. */
export interface Actor {
  /** How revisions name them: a token's label, an account's name. */
  readonly name: string;
  readonly role: Role;
  readonly agency?: string;
}

/** The command line and the first start act for the city. */
export const operator: Actor = { name: 'khue', role: 'administrator' };

/** Whether the actor works for this agency, or for the whole city. */
export function actsFor(actor: Actor | undefined, agency: string): boolean {
  return actor !== undefined && (actor.agency === undefined || actor.agency === agency);
}

/**
 * Lets only those pass who act for the agency in one of the roles.
 *
 * @throws {CatalogError} `forbidden` / `not-permitted`
 */
export function assertMay(actor: Actor, roles: readonly Role[], agency: string): void {
  if (roles.includes(actor.role) && actsFor(actor, agency)) return;
  throw new CatalogError('forbidden', 'not-permitted', {
    vi: `Vai trò "${actor.role}"${actor.agency ? ` của "${actor.agency}"` : ''} không được làm việc này cho "${agency}"; cần một trong: ${roles.join(', ')} của cơ quan đó.`,
    en: `The role "${actor.role}"${actor.agency ? ` of "${actor.agency}"` : ''} may not do this for "${agency}"; it takes one of: ${roles.join(', ')} of that agency.`,
  });
}
