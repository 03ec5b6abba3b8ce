import { type Request, type Response, Router } from 'express';
import { unguessable } from '../../../catalog/access/keyed-hash.ts';
import { agencyRepository } from '../../../catalog/inventory/agency-repository.ts';
import { localDate } from '../../../catalog/kernel/clock.ts';
import { fold } from '../../../catalog/kernel/fold.ts';
import { inquiryNotFound } from '../../../catalog/reuse/advance-inquiry.ts';
import { decode } from '../../../catalog/reuse/decode.ts';
import {
  type InquiryKind,
  type InquiryState,
  inquiryStates,
} from '../../../catalog/reuse/inquiry-lifecycle.ts';
import { type InquiryOrder, inquiryRepository } from '../../../catalog/reuse/inquiry-repository.ts';
import { similarRequests, tellingWords } from '../../../catalog/reuse/similar-requests.ts';
import { type InquiryDeps, submitRequest } from '../../../catalog/reuse/submit-inquiry.ts';
import { supportRequest } from '../../../catalog/reuse/support-request.ts';
import { usedDatasetRepository } from '../../../catalog/reuse/used-dataset-repository.ts';
import type { Search } from '../../../catalog/search/search-datasets.ts';
import { readSearchQuery } from '../../../catalog/search/search-query.ts';
import { assertOwnOrigin } from '../../http/csrf.ts';
import { choice, queryOf, wholeNumber } from '../../http/read-parameters.ts';
import { senderOf } from '../../http/sender-of.ts';
import { cookieOf, setCookie } from '../../http/session-cookie.ts';
import type { AgencyNames } from '../../pages/dataset-card.ts';
import { findingsOf } from '../../pages/findings.ts';
import { inquiryPage } from '../../pages/inquiry-page.ts';
import type { PageContext } from '../../pages/page-context.ts';
import { inputOf } from '../../pages/public-form.ts';
import { requestFormPage, type Similar } from '../../pages/request-form-page.ts';
import { requestsPage } from '../../pages/requests-page.ts';
import { contextOf, createPageHandlers, show, titled } from '../show-page.ts';
import { createPublicForms, type PublicFormDeps, type PublicVisit } from './forms.ts';

export interface RequestDeps extends PublicFormDeps, InquiryDeps {
  readonly search: Search;
}

interface Tried {
  readonly fields: URLSearchParams;
  readonly error?: unknown;
  readonly isHeld?: true;
}

const pageSize = 20;
const orders: readonly InquiryOrder[] = ['supported', 'newest', 'due'];
const mostSimilar = 3;
const yearSeconds = 365 * 86_400;

/** `/request`: what people ask for, who else needs it, and what became of it. */
export function requestRoutes(deps: RequestDeps): Router {
  const router = Router();
  const db = deps.database.current;
  const { page } = createPageHandlers(deps.baseURL);
  const { formPage, formAction } = createPublicForms(deps);

  router.get('/request/similar', async (request: Request, response: Response) => {
    const query = queryOf(request);
    const context = contextOf(request, deps.baseURL);
    const { datasets, requests } = await similarTo(query.get('title') ?? '');
    const isEnglish = query.get('lang') === 'en';
    const link = (path: string) => (isEnglish ? `/en${path}` : path);
    response.set('Cache-Control', 'no-store').json({
      datasets: datasets.map(({ record }) => ({
        title: context.show(record.title).text,
        href: link(`/dataset/${record.id}`),
      })),
      requests: requests.map(({ id, record, supporters }) => ({
        title: context.show(record.title).text,
        href: link(`/request/${id}`),
        supporters,
      })),
    });
  });
  for (const prefix of ['', '/en']) {
    router.get(`${prefix}/request`, page(showRequests));
    router.get(
      `${prefix}/request/new`,
      formPage('request', (visit) => showForm(visit, { fields: queryOf(visit.request) })),
    );
    router.post(
      `${prefix}/request/new`,
      ...formAction('request', (visit, fields) => submit(visit, fields)),
    );
    router.get(`${prefix}/request/:id`, page(shower('request')));
    router.get(`${prefix}/feedback/:id`, page(shower('feedback')));
    router.post(`${prefix}/request/:id/support`, support);
  }
  return router;

  async function showRequests(context: PageContext, request: Request) {
    const query = queryOf(request);
    const state = choice<InquiryState>(query, 'state', inquiryStates);
    const agency = query.get('agency') || undefined;
    const order = choice(query, 'sort', orders) ?? 'supported';
    const number = wholeNumber(query, 'page', { from: 1, to: 1_000_000, otherwise: 1 });
    const filter = { kind: 'request', states: state ? [state] : inquiryStates, agency } as const;
    const repository = inquiryRepository(db);
    const [requests, total, counts, agencies] = await Promise.all([
      repository.list(filter, order, (number - 1) * pageSize, pageSize),
      repository.count(filter),
      repository.countByState({ kind: 'request', agency }),
      agencyNames(),
    ]);
    const model = requestsPage(
      {
        requests,
        total,
        counts,
        state,
        agency,
        order,
        agencies,
        query,
        page: number,
        pageSize,
        today: today(),
      },
      context,
    );
    return show('requests', model, {
      title: titled('request.heading', context),
      description: context.t('request.intro'),
      nav: 'request',
      noindex: query.size > 0,
      alternates: [
        {
          type: 'application/atom+xml',
          href: '/request.atom',
          title: context.t('request.answers'),
        },
        { type: 'application/json', href: '/api/v1/requests' },
      ],
    });
  }

  function shower(kind: InquiryKind) {
    return async (context: PageContext, request: Request) => {
      const id = String(request.params['id']);
      const inquiry = await inquiryRepository(db).find(id);
      if (inquiry?.kind !== kind || inquiry.state === 'rejected') throw inquiryNotFound(kind, id);
      const [agencies, datasets] = await Promise.all([
        agencyNames(),
        usedDatasetRepository(db).find(inquiry.dataset === undefined ? [] : [inquiry.dataset]),
      ]);
      const done = queryOf(request).get('done');
      const model = inquiryPage({ inquiry, agencies, datasets, done, today: today() }, context);
      return show('inquiry', model, {
        title: `${model.title.text} · ${context.t('site.name')}`,
        nav: 'request',
        noindex: !inquiry.isShown,
      });
    };
  }

  async function submit(visit: PublicVisit, fields: URLSearchParams) {
    try {
      const sender = await visit.sender();
      const input = inputOf('request', fields);
      // What is wrong is said first, what is similar after.
      decode('request', input);
      const { datasets, requests } = await similarTo(titleOf(fields, visit.context));
      const isNew = datasets.length + requests.length === 0 || fields.get('act') === 'anyway';
      if (!isNew) return { ...(await showForm(visit, { fields, isHeld: true })), status: 200 };
      const { id } = await submitRequest(input, sender, deps);
      return `/request/${id}?done=sent`;
    } catch (error) {
      return showForm(visit, { fields, error });
    }
  }

  async function showForm({ context }: PublicVisit, { fields, error, isHeld }: Tried) {
    const [agencies, similar] = await Promise.all([
      agencyNames(),
      similarTo(titleOf(fields, context)),
    ]);
    const findings = findingsOf(error, context.lang);
    const model = requestFormPage(
      { fields, findings, similar, agencies, today: today(), isHeld: isHeld === true },
      context,
    );
    return show('request-form', model, {
      title: titled('request.new.heading', context),
      nav: 'request',
    });
  }

  async function support(request: Request, response: Response): Promise<void> {
    assertOwnOrigin(request, deps.baseURL);
    const id = String(request.params['id']);
    const known = cookieOf(request, 'supporter', deps.baseURL);
    const visitor = known && /^[\w-]{43}$/.test(known) ? known : unguessable();
    const sender = await senderOf(request, deps);
    const isNew = await supportRequest(id, visitor, sender, deps);
    if (visitor !== known) setCookie(response, 'supporter', visitor, deps.baseURL, yearSeconds);
    const { url } = contextOf(request, deps.baseURL);
    response.redirect(303, url(`/request/${id}?done=${isNew ? 'supported' : 'already'}`));
  }

  /** What there is already of what somebody asks for: all its words, else as many of the first as find something. */
  async function similarTo(title: string): Promise<Similar> {
    const words = [...tellingWords(fold(title.slice(0, 200)))].slice(0, 6);
    const requests = await similarRequests(title.slice(0, 200), db);
    for (let count = words.length; count >= Math.min(2, words.length) && count > 0; count -= 1) {
      const q = words.slice(0, count).join(' ');
      const query = readSearchQuery(new URLSearchParams({ q }));
      const { hits } = await deps.search.search(query, 1, mostSimilar);
      if (hits.length > 0) return { datasets: hits, requests };
    }
    return { datasets: [], requests };
  }

  async function agencyNames(): Promise<AgencyNames> {
    const agencies = await agencyRepository(deps.database.read).list();
    return new Map(agencies.map(({ record }) => [record.id, record.name]));
  }

  function today(): string {
    return localDate(deps.clock());
  }
}

function titleOf(fields: URLSearchParams, { lang }: PageContext): string {
  return fields.get(`title.${lang}`) ?? '';
}
