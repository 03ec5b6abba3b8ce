import type { NoticeSettings } from '../../catalog/duty/notice-setting-repository.ts';
import { reminderPlan } from '../../catalog/duty/reminder-plan.ts';
import type { PageContext } from './page-context.ts';

/** How one is told: the language of mail, reminders, and one's own calendar. */
export function noticesPage(
  shown: {
    readonly settings: NoticeSettings;
    readonly email: string;
    /** Whether there is a mail server at all. */
    readonly isMailOn: boolean;
    /** The address of the calendar, on the answer that makes it. */
    readonly calendar?: string;
  },
  context: PageContext,
) {
  const { t, url } = context;
  return {
    ...shown,
    languages: (['vi', 'en'] as const).map((value) => ({
      value,
      label: t(`notices.lang.${value}`),
      checked: value === shown.settings.lang,
    })),
    at: reminderPlan.at,
    action: url('/workspace/notices'),
    make: url('/workspace/notices/calendar'),
    revoke: url('/workspace/notices/calendar/revoke'),
    back: url('/workspace/account'),
  };
}
