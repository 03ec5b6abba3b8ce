import { Router } from 'express';
import { type Account, accountRepository } from '../../../catalog/access/account-repository.ts';
import { assertMay } from '../../../catalog/access/actor.ts';
import {
  disableAccount,
  enableAccount,
  getAccount,
  type Invited,
  inviteAccount,
  renewLink,
  reviseAccount,
} from '../../../catalog/access/manage-accounts.ts';
import { dutyRepository } from '../../../catalog/duty/duty-repository.ts';
import { queueMails } from '../../../catalog/mail/queue-mail.ts';
import { isCityWide, roles } from '../../../catalog/model/lifecycle.ts';
import { linkMail } from '../../pages/account-letters.ts';
import { findingsOf } from '../../pages/findings.ts';
import { letterContext } from '../../pages/letter.ts';
import { peoplePage, personPage } from '../../pages/people-pages.ts';
import { show, titled } from '../show-page.ts';
import { agencyNames } from './agency-names.ts';
import { inEveryLanguage, type SignedInVisit, type WorkspaceHandlers } from './handlers.ts';
import type { MailRouteDeps } from './mail.ts';

/** `/workspace/people`: accounts and what they may do; for administrators. */
export function peopleRoutes(
  { workspacePage, workspaceAction }: WorkspaceHandlers,
  deps: MailRouteDeps,
): Router {
  const router = Router();
  const title = 'workspace.people.heading';

  router.get(
    inEveryLanguage('/workspace/people'),
    workspacePage((visit) => listPage(visit)),
  );

  router.post(
    inEveryLanguage('/workspace/people'),
    workspaceAction(async (visit, form) => {
      const input = accountOf(form);
      try {
        return await linkPage(visit, 'invitation', await inviteAccount(input, visit.actor, deps));
      } catch (error) {
        return listPage(visit, { input, error });
      }
    }),
  );

  router.get(
    inEveryLanguage('/workspace/people/:id'),
    workspacePage(async (visit) => onePage(visit, await accountIn(visit))),
  );

  router.post(
    inEveryLanguage('/workspace/people/:id'),
    workspaceAction(async (visit, form) => {
      const { name, grants } = accountOf(form);
      const account = await accountIn(visit);
      try {
        await reviseAccount(account.id, { name, grants }, visit.actor, deps);
      } catch (error) {
        return onePage(visit, { ...account, name, grants }, error);
      }
      return `/workspace/people/${account.id}?done=account`;
    }),
  );

  router.post(
    inEveryLanguage('/workspace/people/:id/link'),
    workspaceAction(async (visit) => {
      const { id } = await accountIn(visit);
      return linkPage(visit, 'renewal', await renewLink(id, visit.actor, deps));
    }),
  );

  for (const [act, change] of [
    ['disable', disableAccount],
    ['enable', enableAccount],
  ] as const) {
    router.post(
      inEveryLanguage(`/workspace/people/:id/${act}`),
      workspaceAction(async (visit, form) => {
        const account = await accountIn(visit);
        if (act === 'disable' && form.get('anyway') === null && (await dutiesOf(account)) > 0) {
          return onePage(visit, account);
        }
        try {
          await change(account.id, visit.actor, deps);
        } catch (error) {
          return onePage(visit, account, error);
        }
        return `/workspace/people/${account.id}?done=${act}`;
      }),
    );
  }

  return router;

  function accountIn({ request, actor }: SignedInVisit): Promise<Account> {
    return getAccount(String(request.params['id']), actor, deps);
  }

  async function listPage(
    { actor, context }: SignedInVisit,
    tried?: { readonly input: ReturnType<typeof accountOf>; readonly error: unknown },
  ) {
    assertMay(actor, ['administrator']);
    const accounts = await accountRepository(deps.database.current).list();
    const agencies = await agencyNames(deps);
    const findings = findingsOf(tried?.error, context.lang);
    const model = peoplePage({ accounts, agencies, input: tried?.input, findings }, context);
    return show('workspace-people', model, { title: titled(title, context), nav: 'people' });
  }

  async function onePage({ context }: SignedInVisit, account: Account, error?: unknown) {
    const findings = findingsOf(error, context.lang);
    const duties = account.disabledAt === undefined ? await dutiesOf(account) : 0;
    const agencies = await agencyNames(deps);
    const model = personPage({ account, agencies, duties, findings }, context);
    return show('workspace-person', model, {
      title: `${account.name} · ${titled(title, context)}`,
      nav: 'people',
    });
  }

  /** How many datasets would be without an officer. */
  async function dutiesOf({ email }: Account): Promise<number> {
    return (await dutyRepository(deps.database.current).datasetsOf(email)).length;
  }

  /**
   * The link is shown on the answer itself: it can be had only once, and stands in no address of ours. Where there is a
   * mail server, it is on its way to them, too.
   */
  async function linkPage(
    { context }: SignedInVisit,
    reason: 'invitation' | 'renewal',
    { account, key }: Invited,
  ) {
    const link = `${deps.baseURL}${context.url(`/workspace/link?key=${key}`)}`;
    const isMailed = deps.config.smtpURL !== undefined;
    if (isMailed) {
      const mail = linkMail(reason, account, link, letterContext(context.lang, deps.baseURL));
      await deps.database.transaction((tx) => queueMails(tx, [mail], deps.clock()));
    }
    const model = {
      name: account.name,
      email: account.email,
      isMailed,
      link,
      back: context.url(`/workspace/people/${account.id}`),
    };
    const page = show('workspace-invited', model, { title: titled(title, context), nav: 'people' });
    return { ...page, status: 200 };
  }
}

/** An account as its form writes it: rows of a role and an agency; a row without a role is no grant. */
function accountOf(form: URLSearchParams) {
  const agencies = form.getAll('agency');
  const grants = form.getAll('role').flatMap((written, at) => {
    const role = roles.find((known) => known === written);
    if (role === undefined) return [];
    const agency = agencies[at] ?? '';
    return [{ role, ...(agency !== '' && !isCityWide(role) && { agency }) }];
  });
  return {
    email: form.get('email')?.trim() ?? '',
    name: form.get('name')?.trim() ?? '',
    grants,
  };
}
