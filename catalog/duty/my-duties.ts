import type { Account } from '../access/account-repository.ts';
import { addDays } from '../model/calendar.ts';
import type { Role } from '../model/lifecycle.ts';
import type { Concern, DutyFilter } from './duty-repository.ts';
import { type Addressee, earliestDays, reminderPlan } from './reminder-plan.ts';

/**
 * What is somebody's to see to on a day, whether or not a mail has told them: their own as an officer; what has no officer,
 * of agencies they are editors of; and what is late for so long that it has come to them as approver or coordinator.
 *
 * @param ahead how many days into the future
 */
export function dutiesOfAccount(
  { email, grants }: Pick<Account, 'email' | 'grants'>,
  today: string,
  ahead: number = earliestDays,
): DutyFilter {
  const agenciesAs = (role: Role) =>
    grants.filter((grant) => grant.role === role).flatMap(({ agency }) => agency ?? []);
  const concerns: readonly Concern[] = [
    { officer: email },
    { officer: '', agencies: agenciesAs('editor') },
    { agencies: agenciesAs('approver'), to: escalatedBy('approver', today) },
    ...(grants.some(({ role }) => role === 'coordinator')
      ? [{ to: escalatedBy('coordinator', today) }]
      : []),
  ];
  return { to: addDays(today, ahead), concerns };
}

/** Until which day something must have been due to have come to them by today. */
function escalatedBy(addressee: Addressee, today: string): string {
  const days = reminderPlan.steps.filter(({ to }) => to === addressee).map((step) => step.days);
  return addDays(today, -Math.min(...days));
}
