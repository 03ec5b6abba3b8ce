import { type Request, type Response, Router } from 'express';
import { getDataset } from '../../../catalog/inventory/get-dataset.ts';
import { CatalogError } from '../../../catalog/kernel/errors.ts';
import { rateDataset } from '../../../catalog/reuse/rate-dataset.ts';
import { type InquiryDeps, submitFeedback } from '../../../catalog/reuse/submit-inquiry.ts';
import { assertOwnOrigin } from '../../http/csrf.ts';
import { formBody, formOf } from '../../http/form-body.ts';
import { queryOf } from '../../http/read-parameters.ts';
import { senderOf } from '../../http/sender-of.ts';
import { feedbackFormPage } from '../../pages/feedback-form-page.ts';
import { findingsOf } from '../../pages/findings.ts';
import { inputOf } from '../../pages/public-form.ts';
import { contextOf, show } from '../show-page.ts';
import { createPublicForms, type PublicFormDeps, type PublicVisit } from './forms.ts';

export interface FeedbackDeps extends PublicFormDeps, InquiryDeps {}

/**
 * `/dataset/{id}/feedback`: a report of what is wrong, and to which file and row; `/dataset/{id}/usefulness`: the one
 * question, whose answer is two buttons, and a sentence for who wants to add one.
 */
export function feedbackRoutes(deps: FeedbackDeps): Router {
  const router = Router();
  const { formPage, formAction } = createPublicForms(deps);
  for (const prefix of ['', '/en']) {
    const address = `${prefix}/dataset/:id/feedback`;
    router.get(
      address,
      formPage('feedback', (visit) => showForm(visit, queryOf(visit.request))),
    );
    router.post(
      address,
      ...formAction('feedback', async (visit, fields) => {
        try {
          const dataset = String(visit.request.params['id']);
          const input = { ...inputOf('feedback', fields), dataset };
          const { id } = await submitFeedback(input, await visit.sender(), deps);
          return `/feedback/${id}?done=sent`;
        } catch (error) {
          return showForm(visit, fields, error);
        }
      }),
    );
    router.post(`${prefix}/dataset/:id/usefulness`, ...formBody('10kb'), rate);
  }
  return router;

  async function showForm(
    { request, context }: PublicVisit,
    fields: URLSearchParams,
    error?: unknown,
  ) {
    const { record } = await getDataset(
      String(request.params['id']),
      undefined,
      deps.database.current,
    );
    const useful = fields.get('useful');
    const isAfter = useful === 'yes' || useful === 'no';
    const model = feedbackFormPage(
      {
        record,
        fields,
        findings: findingsOf(error, context.lang),
        ...(isAfter && { isUseful: useful === 'yes' }),
      },
      context,
    );
    return show('feedback-form', model, {
      title: `${model.heading} · ${context.t('site.name')}`,
      nav: 'dataset',
      noindex: true,
    });
  }

  async function rate(request: Request, response: Response): Promise<void> {
    assertOwnOrigin(request, deps.baseURL);
    const answer = formOf(request).get('useful');
    if (answer !== 'yes' && answer !== 'no') throw answerMissing();
    const id = String(request.params['id']);
    await rateDataset(id, answer === 'yes', await senderOf(request, deps), deps);
    const { url } = contextOf(request, deps.baseURL);
    response.redirect(303, url(`/dataset/${id}/feedback?useful=${answer}`));
  }
}

function answerMissing(): CatalogError {
  return new CatalogError('malformed', 'answer-missing', {
    vi: '"useful" phải là "yes" hoặc "no".',
    en: '"useful" must be "yes" or "no".',
  });
}
