import type { AgentClass } from './robots.ts';
import type { Outcome } from './usage-event.ts';

/** What is known of an event at the moment it happens. */
export interface Happened {
  readonly outcome: Outcome;
  readonly agentClass: AgentClass;
  readonly isStaff: boolean;
  /** Whether its address has asked for more within a minute than people can. */
  readonly isFlood: boolean;
}

/** A rule that removes an event for what it is, whatever else its visitor does. */
export interface RequestRule {
  readonly name: string;
  removes(event: Happened): boolean;
}

/** In this order; the first that applies is recorded with the event. */
export const requestRules: readonly RequestRule[] = [
  { name: 'staff', removes: ({ isStaff }) => isStaff },
  { name: 'robot', removes: ({ agentClass }) => agentClass === 'robot' },
  { name: 'head', removes: ({ outcome }) => outcome === 'head' },
  { name: 'not-modified', removes: ({ outcome }) => outcome === 'not-modified' },
  { name: 'range-continuation', removes: ({ outcome }) => outcome === 'continuation' },
  { name: 'aborted', removes: ({ outcome }) => outcome === 'aborted' },
  { name: 'flood', removes: ({ isFlood }) => isFlood },
];

/** The name of the rule that removes an event. Absent: it may count. */
export function requestRuleFor(event: Happened): string | undefined {
  return requestRules.find(({ removes }) => removes(event))?.name;
}
