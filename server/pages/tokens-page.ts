import type { Actor } from '../../catalog/access/actor.ts';
import { type TokenWish, tokenAgencies, tokenRoles } from '../../catalog/access/agency-tokens.ts';
import { type Scope, scopeNames, scopes } from '../../catalog/access/scopes.ts';
import type { Token } from '../../catalog/access/token-repository.ts';
import type { LangText } from '../../catalog/kernel/lang-text.ts';
import type { FormFindings } from './findings.ts';
import { agencyChoices, roleChoices, roleName } from './grant-view.ts';
import type { PageContext } from './page-context.ts';

export interface TokensInput {
  readonly tokens: readonly Token[];
  readonly agencies: ReadonlyMap<string, LangText>;
  readonly actor: Actor;
  readonly now: string;
  /** What was typed, when it was refused. */
  readonly input: TokenWish | undefined;
  readonly findings: FormFindings;
}

/** The tokens that the actor answers for, and the form that makes one more. */
export function tokensPage(shown: TokensInput, context: PageContext) {
  const { tokens, agencies, actor, now, input, findings } = shown;
  const own = tokenAgencies(actor);
  const mine = new Map([...agencies].filter(([id]) => own === 'all' || own.includes(id)));
  const nameOf = (id: string | undefined) =>
    id === undefined ? undefined : context.show(agencies.get(id) ?? { vi: id });
  return {
    tokens: tokens.map((token) => ({
      label: token.label,
      role: roleName(token.role, context),
      agency: nameOf(token.agency),
      scopes: token.scopes?.map((scope) => scopes[scope][context.lang]),
      made: context.date(token.createdAt),
      maker: token.createdBy,
      standing: standing(token, now, context),
      counts: token.revokedAt === undefined && !isOver(token, now),
      revoke: context.url(`/workspace/tokens/${token.id}/revoke`),
    })),
    form: {
      label: input?.label ?? '',
      role: input?.role ?? 'editor',
      agency: input?.agency ?? '',
      lastDay: input?.lastDay ?? `${Number(now.slice(0, 4)) + 1}${now.slice(4, 10)}`,
      roles: roleChoices(context, tokenRoles),
      agencies: agencyChoices(mine, context),
      scopes: scopeNames.map((scope) => ({
        value: scope,
        label: scopes[scope][context.lang],
        checked: (input?.scopes ?? defaults).includes(scope),
      })),
    },
    findings,
  };
}

const defaults: readonly Scope[] = ['datasets:read', 'datasets:write'];

/** What a form wishes for. */
export function tokenInputOf(form: URLSearchParams): TokenWish {
  return {
    label: form.get('label') ?? '',
    role: form.get('role') ?? '',
    agency: form.get('agency') ?? '',
    scopes: form.getAll('scope'),
    lastDay: form.get('lastDay') ?? '',
  };
}

function isOver({ expiresAt }: Token, now: string): boolean {
  return expiresAt !== undefined && expiresAt <= now;
}

function standing(token: Token, now: string, context: PageContext): string {
  const { revokedAt, expiresAt } = token;
  if (revokedAt !== undefined) {
    return context.t('workspace.tokens.revoked', { date: context.date(revokedAt) });
  }
  if (expiresAt === undefined) return context.t('workspace.tokens.endless');
  const key = isOver(token, now) ? 'workspace.tokens.over' : 'workspace.tokens.until';
  return context.t(key, { date: context.date(expiresAt) });
}
