import { Router } from 'express';
import { dutyRepository } from '../../../catalog/duty/duty-repository.ts';
import { dutiesOfAccount } from '../../../catalog/duty/my-duties.ts';
import { noticeSettingRepository } from '../../../catalog/duty/notice-setting-repository.ts';
import {
  chooseNotices,
  makeCalendar,
  ownerOfCalendar,
  revokeCalendar,
} from '../../../catalog/duty/own-notices.ts';
import { localDate } from '../../../catalog/kernel/clock.ts';
import { queryOf } from '../../http/read-parameters.ts';
import { dueCalendar } from '../../pages/due-calendar.ts';
import { noticesPage } from '../../pages/notices-page.ts';
import { show, titled } from '../show-page.ts';
import { inEveryLanguage, type SignedInVisit, type WorkspaceHandlers } from './handlers.ts';
import type { MailRouteDeps } from './mail.ts';

/** How far ahead a calendar looks. */
const calendarDays = 365;

/** `/workspace/notices`: how one is told of things, and the calendar that only one's own programs know the address of. */
export function noticeRoutes(
  { workspacePage, workspaceAction }: WorkspaceHandlers,
  deps: MailRouteDeps,
): Router {
  const router = Router();
  const path = '/workspace/notices';

  router.get(
    inEveryLanguage(path),
    workspacePage((visit) => ownPage(visit)),
  );
  router.post(
    inEveryLanguage(path),
    workspaceAction(async ({ visitor }, form) => {
      const lang = form.get('lang') === 'en' ? 'en' : 'vi';
      await chooseNotices(visitor, { lang, reminders: form.get('reminders') === 'on' }, deps);
      return `${path}?done=notices`;
    }),
  );
  router.post(
    inEveryLanguage(`${path}/calendar`),
    workspaceAction(async (visit) => {
      const key = await makeCalendar(visit.visitor, deps);
      return {
        ...(await ownPage(visit, `${deps.baseURL}${calendarPath}?key=${key}`)),
        status: 200,
      };
    }),
  );
  router.post(
    inEveryLanguage(`${path}/calendar/revoke`),
    workspaceAction(async ({ visitor }) => {
      await revokeCalendar(visitor, deps);
      return `${path}?done=calendar-revoked`;
    }),
  );

  // Calendar programs do not sign in: the secret stands in the query, which no log of ours keeps.
  router.get(calendarPath, async (request, response) => {
    const { account, settings } = await ownerOfCalendar(queryOf(request).get('key') ?? '', deps);
    const now = deps.clock();
    const filter = dutiesOfAccount(account, localDate(now), calendarDays);
    const duties = await dutyRepository(deps.database.current).list(filter);
    response.set({ 'Cache-Control': 'private, no-store', 'X-Robots-Tag': 'noindex, nofollow' });
    response.type('text/calendar; charset=utf-8');
    response.send(dueCalendar({ account, duties, now, lang: settings.lang }, deps.baseURL));
  });

  return router;

  async function ownPage({ visitor, context }: SignedInVisit, calendar?: string) {
    const { id, email } = visitor.account;
    const settings = await noticeSettingRepository(deps.database.current).find(id);
    const isMailOn = deps.config.smtpURL !== undefined;
    const shown = { settings, email, isMailOn, ...(calendar !== undefined && { calendar }) };
    return show('workspace-notices', noticesPage(shown, context), {
      title: titled('notices.heading', context),
      nav: 'account',
    });
  }
}

const calendarPath = '/workspace/due.ics';
