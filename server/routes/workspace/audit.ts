import { type Request, Router } from 'express';
import { accountRepository } from '../../../catalog/access/account-repository.ts';
import type { Actor } from '../../../catalog/access/actor.ts';
import { listAudit, readableAgencies } from '../../../catalog/access/read-audit.ts';
import type { AuditEntry } from '../../../catalog/audit/audit-chain.ts';
import { auditRepository } from '../../../catalog/audit/audit-repository.ts';
import { later, startOfDay } from '../../../catalog/kernel/clock.ts';
import { toCsv, toCsvRows } from '../../../catalog/kernel/csv.ts';
import { CatalogError } from '../../../catalog/kernel/errors.ts';
import { isDate } from '../../../catalog/kernel/formats.ts';
import { queryOf, wholeNumber } from '../../http/read-parameters.ts';
import { type AuditQuery, auditPage } from '../../pages/audit-page.ts';
import { show, titled } from '../show-page.ts';
import { agencyNames } from './agency-names.ts';
import { inEveryLanguage, type WorkspaceHandlers } from './handlers.ts';
import type { TokenRouteDeps } from './tokens.ts';

const pageSize = 50;
const csvPage = 1000;
const dayMs = 86_400_000;

/** `/workspace/audit`: who did what, for those who may read of it. */
export function auditRoutes(
  { workspacePage, workspaceFile }: WorkspaceHandlers,
  deps: TokenRouteDeps,
): Router {
  const router = Router();
  const db = deps.database.current;

  router.get(
    inEveryLanguage('/workspace/audit'),
    workspacePage(async ({ request, actor, context }) => {
      const readable = readableAgencies(actor);
      const query = auditQueryOf(request);
      const page = { before: beforeOf(request), limit: pageSize + 1 };
      const found = await listAudit(filterOf(query), page, actor, db);
      const agencies = await agencyNames(deps);
      const input = {
        entries: found.slice(0, pageSize),
        names: await namesOf(found),
        hasMore: found.length > pageSize,
        query,
        agencies: new Map(
          [...agencies].filter(([id]) => readable === 'all' || readable.includes(id)),
        ),
        head: readable === 'all' ? await auditRepository(db).head() : undefined,
      };
      return show('workspace-audit', auditPage(input, context), {
        title: titled('workspace.nav.audit', context),
        nav: 'audit',
      });
    }),
  );

  router.get(
    inEveryLanguage('/workspace/audit.csv'),
    workspaceFile(async ({ request, actor }) => {
      readableAgencies(actor);
      const filter = filterOf(auditQueryOf(request));
      return { fileName: 'audit.csv', mediaType: 'text/csv', body: csvOf(filter, actor) };
    }),
  );

  return router;

  /** The people and tokens that acts were done to: their ids say nothing to a reader. */
  async function namesOf(entries: readonly AuditEntry[]): Promise<ReadonlyMap<string, string>> {
    const kinds = new Set(entries.map(({ subject }) => subject.split('/')[0]));
    const accounts = kinds.has('account') ? await accountRepository(db).list() : [];
    const tokens = kinds.has('token') ? await deps.tokens.list('all') : [];
    return new Map([
      ...accounts.map(({ id, name }) => [`account/${id}`, name] as const),
      ...tokens.map(({ id, label }) => [`token/${id}`, label] as const),
    ]);
  }

  async function* csvOf(filter: ReturnType<typeof filterOf>, actor: Actor) {
    yield toCsv([columns]);
    let before: number | undefined;
    for (;;) {
      const entries = await listAudit(filter, { before, limit: csvPage }, actor, db);
      before = entries.at(-1)?.seq;
      if (before === undefined) return;
      yield toCsvRows(
        entries.map((entry) => [
          entry.seq,
          entry.at,
          entry.actor,
          entry.actorId,
          entry.act,
          entry.subject,
          entry.agency,
          JSON.stringify(entry.detail),
          entry.previousHash,
          entry.hash,
        ]),
      );
    }
  }
}

const columns = [
  'seq',
  'at',
  'actor',
  'actorId',
  'act',
  'subject',
  'agency',
  'detail',
  'previousHash',
  'hash',
];

/** @throws {CatalogError} `malformed` / `parameter-malformed` for a date that is none */
function auditQueryOf(request: Request): AuditQuery {
  const query = queryOf(request);
  const text = (name: string) => (query.get(name) ?? '').trim().slice(0, 300);
  const date = (name: string) => {
    const written = text(name);
    if (written === '' || isDate(written)) return written;
    throw new CatalogError('malformed', 'parameter-malformed', {
      vi: `"${name}" phải là ngày như 2026-11-23, không phải "${written.slice(0, 80)}".`,
      en: `"${name}" must be a date such as 2026-11-23, not "${written.slice(0, 80)}".`,
    });
  };
  return {
    act: text('act'),
    actor: text('actor'),
    subject: text('subject'),
    agency: text('agency'),
    from: date('from'),
    to: date('to'),
  };
}

function filterOf({ act, actor, subject, agency, from, to }: AuditQuery) {
  return {
    act: act || undefined,
    actor: actor || undefined,
    subject: subject || undefined,
    agency: agency || undefined,
    from: from === '' ? undefined : startOfDay(from),
    to: to === '' ? undefined : later(startOfDay(to), dayMs),
  };
}

function beforeOf(request: Request): number | undefined {
  const range = { from: 1, to: Number.MAX_SAFE_INTEGER, otherwise: 0 };
  return wholeNumber(queryOf(request), 'before', range) || undefined;
}
