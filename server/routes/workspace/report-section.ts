import { mayAct } from '../../../catalog/access/actor.ts';
import { localDate } from '../../../catalog/kernel/clock.ts';
import { addDays } from '../../../catalog/model/calendar.ts';
import { reportRepository } from '../../../catalog/reports/report-repository.ts';
import { reportsUpTo } from '../../../catalog/reports/report-schedule.ts';
import { reportLine } from '../../pages/report-pages.ts';
import type { LoadSection } from './work-section.ts';

/** How long before its last day a report is work. */
const daysAhead = 45;

/** The reports that are due soon, or late, for those who close them. */
export const reportSection: LoadSection = async ({ actor, context }, { database, clock }) => {
  if (!mayAct(actor, ['coordinator', 'administrator'])) return undefined;
  const today = localDate(clock());
  const closed = new Set((await reportRepository(database.current).list()).map(({ id }) => id));
  const open = reportsUpTo(today).filter(
    ({ id, due }) => !closed.has(id) && due <= addDays(today, daysAhead),
  );
  if (open.length === 0) return undefined;
  return {
    key: 'reports',
    heading: context.t('reports.heading'),
    empty: '',
    items: open.map((report) => {
      const { title, href, due, standing, isLate } = reportLine(report, undefined, today, context);
      const note = context.t('reports.due', { date: due });
      return isLate
        ? { title, href, note, late: standing }
        : { title, href, note: `${note} · ${standing}` };
    }),
    more: { href: context.url('/workspace/reports'), label: context.t('reports.all') },
  };
};
