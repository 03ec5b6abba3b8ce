import { passwordLength } from '../../catalog/access/password.ts';
import type { Session } from '../../catalog/access/session-repository.ts';
import type { Visitor } from '../../catalog/access/sessions.ts';
import type { LangText } from '../../catalog/kernel/lang-text.ts';
import { browserName } from './browser-name.ts';
import type { FormFindings } from './findings.ts';
import { grantViews } from './grant-view.ts';
import type { PageContext } from './page-context.ts';

export interface AccountInput {
  readonly visitor: Visitor;
  readonly sessions: readonly Session[];
  readonly agencies: ReadonlyMap<string, LangText>;
  readonly findings: FormFindings;
  /** Whether there is single sign-on to link the account with. */
  readonly mayLink: boolean;
}

/** One's own account: what one may do, the password, and where one is signed in. */
export function accountPage(input: AccountInput, context: PageContext) {
  const { visitor, sessions, agencies, findings } = input;
  const { account, session: own } = visitor;
  return {
    email: account.email,
    name: account.name,
    grants: grantViews(account.grants, agencies, context),
    hasPassword: account.passwordHash !== undefined,
    hasOidc: account.oidc !== undefined,
    linkOidc:
      input.mayLink && account.oidc === undefined
        ? context.url('/workspace/sign-in/oidc?next=/workspace/account?done=linked&link=')
        : undefined,
    least: passwordLength.least,
    findings,
    sessions: sessions.map(({ id, browser, signedInAt, seenAt }) => ({
      browser: browserName(browser) ?? context.t('workspace.account.unknownBrowser'),
      signedIn: context.moment(signedInAt),
      seen: context.moment(seenAt),
      isOwn: id === own.id,
      end: context.url(`/workspace/account/sessions/${id}/end`),
    })),
  };
}
