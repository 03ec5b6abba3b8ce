import { join } from 'node:path';
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
  /** Not for search engines: searches and problems. */
  readonly noindex?: boolean;
  /** schema.org JSON-LD, already safe to stand in a script element. */
  readonly structuredData?: string;
}

const views = join(projectRoot, 'views');
const compiled = new Map<string, ejs.TemplateFunction>();

/** Renders a page in its frame. Templates are compiled once. */
export function renderPage(
  name: string,
  model: object,
  frame: Frame,
  context: PageContext,
): string {
  const content = template(`pages/${name}`)({ ...context, page: model });
  const languages = {
    vietnamese: localised('vi', context.path),
    english: localised('en', context.path),
  };
  return template('layouts/page')({ ...context, ...languages, frame, content });
}

function template(name: string): ejs.TemplateFunction {
  const known = compiled.get(name);
  if (known) return known;
  const file = join(views, `${name}.ejs`);
  const made = ejs.compile(ejs.fileLoader(file).toString(), { filename: file, strict: false });
  compiled.set(name, made);
  return made;
}

/**
 * JSON that may stand in a script element: nothing in it can end the element.
 *
 * @see HTML, §4.12.1.3 Restrictions for contents of script elements
 */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
