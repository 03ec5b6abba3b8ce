import type { AuditEntry } from '../../catalog/audit/audit-chain.ts';
import type { Change } from '../../catalog/audit/changes-between.ts';
import type { LangText } from '../../catalog/kernel/lang-text.ts';
import { agencyChoices } from './grant-view.ts';
import type { PageContext, Shown } from './page-context.ts';

/** The kinds of things that acts are done to; `audit.kind.{kind}` names each. */
export const auditKinds: readonly string[] = [
  'dataset',
  'agency',
  'plan',
  'report',
  'account',
  'token',
  'session',
  'request',
  'feedback',
  'reuse',
  'mention',
  'mail',
];

/** What the form above the list asks for; empty: everything. */
export interface AuditQuery {
  readonly act: string;
  readonly actor: string;
  readonly subject: string;
  readonly agency: string;
  /** Dates, both within. */
  readonly from: string;
  readonly to: string;
}

export interface AuditInput {
  readonly entries: readonly AuditEntry[];
  readonly query: AuditQuery;
  /** The agencies to choose from. */
  readonly agencies: ReadonlyMap<string, LangText>;
  /** What `account/…` and `token/…` are called, by the whole subject. */
  readonly names: ReadonlyMap<string, string>;
  /** Whether there are earlier ones. */
  readonly hasMore: boolean;
  readonly head: { readonly seq: number; readonly hash: string } | undefined;
}

/** Who did what, the latest first. */
export function auditPage(input: AuditInput, context: PageContext) {
  const { entries, query, agencies, names, hasMore, head } = input;
  const { t, url } = context;
  const address = (path: string, more: Readonly<Record<string, string>> = {}) => {
    const parameters = new URLSearchParams({ ...query, ...more });
    for (const [name, value] of [...parameters]) if (value === '') parameters.delete(name);
    return url(parameters.size > 0 ? `${path}?${parameters}` : path);
  };
  const last = entries.at(-1);
  return {
    query,
    kinds: auditKinds.map((kind) => ({ value: kind, label: t(`audit.kind.${kind}`) })),
    agencies: agencyChoices(agencies, context),
    entries: entries.map((entry) => ({
      ...entryView(entry, agencies, context),
      name: names.get(entry.subject),
    })),
    earlier:
      hasMore && last ? address('/workspace/audit', { before: String(last.seq) }) : undefined,
    csv: address('/workspace/audit.csv'),
    head: head && { acts: context.number(head.seq), hash: head.hash },
  };
}

function entryView(
  entry: AuditEntry,
  agencies: ReadonlyMap<string, LangText>,
  context: PageContext,
) {
  const { agency, detail } = entry;
  const changes = detail.changes?.map(changeView) ?? [];
  return {
    seq: entry.seq,
    at: context.moment(entry.at),
    actor: entry.actor === '' ? context.t('audit.unknown') : entry.actor,
    act: actName(entry.act, context),
    subject: entry.subject,
    agency: agency === undefined ? undefined : agencyName(agency, agencies, context),
    reason: detail.reason,
    ids: detail.ids ?? [],
    count: detail.count === undefined ? undefined : context.plural('audit.count', detail.count),
    changes,
    summary: context.plural('audit.changes', changes.length),
  };
}

function agencyName(
  id: string,
  agencies: ReadonlyMap<string, LangText>,
  context: PageContext,
): Shown {
  return context.show(agencies.get(id) ?? { vi: id });
}

/** An act in words; one that has none yet by its name. */
export function actName(act: string, context: PageContext): string {
  const key = `audit.act.${act}`;
  return context.has(key) ? context.t(key) : act;
}

function changeView({ pointer, from, to }: Change) {
  return { pointer: pointer || '/', from: written(from), to: written(to) };
}

function written(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 300 ? `${text.slice(0, 299)}…` : text;
}
