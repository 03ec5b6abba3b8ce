import type { Account } from '../access/account-repository.ts';
import { dutyRepository, type ListedDuty } from '../duty/duty-repository.ts';
import { earliestDays } from '../duty/reminder-plan.ts';
import { addDays } from '../model/calendar.ts';
import type { Milestone } from '../model/milestone.ts';
import { type PlannedWork, plannedWork } from '../plan/planned-work.ts';
import type { Queryable } from '../storage/database.ts';

/** The next step to a promised release, with the promise. */
export interface MyMilestone {
  readonly promise: ListedDuty;
  readonly next: Milestone;
  /** What has to be released before and is not. */
  readonly waitsFor: PlannedWork['prerequisites'];
}

/** More promises than this are nobody's; those that are due first are looked at. */
const mostPromises = 500;

/**
 * The next steps to promised releases that are somebody's to take soon, what is due first first: an officer's own, those without
 * an officer of agencies they are editors of, and the approval of what lies before them as approvers. The release itself
 * is among the duties.
 */
export async function milestonesOfAccount(
  { email, grants }: Pick<Account, 'email' | 'grants'>,
  today: string,
  db: Queryable,
): Promise<readonly MyMilestone[]> {
  const agenciesAs = (wanted: 'editor' | 'approver') =>
    grants.flatMap(({ role, agency }) => (role === wanted && agency ? [agency] : []));
  const [edited, approved] = [agenciesAs('editor'), agenciesAs('approver')];
  const concerns = [{ officer: email }, { officer: '', agencies: edited }, { agencies: approved }];
  const promises = await dutyRepository(db).list(
    { kinds: ['release'], concerns },
    { limit: mostPromises },
  );
  const work = await plannedWork(promises, today, db);
  const isMine = ({ officer, agency, state }: ListedDuty, { kind }: Milestone) => {
    if (kind === 'release') return false;
    if (kind === 'approve' && state === 'in-review') return approved.includes(agency);
    return officer === undefined ? edited.includes(agency) : officer === email;
  };
  const last = addDays(today, earliestDays);
  return promises
    .flatMap((promise): MyMilestone[] => {
      const { next, prerequisites = [] } = work.get(promise.datasetId) ?? {};
      if (!next || next.due > last || !isMine(promise, next)) return [];
      return [{ promise, next, waitsFor: prerequisites.filter(({ isReleased }) => !isReleased) }];
    })
    .sort((a, b) => (a.next.due < b.next.due ? -1 : a.next.due > b.next.due ? 1 : 0));
}
