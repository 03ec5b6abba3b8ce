import type { Account } from '../../catalog/access/account-repository.ts';
import type { ListedDuty } from '../../catalog/duty/duty-repository.ts';
import { writeCalendar } from '../../catalog/kernel/icalendar.ts';
import type { Language } from '../http/language.ts';
import { letterContext, letterURL } from './letter.ts';

/** What is due for somebody, as a calendar: an event on each day something is due. */
export function dueCalendar(
  shown: {
    readonly account: Pick<Account, 'name'>;
    readonly duties: readonly ListedDuty[];
    readonly now: string;
    readonly lang: Language;
  },
  baseURL: string,
): string {
  const context = letterContext(shown.lang, baseURL);
  const host = new URL(baseURL).host;
  return writeCalendar({
    name: context.t('notices.calendarName', { name: shown.account.name }),
    product: 'Duties',
    stamp: shown.now,
    events: shown.duties.map(({ datasetId, kind, due, title }) => ({
      uid: `${kind}-${datasetId}-${due}@${host}`,
      day: due,
      summary: `${context.t(`duty.kind.${kind}`)}: ${title}`,
      description: context.t('duty.note', {
        kind: context.t(`duty.kind.${kind}`),
        date: context.date(due),
      }),
      url: letterURL(`/workspace/datasets/${datasetId}`, context),
    })),
  });
}
