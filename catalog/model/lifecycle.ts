import type { DatasetState } from './dataset.ts';

export type Role = 'editor' | 'approver' | 'coordinator' | 'administrator';

export const roles: readonly Role[] = ['editor', 'approver', 'coordinator', 'administrator'];

/** Whether the role is had for the whole city, and never for one agency. */
export function isCityWide(role: Role): boolean {
  return role === 'coordinator' || role === 'administrator';
}

/** What people do to a dataset that changes its state. */
export type Act = 'submit' | 'approve' | 'return' | 'publish' | 'withdraw';

export interface Transition {
  readonly from: readonly DatasetState[];
  readonly to: DatasetState;
  readonly roles: readonly Role[];
  /** Whether the act says why. */
  readonly reason: boolean;
  /** Whether the record must hold all that a release needs. */
  readonly complete: boolean;
}

export const datasetStates: readonly DatasetState[] = [
  'planned',
  'draft',
  'in-review',
  'approved',
  'published',
  'withdrawn',
];

const cityWide = ['coordinator', 'administrator'] as const;

/** Who may move a dataset from where to where. Editors prepare and release; somebody else approves. */
export const transitions: Readonly<Record<Act, Transition>> = {
  submit: {
    from: ['planned', 'draft'],
    to: 'in-review',
    roles: ['editor', 'approver', ...cityWide],
    reason: false,
    complete: true,
  },
  approve: {
    from: ['in-review'],
    to: 'approved',
    roles: ['approver', ...cityWide],
    reason: false,
    complete: true,
  },
  return: {
    from: ['in-review', 'approved'],
    to: 'draft',
    roles: ['approver', ...cityWide],
    reason: true,
    complete: false,
  },
  publish: {
    from: ['approved'],
    to: 'published',
    roles: ['editor', 'approver', ...cityWide],
    reason: false,
    complete: true,
  },
  withdraw: {
    from: ['published'],
    to: 'withdrawn',
    roles: ['approver', ...cityWide],
    reason: true,
    complete: false,
  },
};

/** States in which a record may still be written; a withdrawn one is history. */
export function isEditable(state: DatasetState): boolean {
  return state !== 'withdrawn';
}
