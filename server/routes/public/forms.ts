import type { Request, RequestHandler, Response } from 'express';
import type { Clock } from '../../../catalog/kernel/clock.ts';
import { CatalogError } from '../../../catalog/kernel/errors.ts';
import type { Sender } from '../../../catalog/reuse/throttle.ts';
import { answerOnce } from '../../http/answer.ts';
import { assertOwnOrigin } from '../../http/csrf.ts';
import { formBody, formOf } from '../../http/form-body.ts';
import { formTicket, isTicket, readTicket } from '../../http/form-ticket.ts';
import { fieldsOf, type MultipartLimits, multipartForm } from '../../http/multipart-form.ts';
import type { SenderKeys } from '../../http/sender-keys.ts';
import { senderOf } from '../../http/sender-of.ts';
import type { PageContext } from '../../pages/page-context.ts';
import { renderPage } from '../../pages/render.ts';
import { contextOf, type Shown } from '../show-page.ts';

export interface PublicFormDeps {
  readonly baseURL: string;
  readonly secret: string;
  readonly clock: Clock;
  readonly senderKey: SenderKeys;
}

/** A request of a form that everybody may send. */
export interface PublicVisit {
  readonly request: Request;
  readonly response: Response;
  readonly context: PageContext;
  /** For the form when it is shown: the one that was sent, if it still counts, else another. */
  readonly ticket: string;
  /**
   * Where the form comes from, once it is likely that a person sent it.
   *
   * @throws {CatalogError} `invalid`: too fast, too old, or a field was filled in that nobody sees
   */
  sender(): Promise<Sender>;
}

/** What a form leads to: a path without its language, or a page that says what is wrong. */
export type PublicOutcome = string | (Shown & { readonly status?: number });

/** The field that people do not see. Programs fill in what is called so. */
export const trapField = 'homepage';

const mostBytes = '200kb';

export interface PublicForms {
  /** A page with a form: made for one reader, kept nowhere. */
  formPage(form: string, work: (visit: PublicVisit) => Promise<Shown>): RequestHandler;
  /** What a form does; a path is answered with 303, a page with 422. */
  formAction(
    form: string,
    work: (visit: PublicVisit, fields: URLSearchParams) => Promise<PublicOutcome>,
    file?: MultipartLimits,
  ): RequestHandler[];
}

/**
 * Makes the handlers of forms for everybody. Against floods and machines stand, without anybody else's help: a throttle
 * per network, a ticket that says when the form was opened, and a field that only programs fill in.
 */
export function createPublicForms(deps: PublicFormDeps): PublicForms {
  return {
    formPage: (form, work) => async (request, response) => {
      const visit = visitOf(form, new URLSearchParams(), request, response);
      await showPage(await work(visit), visit, 200);
    },

    formAction: (form, work, file) => [
      ...(file ? [multipartForm(file)] : formBody(mostBytes)),
      async (request, response) => {
        const fields = file ? fieldsOf(request) : formOf(request);
        assertOwnOrigin(request, deps.baseURL);
        const visit = visitOf(form, fields, request, response);
        const outcome = await work(visit, fields);
        if (typeof outcome === 'string') response.redirect(303, visit.context.url(outcome));
        else await showPage(outcome, visit, outcome.status ?? 422);
      },
    ],
  };

  function visitOf(
    form: string,
    fields: URLSearchParams,
    request: Request,
    response: Response,
  ): PublicVisit {
    const sent = fields.get('ticket') ?? '';
    return {
      request,
      response,
      context: contextOf(request, deps.baseURL),
      ticket: isTicket(form, sent, deps) ? sent : formTicket(form, deps),
      sender: async () => {
        if (fields.get(trapField)) throw trapped();
        return senderOf(request, deps, readTicket(form, sent, deps));
      },
    };
  }

  async function showPage(
    { name, model, frame }: Shown,
    { request, response, context, ticket }: PublicVisit,
    status: number,
  ): Promise<void> {
    // Private links are secrets: no other site hears them.
    response.set('Referrer-Policy', 'same-origin');
    const html = renderPage(name, { ...model, ticket, trapField }, frame, context);
    await answerOnce(request, response, { status, html });
  }
}

function trapped(): CatalogError {
  return new CatalogError('invalid', 'form-filled-by-machine', {
    vi: 'Có một ô ẩn đã được điền, như máy tự điền; hãy để trống ô đó rồi gửi lại.',
    en: 'A hidden field was filled in, as machines do; leave it empty and send it again.',
  });
}
