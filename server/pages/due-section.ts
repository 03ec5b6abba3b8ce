import type { ListedDuty } from '../../catalog/duty/duty-repository.ts';
import { dueInWords, dutyNote } from './duty-letters.ts';
import type { PageContext } from './page-context.ts';

/** What is due, as a part of “my work”: what is late says so in words. */
export function dueSection(
  shown: {
    readonly duties: readonly ListedDuty[];
    readonly total: number;
    readonly today: string;
    /** Where all of them stand. */
    readonly more: string;
  },
  context: PageContext,
) {
  const { duties, total, today, more } = shown;
  const { t, url } = context;
  return {
    key: 'due',
    heading: t('duty.section.heading'),
    total,
    items: duties.map((duty) => {
      const words = dueInWords(duty.due, today, context);
      const note = dutyNote(duty, context);
      const href = url(`/workspace/datasets/${duty.datasetId}`);
      return duty.due < today
        ? { title: duty.title, href, note, late: words }
        : { title: duty.title, href, note: `${note} · ${words}` };
    }),
    empty: t('duty.section.empty'),
    more: { href: url(more), label: t('duty.section.more') },
  };
}
