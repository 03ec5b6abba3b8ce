import { milestonesOfAccount } from '../../../catalog/desk/my-milestones.ts';
import { localDate } from '../../../catalog/kernel/clock.ts';
import { milestoneSection } from '../../pages/milestone-section.ts';
import type { LoadSection } from './work-section.ts';

const mostShown = 8;

/** The next steps to promised releases that are somebody's; nothing for who has none. */
export const loadMilestoneSection: LoadSection = async (
  { visitor, context },
  { database, clock },
) => {
  const { account } = visitor;
  const found = await milestonesOfAccount(account, localDate(clock()), database.current);
  if (found.length === 0) return undefined;
  const more = `/workspace/datasets?officer=${encodeURIComponent(account.email)}&sort=due`;
  const shown = found.slice(0, mostShown);
  return milestoneSection({ shown, total: found.length, more }, context);
};
