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
  /** Not for search engines: searches and problems. */
  readonly noindex?: boolean;
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
  const content = template(`pages/${name}`)({ ...context, page: model });
  const languages = {
    vietnamese: localised('vi', context.path),
    english: localised('en', context.path),
  };
  return template('layouts/page')({ ...context, ...languages, frame, content });
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
  const file = join(views, `${name}.ejs`);
  const render = ejs.compile(ejs.fileLoader(file).toString(), { filename: file, strict: false });
  const made: Template = (shown) => {
    const include = (partial: string, more: object) =>
      template(`partials/${basename(partial)}`)({ ...shown, ...more });
    return render({ ...shown, include });
  };
  compiled.set(name, made);
  return made;
}
