import { type NextFunction, type Request, type Response, Router } from 'express';
import type { Describer } from '../../catalog/dcat/record-forms.ts';
import { agencyRepository } from '../../catalog/inventory/agency-repository.ts';
import { CatalogError } from '../../catalog/kernel/errors.ts';
import { planRepository } from '../../catalog/plan/plan-repository.ts';
import { catalogParts, type FoundPart } from '../../catalog/publication/catalog-parts.ts';
import { exportCatalog } from '../../catalog/publication/export-catalog.ts';
import { latest } from '../../catalog/publication/feed-document.ts';
import { feedPage } from '../../catalog/publication/feed-page.ts';
import { publishedRepository } from '../../catalog/publication/published-repository.ts';
import { mediaTypeOf, type Syntax } from '../../catalog/rdf/syntaxes.ts';
import type { Search } from '../../catalog/search/search-datasets.ts';
import { readSearchQuery, type SearchQuery } from '../../catalog/search/search-query.ts';
import { catalogVersion } from '../../catalog/storage/catalog-version.ts';
import type { Database } from '../../catalog/storage/database.ts';
import { alternates } from '../http/alternates.ts';
import { answer } from '../http/answer.ts';
import { isFresh, tagOf } from '../http/conditional.ts';
import { encodingFor } from '../http/encoding.ts';
import { pageOrSyntax, suffixNames, syntaxOfSuffix, syntaxOrPage } from '../http/negotiate.ts';
import { moment, queryOf, wholeNumber } from '../http/read-parameters.ts';
import { Refusal } from '../http/refusal.ts';
import { streamBody } from '../http/stream.ts';
import { planNotFound, readPlanYear } from './annex.ts';

export interface FeedDeps {
  readonly baseURL: string;
  readonly database: Database;
  readonly describer: Describer;
  readonly search: Search;
}

const pageSize = { from: 1, to: 1000, otherwise: 100 };
const page = { from: 1, to: 1_000_000_000, otherwise: 1 };
const position = { from: 0, to: 1_000_000_000, otherwise: 0 };

/** The catalogue as linked data: pages of it, all of it, and one agency's. */
export function feedRoutes(deps: FeedDeps): Router {
  const router = Router();

  router.get('/context.jsonld', async (request: Request, response: Response) => {
    await answer(request, response, {
      mediaType: 'application/ld+json',
      cacheControl: 'public, max-age=3600',
      write: () => JSON.stringify(deps.describer.context.document, undefined, 1),
    });
  });

  router.get('/catalog', async (request: Request, response: Response) => {
    const wanted = syntaxOrPage(request);
    response.vary('Accept');
    if (wanted === 'page') response.redirect(303, `${deps.baseURL}/dataset`);
    else await answerPage(request, response, wanted, readSearchQuery(queryOf(request)));
  });

  // The home page, asked for as data, is the catalogue.
  router.get('/', async (request: Request, response: Response, next: NextFunction) => {
    const wanted = pageOrSyntax(request);
    if (wanted === 'page') next();
    else
      await answerPage(request, response, wanted, readSearchQuery(queryOf(request)), {
        path: '/catalog',
      });
  });

  router.get('/catalog.:suffix', async (request: Request, response: Response) => {
    const query = readSearchQuery(queryOf(request));
    await answerPage(request, response, syntaxFrom(request), query);
  });

  router.get('/agency/:id/catalog.:suffix', async (request: Request, response: Response) => {
    const id = String(request.params['id']);
    if (!(await agencyRepository(deps.database.read).find(id))) throw agencyNotFound(id);
    const query = readSearchQuery(queryOf(request));
    const own = { ...query, filters: { ...query.filters, publisher: [id] } };
    await answerPage(request, response, syntaxFrom(request), own);
  });

  router.get('/catalog/all.:suffix', async (request: Request, response: Response) => {
    const syntax = syntaxFrom(request);
    await deps.database.snapshot(async (db) => {
      const repository = publishedRepository(db);
      const agencies = agencyRepository(db);
      const { changedAt: published } = await repository.extent();
      const changedAt = latest([published, await agencies.changedAt()]);
      const encoding = encodingFor(request);
      const etag = `all-${await catalogVersion(db)}-${syntax}`;
      response.set({
        'Content-Type': mediaTypeOf(syntax),
        'Cache-Control': 'public, no-cache',
        ETag: tagOf(etag, encoding),
        Link: alternates(`${deps.baseURL}/catalog/all`),
      });
      response.vary('Accept-Encoding');
      if (changedAt !== undefined) response.set('Last-Modified', new Date(changedAt).toUTCString());
      if (isFresh(request, etag, changedAt)) {
        response.status(304).end();
        return;
      }
      if (encoding !== 'identity') response.set('Content-Encoding', encoding);
      if (request.method === 'HEAD') response.end();
      else await streamBody(request, response, exportCatalog(syntax, deps.describer, db));
    });
  });

  router.get(
    '/catalog/:part.:suffix',
    async (request: Request, response: Response, next: NextFunction) => {
      const id = String(request.params['part']);
      const part = (await catalogParts(deps.describer, deps.database.read)).find(
        (found) => found.part.id === id,
      );
      if (!part) {
        next();
        return;
      }
      const query = readSearchQuery(queryOf(request));
      const { applicableLegislation, plan } = part.filter;
      const filters = {
        ...query.filters,
        ...(applicableLegislation !== undefined && {
          applicableLegislation: [applicableLegislation],
        }),
        ...(plan !== undefined && { plan: [plan] }),
      };
      await answerPage(request, response, syntaxFrom(request), { ...query, filters }, { part });
    },
  );

  // The IRI of a part, and of a plan, lead a person to what is in it.
  router.get('/catalog/:part', async (request: Request, response: Response, next: NextFunction) => {
    const id = String(request.params['part']);
    const part = (await catalogParts(deps.describer, deps.database.read)).find(
      (found) => found.part.id === id,
    );
    if (!part) {
      next();
      return;
    }
    const wanted = pageOrSyntax(request);
    const target =
      wanted === 'page'
        ? `/dataset?${new URLSearchParams(part.filter)}`
        : `/catalog/${id}.${wanted}`;
    response.vary('Accept').redirect(303, deps.baseURL + target);
  });

  router.get('/plan/:year', async (request: Request, response: Response, next: NextFunction) => {
    const wanted = pageOrSyntax(request);
    response.vary('Accept');
    if (wanted === 'page') {
      next();
      return;
    }
    const year = readPlanYear(request);
    if (!(await planRepository(deps.database.read).years()).includes(year))
      throw planNotFound(year);
    const query = new URLSearchParams({ year });
    response.redirect(303, `${deps.baseURL}/roadmap.${wanted}?${query}`);
  });

  return router;

  async function answerPage(
    request: Request,
    response: Response,
    syntax: Syntax,
    search: SearchQuery,
    { path = request.path, part }: { readonly path?: string; readonly part?: FoundPart } = {},
  ): Promise<void> {
    const query = queryOf(request);
    const db = deps.database.read;
    const number = wholeNumber(query, 'page', page);
    const document = await feedPage(
      {
        syntax,
        part,
        page: number,
        pageSize: wholeNumber(query, 'page_size', pageSize),
        after: query.has('after') ? wholeNumber(query, 'after', position) : undefined,
        pageURL: (target, after) => {
          const parameters = new URLSearchParams(query);
          parameters.set('page', String(target));
          parameters.delete('after');
          if (after !== undefined) parameters.set('after', String(after));
          return `${deps.baseURL}${path}?${parameters}`;
        },
        matching: await matching(search, moment(query, 'modified_since')),
      },
      deps.describer,
      db,
    );
    response.set('Link', alternates(`${deps.baseURL}${path.replace(/\.\w+$/, '')}`, query));
    await answer(request, response, { mediaType: mediaTypeOf(syntax), isKept: true, ...document });
  }

  /** Positions that a filter and a date leave; absent when there is neither. */
  async function matching(
    search: SearchQuery,
    since: string | undefined,
  ): Promise<readonly number[] | undefined> {
    const found = await deps.search.matching(search);
    if (since === undefined) return found;
    const changed = await publishedRepository(deps.database.read).changedSince(since);
    if (!found) return changed;
    const wanted = new Set(found);
    return changed.filter((position) => wanted.has(position));
  }
}

/** @throws {Refusal} 404 for a suffix we do not write, naming those we do */
function syntaxFrom(request: Request): Syntax {
  const suffix = String(request.params['suffix']);
  const syntax = syntaxOfSuffix(suffix);
  if (syntax) return syntax;
  throw new Refusal(404, 'suffix-unknown', {
    vi: `Không có dạng ".${suffix}"; có: ${suffixNames.join(', ')}.`,
    en: `There is no ".${suffix}"; there are: ${suffixNames.join(', ')}.`,
  });
}

export function agencyNotFound(id: string): CatalogError {
  return new CatalogError('not-found', 'agency-not-found', {
    vi: `Không có cơ quan "${id}"; xem danh sách ở /agency.`,
    en: `There is no agency "${id}"; see the list at /agency.`,
  });
}
