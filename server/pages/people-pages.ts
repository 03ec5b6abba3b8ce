import type { Account } from '../../catalog/access/account-repository.ts';
import type { Grant } from '../../catalog/access/actor.ts';
import type { AccountInput } from '../../catalog/access/decode-account.ts';
import type { LangText } from '../../catalog/kernel/lang-text.ts';
import type { FormFindings } from './findings.ts';
import { agencyChoices, grantViews, roleChoices } from './grant-view.ts';
import type { PageContext } from './page-context.ts';

export interface PeopleInput {
  readonly accounts: readonly Account[];
  readonly agencies: ReadonlyMap<string, LangText>;
  /** What was typed, when it was refused. */
  readonly input: AccountInput | undefined;
  readonly findings: FormFindings;
}

/** Everybody who may sign in, and the form that invites one more. */
export function peoplePage(input: PeopleInput, context: PageContext) {
  const { accounts, agencies, findings } = input;
  return {
    people: accounts.map((account) => ({
      name: account.name,
      email: account.email,
      href: context.url(`/workspace/people/${account.id}`),
      grants: grantViews(account.grants, agencies, context),
      standing: standing(account, context),
      isDisabled: account.disabledAt !== undefined,
    })),
    form: {
      email: input.input?.email ?? '',
      name: input.input?.name ?? '',
      rows: grantRows(input.input?.grants ?? [], findings),
      problem: findings.at('/grants'),
      roles: roleChoices(context),
      agencies: agencyChoices(agencies, context),
    },
    findings,
  };
}

export interface PersonInput {
  readonly account: Account;
  readonly agencies: ReadonlyMap<string, LangText>;
  /** How many datasets it is the officer of. */
  readonly duties: number;
  readonly findings: FormFindings;
}

/** One account: its name, its grants, and whether it may sign in. */
export function personPage(
  { account, agencies, duties, findings }: PersonInput,
  context: PageContext,
) {
  const path = `/workspace/people/${account.id}`;
  return {
    name: account.name,
    email: account.email,
    standing: standing(account, context),
    isDisabled: account.disabledAt !== undefined,
    action: context.url(path),
    link: context.url(`${path}/link`),
    toggle: context.url(`${path}/${account.disabledAt === undefined ? 'disable' : 'enable'}`),
    back: context.url('/workspace/people'),
    duties: duties > 0 ? context.plural('workspace.people.duties', duties) : undefined,
    handover: context.url(`/workspace/handover?from=${encodeURIComponent(account.email)}`),
    rows: grantRows(account.grants, findings),
    problem: findings.at('/grants'),
    roles: roleChoices(context),
    agencies: agencyChoices(agencies, context),
    findings,
  };
}

/** A row for each grant, and two more to add. */
function grantRows(grants: readonly Grant[], findings: FormFindings) {
  return [...grants, undefined, undefined].map((grant, at) => ({
    role: grant?.role ?? '',
    agency: grant?.agency ?? '',
    problem: findings.at(`/grants/${at}/agency`),
  }));
}

function standing({ disabledAt, passwordHash, oidc }: Account, context: PageContext): string {
  if (disabledAt !== undefined) {
    return context.t('workspace.people.disabled', { date: context.date(disabledAt) });
  }
  if (passwordHash === undefined && oidc === undefined)
    return context.t('workspace.people.invited');
  return context.t('workspace.people.active');
}
