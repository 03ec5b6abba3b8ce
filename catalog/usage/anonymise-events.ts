import { localDate } from '../kernel/clock.ts';
import type { DailySalts } from './daily-salts.ts';
import { requestRuleFor } from './request-rules.ts';
import { classOfAgent } from './robots.ts';
import type { Caller, StoredEvent, UsageEvent } from './usage-event.ts';
import { visitorKey } from './visitor-key.ts';

/** An event that was noted, and by whom it was caused. */
export interface Noted {
  readonly event: UsageEvent;
  readonly caller: Caller;
  /** Whether its address asked for more within a minute than people do. */
  readonly isFlood: boolean;
}

/** Turns what was noted into what is stored: of who called, a class, a key and perhaps a rule are left. */
export async function anonymiseEvents(
  noted: readonly Noted[],
  salts: DailySalts,
  isStaff: (caller: Caller) => Promise<boolean>,
): Promise<readonly StoredEvent[]> {
  const isOwn = askedOnce(isStaff);
  const events: StoredEvent[] = [];
  for (const { event, caller, isFlood } of noted) {
    const day = localDate(event.at);
    const agentClass = classOfAgent(caller.agent);
    const happened = {
      outcome: event.outcome,
      agentClass,
      isStaff: await isOwn(caller),
      isFlood,
    };
    events.push({
      ...event,
      day,
      accessMethod: agentClass === 'browser' ? 'regular' : 'machine',
      visitor: visitorKey(await salts.of(day), caller),
      rule: requestRuleFor(happened) ?? null,
    });
  }
  return events;
}

/** Asks once about each caller that shows the same. */
function askedOnce(isStaff: (caller: Caller) => Promise<boolean>) {
  const known = new Map<string, boolean>();
  return async (caller: Caller): Promise<boolean> => {
    const key = [caller.address, caller.session, caller.authorization].join('\n');
    const held = known.get(key);
    if (held !== undefined) return held;
    const answer = await isStaff(caller);
    known.set(key, answer);
    return answer;
  };
}
