import type { AuditEntry } from '../audit/audit-chain.ts';
import { type AuditFilter, auditRepository } from '../audit/audit-repository.ts';
import type { Role } from '../model/lifecycle.ts';
import type { Queryable } from '../storage/database.ts';
import { type Actor, agenciesOf, assertMay, hasRole } from './actor.ts';

/** Who may read the audit: approvers of their agencies' acts, coordinators and administrators of all. */
export const auditReaders: readonly Role[] = ['approver', 'coordinator', 'administrator'];

/**
 * The acts that the actor may read of, the latest first.
 *
 * @param before the number of the act that they come before; absent: from the last one
 * @throws {CatalogError} `forbidden` / `not-permitted`
 */
export async function listAudit(
  filter: Omit<AuditFilter, 'agencies'> & { readonly agency?: string | undefined },
  { before, limit }: { readonly before?: number | undefined; readonly limit: number },
  actor: Actor,
  db: Queryable,
): Promise<readonly AuditEntry[]> {
  const { agency, ...rest } = filter;
  const readable = readableAgencies(actor);
  const agencies =
    agency === undefined
      ? readable
      : readable === 'all' || readable.includes(agency)
        ? [agency]
        : [];
  const narrowed = { ...rest, ...(agencies !== 'all' && { agencies }) };
  return auditRepository(db).list(narrowed, before, limit);
}

/** @throws {CatalogError} `forbidden` / `not-permitted` */
export function readableAgencies(actor: Actor): readonly string[] | 'all' {
  if (!hasRole(actor, auditReaders)) assertMay(actor, auditReaders);
  const grants = actor.grants.filter(({ role }) => auditReaders.includes(role));
  return agenciesOf({ ...actor, grants });
}
