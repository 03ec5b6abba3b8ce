import { isDeepStrictEqual } from 'node:util';
import { type Actor, assertMay } from '../access/actor.ts';
import { recordAct } from '../audit/record-act.ts';
import type { Describer } from '../dcat/record-forms.ts';
import { agencyRepository } from '../inventory/agency-repository.ts';
import { unknownAgency } from '../inventory/register-dataset.ts';
import type { Clock } from '../kernel/clock.ts';
import { CatalogError } from '../kernel/errors.ts';
import { isText } from '../kernel/formats.ts';
import { type ResourceKind, type ResourceRecord, resourceSchemas } from '../model/resource.ts';
import { bumpCatalogVersion } from '../storage/catalog-version.ts';
import type { Database, Queryable, Tx } from '../storage/database.ts';
import { validateAgainst } from '../validation/json-schema.ts';
import { type Resource, resourceRepository } from './resource-repository.ts';

export interface ResourceDeps {
  readonly database: Database;
  readonly describer: Describer;
  readonly clock: Clock;
}

const writers = ['editor', 'approver', 'coordinator', 'administrator'] as const;

/**
 * Writes a series or a service. It is in the open at once, in every syntax, in the same transaction: there is no
 * workflow for what only describes.
 *
 * @param revisionRead the revision that was read; `new` when there must be none yet; `any` takes what there is
 * @throws {CatalogError} `invalid` / `resource-invalid` with every finding
 * @throws {CatalogError} `conflict` / `resource-exists`; `stale` / `edit-conflict`; `not-found` / `resource-not-found`
 * @throws {CatalogError} `forbidden` when the actor does not write for the publisher, before or after
 */
export async function saveResource(
  kind: ResourceKind,
  input: unknown,
  revisionRead: number | 'new' | 'any',
  actor: Actor,
  deps: ResourceDeps,
): Promise<Resource> {
  const record = await decode(kind, input, deps.database.read);
  assertMay(actor, writers, record.publisher);
  return deps.database.transaction(async (tx) => {
    const before = await resourceRepository(tx).find(kind, record.id);
    assertExpected(before, record.id, revisionRead);
    if (before) assertMay(actor, writers, before.record.publisher);
    if (before?.isLive && isDeepStrictEqual(before.record, record)) return before;
    return write(tx, { kind, record, isLive: true }, before, actor, deps);
  });
}

/**
 * Takes a series or a service out of the catalogue; its address tells so for ever.
 *
 * @throws {CatalogError} `invalid` / `reason-missing`, `not-found` / `resource-not-found`, `forbidden`
 */
export async function withdrawResource(
  kind: ResourceKind,
  id: string,
  reason: string | undefined,
  actor: Actor,
  deps: ResourceDeps,
): Promise<Resource> {
  const said = reason?.trim() ?? '';
  if (said === '' || !isText(said)) throw reasonMissing();
  return deps.database.transaction(async (tx) => {
    const before = await resourceRepository(tx).find(kind, id);
    if (!before?.isLive) throw resourceNotFound(kind, id);
    assertMay(actor, ['approver', 'coordinator', 'administrator'], before.record.publisher);
    const { record } = before;
    return write(tx, { kind, record, isLive: false, reason: said }, before, actor, deps);
  });
}

/** Writes the forms of every series and service anew, under the IRIs of the present origin. */
export async function rewriteResources({ database, describer }: ResourceDeps): Promise<void> {
  const live = await resourceRepository(database.read).list();
  await database.transaction(async (tx) => {
    for (const resource of live) {
      await resourceRepository(tx).save(resource, formsOf(resource, describer));
    }
    if (live.length > 0) await bumpCatalogVersion(tx);
  });
}

async function write(
  tx: Tx,
  next: Pick<Resource, 'kind' | 'record' | 'isLive' | 'reason'>,
  before: Resource | undefined,
  actor: Actor,
  { describer, clock }: ResourceDeps,
): Promise<Resource> {
  const at = clock();
  const resource = { ...next, revision: (before?.revision ?? 0) + 1, changedAt: at };
  const forms = formsOf(resource, describer);
  await resourceRepository(tx).save(resource, forms);
  await bumpCatalogVersion(tx);
  const { kind, record, isLive, reason } = next;
  await recordAct(tx, {
    at,
    by: actor,
    act: `${kind}.${isLive ? (before ? 'revise' : 'register') : 'withdraw'}`,
    subject: `${kind}/${record.id}`,
    agency: record.publisher,
    before: before?.record,
    after: isLive ? record : undefined,
    reason,
  });
  return { ...resource, etag: forms.etag };
}

function formsOf({ kind, record }: Pick<Resource, 'kind' | 'record'>, describer: Describer) {
  return describer.forms(describer.resourceNode(kind, record), `${kind}-${record.id}`);
}

async function decode(kind: ResourceKind, input: unknown, db: Queryable): Promise<ResourceRecord> {
  const findings = validateAgainst(resourceSchemas[kind], input);
  if (findings.length > 0) throw invalid(findings);
  const record = input as ResourceRecord;
  const known = await agencyRepository(db).known([record.publisher]);
  if (!known.has(record.publisher)) {
    throw invalid([unknownAgency('/publisher', record.publisher)]);
  }
  return record;
}

function assertExpected(
  before: Resource | undefined,
  id: string,
  revisionRead: number | 'new' | 'any',
): void {
  if (revisionRead === 'any') return;
  if (revisionRead === 'new') {
    if (!before) return;
    throw new CatalogError('conflict', 'resource-exists', {
      vi: `Mã "${id}" đã có; hãy chọn mã khác hoặc sửa mục đó.`,
      en: `The id "${id}" is taken; choose another, or revise what has it.`,
    });
  }
  if (before?.revision === revisionRead) return;
  throw new CatalogError('stale', 'edit-conflict', {
    vi: `"${id}" đã được người khác sửa; hãy tải bản mới rồi sửa lại.`,
    en: `"${id}" was changed by somebody else; fetch the new version and edit again.`,
  });
}

function invalid(findings: CatalogError['findings']): CatalogError {
  const message = {
    vi: `Mô tả có ${findings.length} lỗi; hãy sửa từng chỗ được nêu.`,
    en: `The description has ${findings.length} error${findings.length === 1 ? '' : 's'}; correct each place named.`,
  };
  return new CatalogError('invalid', 'resource-invalid', message, { findings });
}

export function resourceNotFound(kind: ResourceKind, id: string): CatalogError {
  const word = kind === 'series' ? 'chuỗi tập dữ liệu' : 'dịch vụ dữ liệu';
  return new CatalogError('not-found', 'resource-not-found', {
    vi: `Không có ${word} "${id}".`,
    en: `There is no ${kind === 'series' ? 'dataset series' : 'data service'} "${id}".`,
  });
}

function reasonMissing(): CatalogError {
  const message = {
    vi: 'Rút khỏi danh mục phải nêu lý do: gửi { "reason": "…" }.',
    en: 'Withdrawing must say why: send { "reason": "…" }.',
  };
  return new CatalogError('invalid', 'reason-missing', message, {
    findings: [{ pointer: '/reason', keyword: 'required', message }],
  });
}
