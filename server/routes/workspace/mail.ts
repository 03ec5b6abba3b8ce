import { Router } from 'express';
import { assertMay } from '../../../catalog/access/actor.ts';
import { listMail, retryMail, tryMail } from '../../../catalog/access/read-mail.ts';
import { CatalogError } from '../../../catalog/kernel/errors.ts';
import { mailStates } from '../../../catalog/mail/mail-repository.ts';
import type { Config } from '../../config/settings.ts';
import { queryOf } from '../../http/read-parameters.ts';
import { trialMail } from '../../pages/account-letters.ts';
import { letterContext } from '../../pages/letter.ts';
import { mailPage } from '../../pages/mail-page.ts';
import { show, titled } from '../show-page.ts';
import { inEveryLanguage, type WorkspaceDeps, type WorkspaceHandlers } from './handlers.ts';

export type MailRouteDeps = WorkspaceDeps & {
  readonly config: Pick<Config, 'smtpURL' | 'mailFrom'>;
};

const mostShown = 200;

/** `/workspace/mail`: what is on its way, what did not go out, and trying it again; for administrators. */
export function mailRoutes(
  { workspacePage, workspaceAction }: WorkspaceHandlers,
  deps: MailRouteDeps,
): Router {
  const router = Router();
  const path = '/workspace/mail';

  router.get(
    inEveryLanguage(path),
    workspacePage(async ({ request, actor, context }) => {
      const state = mailStates.find((known) => known === queryOf(request).get('state'));
      const queue = await listMail(state, mostShown, actor, deps);
      const sender = deps.config.smtpURL === undefined ? undefined : deps.config.mailFrom;
      const model = mailPage({ queue, state, sender, now: deps.clock() }, context);
      return show('workspace-mail', model, {
        title: titled('mails.heading', context),
        nav: 'mail',
      });
    }),
  );
  router.post(
    inEveryLanguage(`${path}/trial`),
    workspaceAction(async ({ visitor, actor, context }) => {
      assertMay(actor, ['administrator']);
      const letter = trialMail(visitor.account, letterContext(context.lang, deps.baseURL));
      if (deps.config.smtpURL === undefined) throw mailOff();
      await tryMail(letter, actor, deps);
      return `${path}?done=mail-trial`;
    }),
  );
  router.post(
    inEveryLanguage(`${path}/:id/retry`),
    workspaceAction(async ({ request, actor }) => {
      await retryMail(String(request.params['id']), actor, deps);
      return `${path}?done=mail-retry`;
    }),
  );
  return router;
}

function mailOff(): CatalogError {
  return new CatalogError('conflict', 'mail-off', {
    vi: 'Chưa cấu hình máy chủ thư; hãy đặt SMTP_URL và MAIL_FROM rồi khởi động lại.',
    en: 'There is no mail server; set SMTP_URL and MAIL_FROM, and start again.',
  });
}
