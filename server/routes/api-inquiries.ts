import { type Request, type Response, Router } from 'express';
import type { Actor } from '../../catalog/access/actor.ts';
import { localDate } from '../../catalog/kernel/clock.ts';
import {
  advanceInquiry,
  type InquiryActInput,
  inquiryNotFound,
  mayRead,
} from '../../catalog/reuse/advance-inquiry.ts';
import {
  type InquiryKind,
  type InquiryState,
  inquiryActs,
  inquiryStates,
  openStates,
} from '../../catalog/reuse/inquiry-lifecycle.ts';
import {
  type Inquiry,
  type InquiryFilter,
  type InquiryOrder,
  inquiryRepository,
} from '../../catalog/reuse/inquiry-repository.ts';
import {
  type InquiryDeps,
  submitFeedback,
  submitRequest,
} from '../../catalog/reuse/submit-inquiry.ts';
import { usefulnessRepository } from '../../catalog/reuse/usefulness-repository.ts';
import { answer } from '../http/answer.ts';
import { type AuthenticateDeps, actorOf, requireActor } from '../http/authenticate.ts';
import { choice, queryOf, wholeNumber } from '../http/read-parameters.ts';
import type { SenderKeys } from '../http/sender-keys.ts';
import { senderOf } from '../http/sender-of.ts';

export interface ApiInquiryDeps extends AuthenticateDeps, InquiryDeps {
  readonly senderKey: SenderKeys;
}

const limit = { from: 1, to: 100, otherwise: 50 };
const everyPage = { from: 1, to: 1_000_000, otherwise: 1 };
const orders: readonly InquiryOrder[] = ['newest', 'supported', 'due'];
const kinds = [
  { kind: 'request', path: '/requests', submit: submitRequest },
  { kind: 'feedback', path: '/feedback', submit: submitFeedback },
] as const;

/**
 * `/api/v1/requests` and `/api/v1/feedback`: data that people ask for, and what they find wrong. Everybody sees where
 * each stands; its text only once it is shown, its e-mail only who is to answer.
 */
export function apiInquiryRoutes(deps: ApiInquiryDeps): Router {
  const router = Router();
  for (const { kind, path, submit } of kinds) {
    router.get(path, async (request: Request, response: Response) => {
      const actor = await actorOf(request, deps, 'inquiries:answer');
      await answer(request, response, json(await list(kind, request, actor), actor));
    });

    router.post(path, async (request: Request, response: Response) => {
      const inquiry = await submit(request.body, await senderOf(request, deps), deps);
      response
        .status(201)
        .location(`${deps.baseURL}/api/v1${path}/${inquiry.id}`)
        .set('Cache-Control', 'no-store')
        .json(view(inquiry, undefined));
    });

    router.get(`${path}/:id`, async (request: Request, response: Response) => {
      const actor = await actorOf(request, deps, 'inquiries:answer');
      const id = String(request.params['id']);
      const inquiry = await inquiryRepository(deps.database.current).find(id);
      if (inquiry?.kind !== kind) throw inquiryNotFound(kind, id);
      await answer(request, response, json(view(inquiry, actor), actor));
    });

    for (const act of inquiryActs) {
      router.post(`${path}/:id/${act}`, async (request: Request, response: Response) => {
        const actor = await requireActor(request, deps, 'inquiries:answer');
        const input = (request.body ?? {}) as InquiryActInput;
        const id = String(request.params['id']);
        const inquiry = await advanceInquiry(kind, id, act, input, actor, deps);
        response.set('Cache-Control', 'no-store').json(view(inquiry, actor));
      });
    }
  }
  return router;

  async function list(kind: InquiryKind, request: Request, actor: Actor | undefined) {
    const query = queryOf(request);
    const state = choice<InquiryState>(query, 'state', inquiryStates);
    const isOverdue = choice(query, 'overdue', ['true']) !== undefined;
    const filter: InquiryFilter = {
      kind,
      states: isOverdue ? openStates : state ? [state] : inquiryStates,
      agency: query.get('agency') || undefined,
      dataset: query.get('dataset') || undefined,
      dueBefore: isOverdue ? localDate(deps.clock()) : undefined,
    };
    const size = wholeNumber(query, 'limit', limit);
    const page = wholeNumber(query, 'page', everyPage);
    const order = choice<InquiryOrder>(query, 'sort', orders) ?? 'newest';
    const repository = inquiryRepository(deps.database.current);
    const [items, total] = await Promise.all([
      repository.list(filter, order, (page - 1) * size, size),
      repository.count(filter),
    ]);
    return {
      total,
      ...(filter.dataset !== undefined &&
        kind === 'feedback' && {
          usefulness: await usefulnessRepository(deps.database.current).of(filter.dataset),
        }),
      items: items.map((item) => view(item, actor)),
    };
  }

  function view(inquiry: Inquiry, actor: Actor | undefined) {
    const { record, isShown, email, reason, handler, takenAt, ...told } = inquiry;
    const { receivedAt, answeredAt, kind, ...state } = told;
    const reads = mayRead(actor, inquiry);
    const { supporters: _none, ...ofFeedback } = state;
    return {
      ...(kind === 'request' ? state : ofFeedback),
      isOverdue: openStates.includes(state.state) && state.due < localDate(deps.clock()),
      receivedAt,
      ...(answeredAt !== undefined && { answeredAt }),
      isShown,
      ...(inquiry.kind === 'feedback' && { type: inquiry.record.type }),
      ...((isShown || reads) && { ...record }),
      // Who answers is told by the state, not by what the asker supposed.
      agency: state.agency,
      ...(reads && { email, reason, handler, takenAt }),
    };
  }
}

function json(body: object, actor: Actor | undefined) {
  return {
    mediaType: 'application/json',
    ...(actor && { cacheControl: 'private, no-store' }),
    write: () => JSON.stringify(body),
  };
}
