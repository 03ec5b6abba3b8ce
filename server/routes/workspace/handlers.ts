import type { Request, RequestHandler, Response } from 'express';
import type { Actor } from '../../../catalog/access/actor.ts';
import { unguessable } from '../../../catalog/access/keyed-hash.ts';
import type { AccessDeps, Visitor } from '../../../catalog/access/sessions.ts';
import { answerOnce } from '../../http/answer.ts';
import { visitorOf } from '../../http/authenticate.ts';
import { assertOwnForm, csrfToken } from '../../http/csrf.ts';
import { formBody, formOf } from '../../http/form-body.ts';
import { fieldsOf, type MultipartLimits, multipartForm } from '../../http/multipart-form.ts';
import { queryOf } from '../../http/read-parameters.ts';
import { Refusal } from '../../http/refusal.ts';
import { sessionKeyAfter, sessionKeyOf, setSessionKey } from '../../http/session-cookie.ts';
import { streamBody } from '../../http/stream.ts';
import { localised, type PageContext } from '../../pages/page-context.ts';
import { renderPage } from '../../pages/render.ts';
import { workspaceFrame } from '../../pages/workspace-frame.ts';
import { contextOf, type Shown } from '../show-page.ts';
import { signInAgain, signInPath } from './sign-in-again.ts';

export type WorkspaceDeps = AccessDeps & { readonly baseURL: string };

/** A request of a page of the workspace. */
export interface Visit {
  readonly request: Request;
  readonly response: Response;
  readonly context: PageContext;
}

/** A request of somebody who is signed in. */
export interface SignedInVisit extends Visit {
  readonly visitor: Visitor;
  readonly actor: Actor;
}

/** What a form leads to: a path of the workspace without its language, or a page that says what is wrong. */
export type Outcome = string | (Shown & { readonly status?: number });

/** A file about to be sent; in pieces when it may be long. */
export interface Download {
  readonly fileName: string;
  readonly mediaType: string;
  readonly body: string | Buffer | AsyncIterable<string>;
}

/** Makes the handlers of the workspace's pages. */
export interface WorkspaceHandlers {
  /** A page for those who are signed in; others are led to the sign-in, and back. */
  workspacePage(work: (visit: SignedInVisit) => Promise<Shown>): RequestHandler;
  /** A file for those who are signed in: a report, an export. */
  workspaceFile(work: (visit: SignedInVisit) => Promise<Download>): RequestHandler;
  /**
   * What a form does. It comes with our token or is refused; a path is answered with 303, a page with 422. A form of
   * somebody whose session ended meanwhile is kept, and offered again after the sign-in.
   */
  workspaceAction(
    work: (visit: SignedInVisit, form: URLSearchParams) => Promise<Outcome>,
  ): RequestHandler[];
  /** What a form with a file does. Nothing is read of what somebody sends who is not signed in. */
  workspaceUpload(
    limits: MultipartLimits,
    work: (visit: SignedInVisit, form: URLSearchParams) => Promise<Outcome>,
  ): RequestHandler[];
  /** What a script of a page sends of its form while somebody types, and the JSON that answers it. */
  workspaceAnswer(
    work: (visit: SignedInVisit, form: URLSearchParams) => Promise<object>,
  ): RequestHandler[];
  /** A page for everybody: the sign-in, and what one-time links open. */
  doorPage(work: (visit: Visit) => Promise<Outcome>): RequestHandler;
  /** What a form of such a page does. */
  doorAction(work: (visit: Visit, form: URLSearchParams) => Promise<Outcome>): RequestHandler[];
}

/** The paths of an address of the workspace in every language, for `router.get` and `router.post`. */
export function inEveryLanguage(path: string): string[] {
  return [path, localised('en', path)];
}

/** Whether a path belongs to the workspace. */
export function isWorkspace(path: string): boolean {
  return /^(\/en)?\/workspace(\/|$)/.test(path);
}

export function createWorkspaceHandlers(deps: WorkspaceDeps): WorkspaceHandlers {
  return {
    workspacePage: (work) => async (request, response) => {
      const visit = visitOf(request, response);
      const visitor = await visitorOf(request, deps);
      if (!visitor) {
        redirect(response, visit.context, signInPath(visit.context.path));
        return;
      }
      await showPage(await work({ ...visit, visitor, actor: visitor.actor }), visit, visitor, 200);
    },

    workspaceFile: (work) => async (request, response) => {
      const visit = visitOf(request, response);
      const visitor = await visitorOf(request, deps);
      if (visitor) await sendFile(await work({ ...visit, visitor, actor: visitor.actor }), visit);
      else redirect(response, visit.context, signInPath(visit.context.path));
    },

    workspaceAction: (work) => [
      ...formBody(),
      async (request, response) => {
        const visit = visitOf(request, response);
        const form = ownForm(request);
        const visitor = await visitorOf(request, deps);
        const outcome = visitor
          ? await work({ ...visit, visitor, actor: visitor.actor }, form)
          : signInAgain(visit.context, form);
        await conclude(outcome, visit, visitor);
      },
    ],

    workspaceUpload: (limits, work) => [
      async (request, _response, next) => {
        if (!(await visitorOf(request, deps))) throw signedOut();
        next();
      },
      multipartForm(limits),
      async (request, response) => {
        const visit = visitOf(request, response);
        const form = ownForm(request, fieldsOf(request));
        const visitor = await visitorOf(request, deps);
        if (!visitor) throw signedOut();
        await conclude(
          await work({ ...visit, visitor, actor: visitor.actor }, form),
          visit,
          visitor,
        );
      },
    ],

    workspaceAnswer: (work) => [
      ...formBody(),
      async (request, response) => {
        const visit = visitOf(request, response);
        const form = ownForm(request);
        const visitor = await visitorOf(request, deps);
        if (!visitor) throw signedOut();
        response.json(await work({ ...visit, visitor, actor: visitor.actor }, form));
      },
    ],

    doorPage: (work) => async (request, response) => {
      const visit = visitOf(request, response);
      const outcome = await work(visit);
      await conclude(typeof outcome === 'string' ? outcome : { status: 200, ...outcome }, visit);
    },

    doorAction: (work) => [
      ...formBody(),
      async (request, response) => {
        const visit = visitOf(request, response);
        await conclude(await work(visit, ownForm(request)), visit);
      },
    ],
  };

  function visitOf(request: Request, response: Response): Visit {
    // The addresses of links are secrets: no other site hears them.
    response.set({ 'X-Robots-Tag': 'noindex, nofollow', 'Referrer-Policy': 'same-origin' });
    response.set('Cache-Control', 'private, no-store');
    return { request, response, context: contextOf(request, deps.baseURL) };
  }

  /** The fields, once it is certain that a page of ours sent them to this browser. */
  function ownForm(request: Request, form = formOf(request)): URLSearchParams {
    const token = form.get('csrf') ?? request.get('X-CSRF-Token') ?? queryOf(request).get('csrf');
    assertOwnForm(request, sessionKeyOf(request, deps.baseURL), token ?? undefined, deps);
    form.delete('csrf');
    return form;
  }

  async function conclude(outcome: Outcome, visit: Visit, visitor?: Visitor): Promise<void> {
    if (typeof outcome === 'string') redirect(visit.response, visit.context, outcome);
    else await showPage(outcome, visit, visitor, outcome.status ?? 422);
  }

  async function showPage(
    { name, model, frame }: Shown,
    { request, response, context }: Visit,
    visitor: Visitor | undefined,
    status: number,
  ): Promise<void> {
    const done = queryOf(request).get('done');
    const csrf = csrfToken(sessionKey(request, response), deps);
    const workspace = workspaceFrame({ visitor, done, csrf }, context);
    const html = renderPage(name, model, { ...frame, workspace }, context);
    await answerOnce(request, response, { status, html });
  }

  /** The secret of this browser's forms, given to it with the first of them. */
  function sessionKey(request: Request, response: Response): string {
    const known = sessionKeyAfter(request, response, deps.baseURL);
    if (known !== undefined) return known;
    const made = unguessable();
    setSessionKey(response, made, deps.baseURL);
    return made;
  }
}

async function sendFile({ fileName, mediaType, body }: Download, { request, response }: Visit) {
  response.set(
    'Content-Type',
    /^text\//.test(mediaType) ? `${mediaType}; charset=utf-8` : mediaType,
  );
  response.attachment(fileName);
  if (typeof body === 'string' || Buffer.isBuffer(body)) response.end(body);
  else await streamBody(request, response, body);
}

function signedOut(): Refusal {
  return new Refusal(401, 'not-signed-in', {
    vi: 'Phiên đăng nhập đã hết; hãy đăng nhập lại.',
    en: 'The session has ended; sign in again.',
  });
}

function redirect(response: Response, context: PageContext, path: string): void {
  response.redirect(303, context.url(path));
}
