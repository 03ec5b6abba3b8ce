import { basename, join } from 'node:path';
import ejs from 'ejs';
import { projectRoot } from '../../catalog/kernel/project-root.ts';
import { localised, type PageContext } from './page-context.ts';

/** What the frame of a page shows. */
export interface Frame {
  readonly title: string;
  readonly description?: string;
  /** The part of the site that the navigation marks. */
  readonly nav?: string;
  /** Other forms of the page, for clients that look in its head. */
  readonly alternates?: readonly {
    readonly type: string;
    readonly href: string;
    readonly title?: string;
  }[];
  /** The picture of the page where it is shared, from its root, and what is in it; absent: the catalogue's. */
  readonly picture?: { readonly href: string; readonly alt: string };
  /** Not for search engines: searches and problems. */
  readonly noindex?: boolean;
  /** Who works in the workspace; such a page has its own frame. */
  readonly workspace?: WorkspaceFrame;
}

/** What the frame of a page of the workspace shows beside the page. */
export interface WorkspaceFrame {
  /** Who is signed in; absent: nobody yet. */
  readonly name?: string;
  readonly entries: readonly {
    readonly key: string;
    readonly label: string;
    readonly href: string;
  }[];
  /** What was done by the form that led here. */
  readonly notice?: string;
  /** The token that every form carries. */
  readonly csrf: string;
}

const views = join(projectRoot, 'views');
/** A compiled template: gives the page when it is given what the page shows. */
type Template = (shown: object) => string;
const compiled = new Map<string, Template>();

/** Renders a page in its frame. Templates, and the partials they include, are compiled once. */
export function renderPage(
  name: string,
  model: object,
  frame: Frame,
  context: PageContext,
): string {
  const csrf = frame.workspace?.csrf;
  const content = template(`pages/${name}`)({ ...context, page: model, csrf });
  const languages = {
    vietnamese: localised('vi', context.path),
    english: localised('en', context.path),
  };
  const layout = frame.workspace ? 'layouts/workspace' : 'layouts/page';
  return template(layout)({ ...context, ...languages, frame, content });
}

/** Renders the body of a mail, which has no frame. */
export function renderMail(name: string, model: object, context: PageContext): string {
  return template(`mails/${name}`)({ ...context, letter: model });
}

/**
 * A template by its name, compiled once. What templates include are partials, and these are found by name too.
 *
 * Our `include` is given as a name among the others, which in a template comes before EJS's own: that one reads and
 * compiles the partial again every time.
 */
function template(name: string): Template {
  const known = compiled.get(name);
  if (known) return known;
  const filename = join(views, `${name}.ejs`);
  const text = ejs.fileLoader(filename).toString();
  const names = new Set<string>();
  let render: Template | undefined;
  const made: Template = (shown) => {
    const include = (partial: string, more: object) =>
      template(`partials/${basename(partial)}`)({ ...shown, ...more });
    const locals = { ...shown, include };
    const isNew = (key: string) => !names.has(key);
    if (render === undefined || Object.keys(locals).some(isNew)) {
      for (const key of Object.keys(locals)) names.add(key);
      render = compile(text, filename, names);
    }
    return render(locals);
  };
  compiled.set(name, made);
  return made;
}

/**
 * Compiles a template that knows these names. EJS would look each of them up in a `with` statement, which takes three
 * times as long.
 */
function compile(text: string, filename: string, names: ReadonlySet<string>): Template {
  const options = {
    filename,
    _with: false,
    destructuredLocals: [...names],
    // The names come from an object that was made for them, which EJS need not copy again.
    unsafePrototypeLocals: true,
  };
  return ejs.compile(text, options);
}
