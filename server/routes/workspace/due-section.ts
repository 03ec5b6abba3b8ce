import { dutyRepository } from '../../../catalog/duty/duty-repository.ts';
import { dutiesOfAccount } from '../../../catalog/duty/my-duties.ts';
import { localDate } from '../../../catalog/kernel/clock.ts';
import { dueSection } from '../../pages/due-section.ts';
import type { LoadSection } from './work-section.ts';

const mostShown = 8;

/** What is due for somebody: updates, releases and reviews; the latest first. */
export const loadDueSection: LoadSection = async ({ visitor, context }, { database, clock }) => {
  const { account } = visitor;
  if (account.grants.length === 0) return undefined;
  const today = localDate(clock());
  const filter = dutiesOfAccount(account, today);
  const duties = dutyRepository(database.current);
  const [shown, total] = await Promise.all([
    duties.list(filter, { limit: mostShown }),
    duties.count(filter),
  ]);
  return dueSection(
    {
      duties: shown,
      total,
      today,
      more: `/workspace/datasets?officer=${encodeURIComponent(account.email)}&sort=due`,
    },
    context,
  );
};
