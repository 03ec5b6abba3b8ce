import type { NextFunction, Request, Response } from 'express';
import type { DatasetRecord } from '../../catalog/model/dataset.ts';
import type { Search } from '../../catalog/search/search-datasets.ts';
import { readSearchQuery } from '../../catalog/search/search-query.ts';
import { answer, hashOf } from '../http/answer.ts';
import { type Language, languageOf } from '../http/language.ts';
import { createPageMemory, type MadePage } from '../http/page-memory.ts';
import type { Problem } from '../http/problem.ts';
import { wordsOfAddress } from '../pages/nearest-addresses.ts';
import { createPageContext, type PageContext } from '../pages/page-context.ts';
import { isLost, problemPage } from '../pages/problem-page.ts';
import { type Frame, renderPage } from '../pages/render.ts';
import { assetURL } from './assets.ts';

/** A page about to be shown: its template, what that shows, and its frame. */
export interface Shown {
  readonly name: string;
  readonly model: object;
  readonly frame: Frame;
}

export function show(name: string, model: object, frame: Frame): Shown {
  return { name, model, frame };
}

/** The title of a page from the key of its heading, with the site's name. */
export function titled(key: string, context: PageContext): string {
  return `${context.t(key)} · ${context.t('site.name')}`;
}

/**
 * The picture of a page where that is shared. See share-pictures.ts for the pages that have one.
 *
 * @param query what the picture depends on beside the page's path, with its question mark
 */
export function pictureOf(
  page: string,
  title: string,
  { url }: PageContext,
  query = '',
): NonNullable<Frame['picture']> {
  return { href: url(`${page}/share.png${query}`), alt: title };
}

type Handler = (request: Request, response: Response, next: NextFunction) => Promise<void>;

/** Makes handlers of pages. A client that takes no HTML is passed on. */
export interface PageHandlers {
  /** A page that is made for each request. */
  page(work: (context: PageContext, request: Request) => Promise<Shown>): Handler;
  /**
   * A page that is made once for what it is made from.
   *
   * @param keyOf all that the page depends on
   * @param seen called each time it is shown
   */
  rememberedPage(
    work: (context: PageContext, request: Request) => Promise<Shown>,
    keyOf: (request: Request) => string | Promise<string>,
    seen?: (request: Request, response: Response) => void,
  ): Handler;
}

/** The handlers of a site at `baseURL`; what they remember, they share. */
export function createPageHandlers(baseURL: string): PageHandlers {
  const memory = createPageMemory();
  const making = new Map<string, Promise<MadePage>>();

  return {
    page: (work) => async (request, response, next) => {
      if (!request.accepts('text/html')) {
        next();
        return;
      }
      const html = await make(request, work);
      await answer(request, response, { mediaType: 'text/html', write: () => html });
    },

    rememberedPage: (work, keyOf, seen) => async (request, response, next) => {
      if (!request.accepts('text/html')) {
        next();
        return;
      }
      const key = await keyOf(request);
      const made = () => makeOnce(key, request, work);
      const { etag, html } = memory.find(key) ?? (await made());
      seen?.(request, response);
      const write = async () => html ?? (await made()).html;
      await answer(request, response, { mediaType: 'text/html', etag, write });
    },
  };

  async function make(
    request: Request,
    work: (context: PageContext, request: Request) => Promise<Shown>,
  ): Promise<string> {
    const context = contextOf(request, baseURL);
    const { name, model, frame } = await work(context, request);
    return renderPage(name, model, frame, context);
  }

  /** Readers who come together for a page that nobody has made yet wait for the first of them. */
  function makeOnce(
    key: string,
    request: Request,
    work: (context: PageContext, request: Request) => Promise<Shown>,
  ): Promise<MadePage> {
    const known = making.get(key);
    if (known !== undefined) return known;
    const made = make(request, work)
      .then((html) => {
        const page = { html, etag: hashOf(html) };
        memory.keep(key, page);
        return page;
      })
      .finally(() => making.delete(key));
    making.set(key, made);
    return made;
  }
}

/** What a page for this request knows: its language, from the path, and its addresses. */
export function contextOf(request: Request, baseURL: string): PageContext {
  const lang: Language = languageOf(request);
  const path =
    lang === 'en' ? request.originalUrl.replace(/^\/en/, '') || '/' : request.originalUrl;
  return createPageContext(lang, {
    baseURL,
    path: path.startsWith('/') ? path : `/${path}`,
    asset: assetURL,
  });
}

export interface ProblemPageDeps {
  readonly baseURL: string;
  readonly search: Search;
}

/** A problem as a page: where nothing is found, with what comes nearest. */
export async function renderProblemPage(
  problem: Problem,
  request: Request,
  deps: ProblemPageDeps,
): Promise<string> {
  const context = contextOf(request, deps.baseURL);
  const words = wordsOfAddress(context.path);
  const similar = isLost(problem) ? await similarDatasets(words, deps.search) : [];
  const model = problemPage(problem, { words, similar }, context);
  const title = `${model.heading} · ${context.t('site.name')}`;
  return renderPage('problem', model, { title, noindex: true }, context);
}

const mostSimilar = 4;

/** Helping must not become the next problem: where nothing can be searched, there is nothing to show. */
async function similarDatasets(words: string, search: Search): Promise<readonly DatasetRecord[]> {
  if (words === '') return [];
  try {
    const query = readSearchQuery(new URLSearchParams({ q: words }));
    const { hits } = await search.search(query, 1, mostSimilar);
    return hits.map(({ record }) => record);
  } catch {
    return [];
  }
}
