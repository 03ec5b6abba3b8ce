import { Router } from 'express';
import { agenciesOf, assertMay, hasRole } from '../../../catalog/access/actor.ts';
import { localDate } from '../../../catalog/kernel/clock.ts';
import type { Role } from '../../../catalog/model/lifecycle.ts';
import {
  advanceInquiry,
  inquiryNotFound,
  mayRead,
} from '../../../catalog/reuse/advance-inquiry.ts';
import {
  type InquiryAct,
  inquiryActs,
  inquiryStates,
  openStates,
} from '../../../catalog/reuse/inquiry-lifecycle.ts';
import {
  type Inquiry,
  type InquiryFilter,
  inquiryRepository,
} from '../../../catalog/reuse/inquiry-repository.ts';
import { usedDatasetRepository } from '../../../catalog/reuse/used-dataset-repository.ts';
import { choice, queryOf } from '../../http/read-parameters.ts';
import { findingsOf } from '../../pages/findings.ts';
import {
  type DeskView,
  deskViews,
  inquiryAtDeskPage,
  inquiryDeskPage,
} from '../../pages/inquiry-desk-page.ts';
import { show, titled } from '../show-page.ts';
import { agencyNames } from './agency-names.ts';
import {
  inEveryLanguage,
  type SignedInVisit,
  type WorkspaceDeps,
  type WorkspaceHandlers,
} from './handlers.ts';

/** Who answers, for an agency or for the city. */
const answerers: readonly Role[] = ['editor', 'approver', 'coordinator', 'administrator'];
const most = 200;

interface Tried {
  readonly act: InquiryAct;
  readonly form: URLSearchParams;
  readonly error: unknown;
}

/** `/workspace/inquiries`: what people ask for and report, by those who answer it. */
export function inquiryRoutes(
  { workspacePage, workspaceAction }: WorkspaceHandlers,
  deps: WorkspaceDeps,
): Router {
  const router = Router();
  const db = deps.database.current;

  router.get(
    inEveryLanguage('/workspace/inquiries'),
    workspacePage(async ({ actor, context, request }) => {
      if (!hasRole(actor, answerers)) assertMay(actor, answerers);
      const view = choice<DeskView>(queryOf(request), 'view', deskViews) ?? 'open';
      const agencies = agenciesOf(actor);
      const filter: InquiryFilter = {
        ...filterOf(view),
        ...(agencies !== 'all' && { agencies }),
      };
      const order = view === 'open' || view === 'overdue' ? 'due' : 'newest';
      const [found, names] = await Promise.all([
        inquiryRepository(db).list(filter, order, 0, most),
        agencyNames(deps),
      ]);
      const model = inquiryDeskPage(found, view, names, today(), context);
      return frame('workspace-inquiries', model, context);
    }),
  );
  router.get(
    inEveryLanguage('/workspace/inquiries/:id'),
    workspacePage((visit) => inquiryPage(visit)),
  );
  for (const act of inquiryActs) {
    router.post(
      inEveryLanguage(`/workspace/inquiries/:id/${act}`),
      workspaceAction(async (visit, form) => {
        const { id, kind } = await getInquiry(visit);
        try {
          await advanceInquiry(kind, id, act, Object.fromEntries(form), visit.actor, deps);
        } catch (error) {
          return inquiryPage(visit, { act, form, error });
        }
        // Who passed it on, or threw it away, reads it no more.
        const isLeft = act === 'assign' || act === 'reject';
        const back = isLeft ? '/workspace/inquiries' : `/workspace/inquiries/${id}`;
        return `${back}?done=inquiry-${act}`;
      }),
    );
  }
  return router;

  async function inquiryPage(visit: SignedInVisit, tried?: Tried) {
    const { actor, context } = visit;
    const inquiry = await getInquiry(visit);
    const [agencies, datasets] = await Promise.all([
      agencyNames(deps),
      usedDatasetRepository(db).find(inquiry.dataset === undefined ? [] : [inquiry.dataset]),
    ]);
    const model = inquiryAtDeskPage(
      {
        inquiry,
        actor,
        datasets,
        agencies,
        today: today(),
        form: tried?.form ?? new URLSearchParams(),
        tried: tried?.act,
        findings: findingsOf(tried?.error, context.lang),
      },
      context,
    );
    return frame('workspace-inquiry', model, context);
  }

  async function getInquiry({ request, actor }: SignedInVisit): Promise<Inquiry> {
    const id = String(request.params['id']);
    const inquiry = await inquiryRepository(db).find(id);
    if (!inquiry || !mayRead(actor, inquiry)) throw inquiryNotFound('request', id);
    return inquiry;
  }

  function filterOf(view: DeskView): InquiryFilter {
    if (view === 'open') return { states: openStates };
    if (view === 'overdue') return { states: openStates, dueBefore: today() };
    if (view === 'answered') return { states: ['planned', 'answered', 'declined'] };
    return { states: [...inquiryStates, 'rejected'] };
  }

  function today(): string {
    return localDate(deps.clock());
  }

  function frame(name: string, model: object, context: SignedInVisit['context']) {
    const title = titled('workspace.inquiries.heading', context);
    return show(name, model, { title, nav: 'inquiries' });
  }
}
