import type { Account } from '../../catalog/access/account-repository.ts';
import type { OwnedDataset } from '../../catalog/duty/duty-repository.ts';
import type { LangText } from '../../catalog/kernel/lang-text.ts';
import type { FormFindings } from './findings.ts';
import type { PageContext } from './page-context.ts';

/** The officers whose datasets one may hand over. */
export function handoverStartPage(
  officers: readonly { readonly officer: string; readonly datasets: number }[],
  accounts: readonly Account[],
  context: PageContext,
) {
  const byEmail = new Map(accounts.map((account) => [account.email, account]));
  return {
    officers: officers.map(({ officer, datasets }) => {
      const account = byEmail.get(officer);
      return {
        name: account?.name ?? officer,
        email: officer,
        standing: standingOf(account, context),
        datasets: context.plural('handover.datasets', datasets),
        href: context.url(`/workspace/handover?from=${encodeURIComponent(officer)}`),
      };
    }),
  };
}

/** Why somebody can do nothing for their datasets; absent: they can. */
function standingOf(account: Account | undefined, context: PageContext): string | undefined {
  if (!account) return context.t('handover.noAccount');
  return account.disabledAt === undefined ? undefined : context.t('handover.disabled');
}

export interface HandoverShown {
  readonly from: string;
  readonly name: string;
  readonly datasets: readonly OwnedDataset[];
  readonly agencies: ReadonlyMap<string, LangText>;
  /** Who may have them. */
  readonly takers: readonly Account[];
  /** What was typed, when it was refused. */
  readonly input?: {
    readonly to: string;
    readonly datasets?: readonly string[] | undefined;
    readonly reason: string;
  };
  readonly findings: FormFindings;
}

/** More datasets than this are handed over together, or by the table of the inventory. */
const mostListed = 200;

/** One officer's datasets, who is to have them, and why. */
export function handoverPage(shown: HandoverShown, context: PageContext) {
  const { from, datasets, agencies, takers, input, findings } = shown;
  const ticked = input?.datasets;
  return {
    from,
    name: shown.name,
    count: context.plural('handover.datasets', datasets.length),
    isChosen: ticked !== undefined,
    datasets: datasets.slice(0, mostListed).map(({ id, title, publisher }) => ({
      id,
      title,
      agency: context.show(agencies.get(publisher) ?? { vi: publisher }),
      checked: ticked?.includes(id) ?? true,
    })),
    unlisted:
      datasets.length > mostListed
        ? context.plural('handover.unlisted', datasets.length - mostListed)
        : undefined,
    takers: takers
      .filter(({ email }) => email !== from)
      .map(({ id, name, email }) => ({ value: id, label: `${name} (${email})` }))
      .sort((a, b) => context.compare(a.label, b.label)),
    to: input?.to ?? '',
    reason: input?.reason ?? '',
    findings,
    action: context.url(`/workspace/handover?from=${encodeURIComponent(from)}`),
    back: context.url('/workspace/handover'),
  };
}
