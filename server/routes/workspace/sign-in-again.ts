import { localised, type PageContext } from '../../pages/page-context.ts';
import { type Shown, show, titled } from '../show-page.ts';

/** The address of the sign-in that leads back to a path, which has no language. */
export function signInPath(path: string): string {
  const next = path === '/workspace' ? '' : `?next=${encodeURIComponent(path)}`;
  return `/workspace/sign-in${next}`;
}

/** Where to go after the sign-in: a path of the workspace, whatever was asked for. */
export function safeNext(written: string | null): string {
  const origin = 'http://localhost';
  if (written === null || !URL.canParse(written, origin)) return '/workspace';
  const { origin: other, pathname, search } = new URL(written, origin);
  const isOurs = other === origin && /^\/workspace(\/|$)/.test(pathname);
  return isOurs && !/^\/workspace\/sign-/.test(pathname) ? pathname + search : '/workspace';
}

/** A form that came when nobody was signed in any more: it waits on the page of the sign-in. */
export interface KeptForm {
  /** The path that it was sent to, without its language. */
  readonly path: string;
  /** Its fields, as a form is written. */
  readonly fields: string;
}

/** The sign-in, with the form that was sent too late. */
export function signInAgain(context: PageContext, form: URLSearchParams): Shown & { status: 401 } {
  const kept = { path: safeNext(context.path), fields: form.toString() };
  // Only by password: the provider would lead away from the form.
  return { ...signInPage(context, { kept }), status: 401 };
}

/** The page of the sign-in. */
export function signInPage(
  context: PageContext,
  model: {
    readonly email?: string;
    readonly next?: string;
    readonly kept?: KeptForm;
    readonly problem?: string;
    /** Whether there is single sign-on, too. */
    readonly hasOidc?: boolean;
    /** Whether a session at its provider goes on, after signing out here. */
    readonly isAtProvider?: boolean;
  },
): Shown {
  const page = {
    email: '',
    next: '',
    oidc:
      model.hasOidc === true
        ? context.url(`/workspace/sign-in/oidc?next=${encodeURIComponent(model.next ?? '')}`)
        : undefined,
    leaveProvider:
      model.isAtProvider === true ? context.url('/workspace/sign-out/oidc') : undefined,
    problems: model.problem === undefined ? [] : [model.problem],
    ...model,
    action: localised(context.lang, '/workspace/sign-in'),
  };
  return show('workspace-sign-in', page, { title: titled('workspace.signIn.heading', context) });
}

/** After the sign-in: the form that was kept, to be sent by a press. */
export function keptFormPage(context: PageContext, kept: KeptForm): Shown {
  const model = {
    action: localised(context.lang, kept.path),
    fields: [...new URLSearchParams(kept.fields)].map(([name, value]) => ({ name, value })),
    back: context.url('/workspace'),
  };
  return show('workspace-kept-form', model, { title: titled('workspace.kept.heading', context) });
}
