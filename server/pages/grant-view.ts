import type { Grant } from '../../catalog/access/actor.ts';
import type { LangText } from '../../catalog/kernel/lang-text.ts';
import { type Role, roles } from '../../catalog/model/lifecycle.ts';
import type { PageContext, Shown } from './page-context.ts';

/** A role in words, and for whom it is had. */
export interface GrantView {
  readonly role: string;
  readonly agency?: Shown;
}

export function grantViews(
  grants: readonly Grant[],
  agencies: ReadonlyMap<string, LangText>,
  context: PageContext,
): readonly GrantView[] {
  return grants.map(({ role, agency }) => ({
    role: roleName(role, context),
    ...(agency !== undefined && { agency: context.show(agencies.get(agency) ?? { vi: agency }) }),
  }));
}

export function roleName(role: Role, context: PageContext): string {
  return context.t(`workspace.role.${role}`);
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export function roleChoices(context: PageContext, among: readonly Role[] = roles): Choice[] {
  return among.map((role) => ({ value: role, label: roleName(role, context) }));
}

/** Agencies by their names, in the order of the page's alphabet. */
export function agencyChoices(
  agencies: ReadonlyMap<string, LangText>,
  context: PageContext,
): readonly Choice[] {
  return [...agencies]
    .map(([value, name]) => ({ value, label: context.show(name).text }))
    .sort((a, b) => context.compare(a.label, b.label));
}
