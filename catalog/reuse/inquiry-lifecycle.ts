import type { Role } from '../model/lifecycle.ts';

/** A request for data, or a report of a problem in some. */
export type InquiryKind = 'request' | 'feedback';

/**
 * Where an inquiry stands: for everybody to see, whether or not its text is shown. `rejected` is spam, or what names
 * people: it is not listed and does not count.
 */
export type InquiryState =
  | 'received'
  | 'assigned'
  | 'planned'
  | 'answered'
  | 'declined'
  | 'rejected';

/** The states that the public sees, in their order. */
export const inquiryStates: readonly InquiryState[] = [
  'received',
  'assigned',
  'planned',
  'answered',
  'declined',
];

/** Where somebody still has to answer. */
export const openStates: readonly InquiryState[] = ['received', 'assigned'];

/** `show` lets the text be seen; `take` says who works on it; the others move the inquiry on. */
export type InquiryAct = 'show' | 'take' | 'reject' | 'assign' | 'plan' | 'answer' | 'decline';

export interface InquiryTransition {
  readonly from: readonly InquiryState[];
  /** Absent: it stays where it is. */
  readonly to?: InquiryState;
  readonly roles: readonly Role[];
}

const city: readonly Role[] = ['coordinator', 'administrator'];
const agency: readonly Role[] = ['editor', 'approver', ...city];

/**
 * Who may move an inquiry from where to where. An agency acts on what is assigned to it, and may pass it on to whose it
 * is; the coordinator on all.
 */
export const inquiryTransitions: Readonly<Record<InquiryAct, InquiryTransition>> = {
  show: { from: inquiryStates, roles: agency },
  take: { from: openStates, roles: agency },
  reject: { from: openStates, to: 'rejected', roles: agency },
  assign: { from: openStates, to: 'assigned', roles: agency },
  plan: { from: openStates, to: 'planned', roles: agency },
  answer: { from: ['received', 'assigned', 'planned'], to: 'answered', roles: agency },
  decline: { from: ['received', 'assigned', 'planned'], to: 'declined', roles: agency },
};

export const inquiryActs: readonly InquiryAct[] = Object.keys(inquiryTransitions) as InquiryAct[];
