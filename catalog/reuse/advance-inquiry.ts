import { type Actor, assertMay, mayAct } from '../access/actor.ts';
import { recordAct } from '../audit/record-act.ts';
import { agencyRepository } from '../inventory/agency-repository.ts';
import { CatalogError } from '../kernel/errors.ts';
import type { LangText } from '../kernel/lang-text.ts';
import type { Queryable } from '../storage/database.ts';
import { assertReason } from './assert-reason.ts';
import {
  type InquiryAct,
  type InquiryKind,
  inquiryTransitions,
  openStates,
} from './inquiry-lifecycle.ts';
import { type Inquiry, type InquiryAnswer, inquiryRepository } from './inquiry-repository.ts';
import type { ModerateDeps } from './moderate-reuse.ts';
import { reuseRepository } from './reuse-repository.ts';
import { type Outcome, tellSender } from './tell-sender.ts';
import { usedDatasetRepository } from './used-dataset-repository.ts';

/** What comes with an act, unread. */
export interface InquiryActInput {
  /** Of `assign`. */
  readonly agency?: unknown;
  /** Of `plan`, which needs it, and `answer`: a published dataset, or one that a plan promises. */
  readonly dataset?: unknown;
  /** Of `plan`, `answer` and `decline`: text in one language, or by language. */
  readonly answer?: unknown;
  /** Of `decline`: for a request the law that keeps the data closed. */
  readonly legalReason?: unknown;
  /** Of `reject`, which needs it, and `assign`: why it is another agency's. */
  readonly reason?: unknown;
}

/**
 * Moves an inquiry on, or lets its text be seen.
 *
 * @throws {CatalogError} `not-found` / `request-not-found` or `feedback-not-found`; `forbidden`;
 *   `conflict` / `act-not-possible`; `invalid` with the field
 */
export async function advanceInquiry(
  kind: InquiryKind,
  id: string,
  act: InquiryAct,
  input: InquiryActInput,
  actor: Actor,
  deps: ModerateDeps,
): Promise<Inquiry> {
  const { from, to, roles } = inquiryTransitions[act];
  const at = deps.clock();
  return deps.database.transaction(async (tx) => {
    const before = await inquiryRepository(tx).find(id);
    if (before?.kind !== kind) throw inquiryNotFound(kind, id);
    assertMay(actor, roles, before.agency);
    if (!from.includes(before.state)) throw notPossible(before, act);
    const changes = await changesOf(act, kind, input, tx);
    const { handler: _past, takenAt: _then, ...passedOn } = before;
    const isAnswered = openStates.includes(before.state) && isAnswer(act);
    const after: Inquiry = {
      // Whoever had taken it has it no more once it is another agency's.
      ...(act === 'assign' ? passedOn : before),
      ...(act === 'take' && { handler: actor.name, takenAt: at }),
      ...changes,
      ...(to && { state: to }),
      ...(isAnswered && { answeredAt: at }),
      // An answer is for everybody; the question only once somebody has let it be seen.
      isShown: act === 'show' || (act !== 'reject' && before.isShown),
      changedAt: at,
    };
    await inquiryRepository(tx).update(after);
    await reuseRepository(tx).advanceVersion();
    await recordAct(tx, {
      at,
      by: actor,
      act: `${kind}.${act}`,
      subject: `${kind}/${id}`,
      agency: after.agency,
      before: told(before),
      after: told(after),
      reason: noteOf(act, input) ?? after.reason,
    });
    if (isAnswer(act)) await tellSender(tx, outcomeOf(after, act), at, deps);
    return after;
  });
}

/** Whether the actor may read its text before it is shown: those who decide about it may. */
export function mayRead(actor: Actor | undefined, { agency }: Pick<Inquiry, 'agency'>): boolean {
  return mayAct(actor, inquiryTransitions.show.roles, agency);
}

export function inquiryNotFound(kind: InquiryKind, id: string): CatalogError {
  return kind === 'request'
    ? new CatalogError('not-found', 'request-not-found', {
        vi: `Không có yêu cầu "${id}"; xem tất cả ở /request.`,
        en: `There is no request "${id}"; see all of them at /request.`,
      })
    : new CatalogError('not-found', 'feedback-not-found', {
        vi: `Không có báo lỗi "${id}".`,
        en: `There is no report "${id}".`,
      });
}

/** Why it was passed on: for the audit, not for the page. */
function noteOf(act: InquiryAct, { reason }: InquiryActInput): string | undefined {
  return act === 'assign' && isGiven(reason) ? assertReason(reason) : undefined;
}

function isAnswer(act: InquiryAct): act is 'plan' | 'answer' | 'decline' {
  return act === 'plan' || act === 'answer' || act === 'decline';
}

function outcomeOf(inquiry: Inquiry, act: Outcome['act']): Outcome {
  const { kind, id, email = '', answer, record } = inquiry;
  const title = inquiry.kind === 'request' ? inquiry.record.title : record.description;
  return {
    email,
    kind,
    act,
    path: `/${kind}/${id}`,
    title,
    ...(answer && { words: answer.text }),
  };
}

async function changesOf(
  act: InquiryAct,
  kind: InquiryKind,
  input: InquiryActInput,
  db: Queryable,
): Promise<Partial<Pick<Inquiry, 'agency' | 'dataset' | 'answer' | 'reason'>>> {
  switch (act) {
    case 'show':
    case 'take':
      return {};
    case 'reject':
      return { reason: assertReason(input.reason) };
    case 'assign':
      return { agency: await knownAgency(input.agency, db) };
    case 'decline': {
      const text = answerText(input.answer);
      if (kind === 'feedback') return { answer: { text } };
      return { answer: { text, legalReason: assertReason(input.legalReason, '/legalReason') } };
    }
    default: {
      const needed = act === 'plan' || isGiven(input.dataset);
      const dataset =
        needed && kind === 'request' ? await knownDataset(input.dataset, db) : undefined;
      const answer: InquiryAnswer | undefined =
        act === 'answer' || isGiven(input.answer) ? { text: answerText(input.answer) } : undefined;
      return { ...(dataset !== undefined && { dataset }), ...(answer && { answer }) };
    }
  }
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== '' && value !== null;
}

/** Officials write Vietnamese, when they do not say otherwise. */
function answerText(answer: unknown): LangText {
  if (typeof answer !== 'object' || answer === null) return { vi: assertReason(answer, '/answer') };
  const texts = Object.entries(answer).filter(([lang]) => lang === 'vi' || lang === 'en');
  if (texts.length === 0) return { vi: assertReason(undefined, '/answer') };
  return Object.fromEntries(
    texts.map(([lang, text]) => [lang, assertReason(text, `/answer/${lang}`)]),
  );
}

async function knownAgency(id: unknown, db: Queryable): Promise<string> {
  if (typeof id === 'string' && (await agencyRepository(db).find(id))) return id;
  throw fieldInvalid('agency', {
    vi: `Không có cơ quan "${String(id ?? '').slice(0, 80)}"; hãy chọn cơ quan trả lời.`,
    en: `There is no agency "${String(id ?? '').slice(0, 80)}"; choose who is to answer.`,
  });
}

async function knownDataset(id: unknown, db: Queryable): Promise<string> {
  const found = typeof id === 'string' ? await usedDatasetRepository(db).find([id]) : new Map();
  if (typeof id === 'string' && found.has(id)) return id;
  throw fieldInvalid('dataset', {
    vi: `"${String(id ?? '').slice(0, 80)}" chưa công bố và không có trong kế hoạch; hãy chọn tập dữ liệu khác.`,
    en: `"${String(id ?? '').slice(0, 80)}" is neither published nor promised by a plan; choose another dataset.`,
  });
}

function fieldInvalid(field: string, message: { readonly vi: string; readonly en: string }) {
  return new CatalogError('invalid', `${field}-unknown`, message, {
    findings: [{ pointer: `/${field}`, keyword: field, message }],
  });
}

function notPossible({ state }: Inquiry, act: InquiryAct): CatalogError {
  return new CatalogError('conflict', 'act-not-possible', {
    vi: `Không thể "${act}" khi đang ở trạng thái "${state}".`,
    en: `It cannot "${act}" while it is "${state}".`,
  });
}

/** What the audit may say: no e-mail. */
function told({ state, isShown, record, agency, dataset, answer, handler }: Inquiry) {
  return { state, isShown, ...record, agency, dataset, answer, handler };
}
