import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { daysFrom } from '../model/calendar.ts';
import { schemasFolder } from '../model/schemas.ts';
import type { Duty } from './duties-of.ts';

/** Whom a step goes to: who answers for the dataset, and above them. */
export type Addressee = 'officer' | 'approver' | 'coordinator';

export interface ReminderStep {
  readonly name: string;
  /** From the day it is due; negative: before. */
  readonly days: number;
  readonly to: Addressee;
  /** What recurs more often has no such step. */
  readonly leastPeriodDays: number;
}

export interface ReminderPlan {
  /** The time of the day in Hà Nội, `08:00`. */
  readonly at: string;
  /** In the order of their days. */
  readonly steps: readonly ReminderStep[];
}

/** The steps there are. The truth is schemas/reminders.json. */
export const reminderPlan: ReminderPlan = JSON.parse(
  readFileSync(join(schemasFolder, 'reminders.json'), 'utf8'),
) as ReminderPlan;

/** From how many days before something is due somebody may hear of it. */
export const earliestDays: number = Math.max(0, ...reminderPlan.steps.map(({ days }) => -days));

/**
 * The steps to take today: of each addressee the last that is reached, unless it was taken. So a day on which nobody
 * reminded is made good by the next, and nobody hears twice.
 *
 * @param today a date
 * @param taken the names of the steps that were taken for this very day of being due
 */
export function stepsToTake(
  duty: Pick<Duty, 'periodDays'> & { readonly due: string },
  today: string,
  taken: ReadonlySet<string>,
  { steps }: ReminderPlan = reminderPlan,
): readonly ReminderStep[] {
  const day = daysFrom(duty.due, today);
  const { periodDays = Number.POSITIVE_INFINITY } = duty;
  const reached = steps.filter((step) => step.days <= day && step.leastPeriodDays <= periodDays);
  const last = new Map(reached.map((step) => [step.to, step]));
  return [...last.values()].filter(({ name }) => !taken.has(name));
}

/** Whether a step tells somebody above of what others did not do; such steps cannot be turned off. */
export function isEscalation({ to }: ReminderStep): boolean {
  return to !== 'officer';
}
