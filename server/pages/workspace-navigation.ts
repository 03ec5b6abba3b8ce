import { type Actor, hasRole, mayAct } from '../../catalog/access/actor.ts';
import { auditReaders } from '../../catalog/access/read-audit.ts';
import { handoverRoles } from '../../catalog/duty/hand-over.ts';
import { roles } from '../../catalog/model/lifecycle.ts';
import { reuseModerators } from '../../catalog/reuse/moderate-reuse.ts';

/** A room of the workspace, in the order of its navigation. Its label is the message `workspace.nav.{key}`. */
export interface WorkspaceEntry {
  readonly key: string;
  readonly href: string;
  /** Whether it is shown to them; what they may do there, the pages decide themselves. */
  isFor(actor: Actor): boolean;
}

export const workspaceEntries: readonly WorkspaceEntry[] = [
  { key: 'home', href: '/workspace', isFor: () => true },
  { key: 'datasets', href: '/workspace/datasets', isFor: (actor) => hasRole(actor, roles) },
  {
    key: 'inquiries',
    href: '/workspace/inquiries',
    isFor: (actor) => hasRole(actor, ['editor', 'approver', 'coordinator', 'administrator']),
  },
  {
    key: 'reuses',
    href: '/workspace/reuses',
    isFor: (actor) => mayAct(actor, reuseModerators),
  },
  { key: 'plans', href: '/workspace/plans', isFor: () => true },
  {
    key: 'handover',
    href: '/workspace/handover',
    isFor: (actor) => hasRole(actor, handoverRoles),
  },
  {
    key: 'people',
    href: '/workspace/people',
    isFor: (actor) => hasRole(actor, ['administrator']),
  },
  {
    key: 'mail',
    href: '/workspace/mail',
    isFor: (actor) => hasRole(actor, ['administrator']),
  },
  {
    key: 'tokens',
    href: '/workspace/tokens',
    isFor: (actor) => hasRole(actor, ['approver', 'coordinator', 'administrator']),
  },
  {
    key: 'criteria',
    href: '/workspace/criteria',
    isFor: (actor) => mayAct(actor, ['coordinator', 'administrator']),
  },
  {
    key: 'reports',
    href: '/workspace/reports',
    isFor: (actor) => mayAct(actor, ['coordinator', 'administrator']),
  },
  { key: 'audit', href: '/workspace/audit', isFor: (actor) => hasRole(actor, auditReaders) },
];
