import { type Request, type Response, Router } from 'express';
import { writeAtom } from '../../catalog/exchange/atom/write-atom.ts';
import { findGroup, isOrganization } from '../../catalog/exchange/ckan-action/group-dict.ts';
import { agencyRepository } from '../../catalog/inventory/agency-repository.ts';
import { CatalogError } from '../../catalog/kernel/errors.ts';
import { pickLanguage } from '../../catalog/kernel/lang-text.ts';
import { vocabulary } from '../../catalog/model/vocabularies.ts';
import { catalogSeed } from '../../catalog/publication/catalog-record.ts';
import { harvestRepository } from '../../catalog/publication/harvest-repository.ts';
import { withRecords } from '../../catalog/publication/published-records.ts';
import { publishedRepository } from '../../catalog/publication/published-repository.ts';
import type { Search } from '../../catalog/search/search-datasets.ts';
import { readSearchQuery } from '../../catalog/search/search-query.ts';
import type { Database } from '../../catalog/storage/database.ts';
import { answer } from '../http/answer.ts';
import { queryOf, wholeNumber } from '../http/read-parameters.ts';
import { agencyNotFound } from './feeds.ts';

export interface AtomDeps {
  readonly baseURL: string;
  readonly database: Database;
  readonly search: Search;
}

/** What a feed is of: its name, and the search whose results it holds. */
interface Subject {
  readonly title: string;
  readonly search: URLSearchParams;
}

const pageSize = 20;
const themes = vocabulary('data-theme');
const siteTitle = pickLanguage(catalogSeed.catalog.title, 'vi').text;

/** Atom feeds of what was published or changed last, at our address and at those where CKAN has them. */
export function atomRoutes(deps: AtomDeps): Router {
  const router = Router();
  const db = deps.database.read;
  const everything: Subject = { title: siteTitle, search: new URLSearchParams() };

  for (const path of ['/feed.atom', '/feeds/dataset.atom', '/api/1/datasets/recent.atom']) {
    router.get(path, (request: Request, response: Response) => send(request, response, everything));
  }

  router.get('/feeds/organization/:id.atom', async (request: Request, response: Response) => {
    const reference = String(request.params['id']);
    const agencies = await agencyRepository(db).list();
    const agency = agencies.find((known) => isOrganization(known, reference));
    if (!agency) throw agencyNotFound(reference);
    const name = pickLanguage(agency.record.name, 'vi').text;
    await send(request, response, subject(name, { publisher: agency.record.id }));
  });

  router.get('/feeds/group/:theme.atom', async (request: Request, response: Response) => {
    const reference = String(request.params['theme']);
    const code = findGroup(reference)?.code;
    if (code === undefined) throw themeNotFound(reference);
    await send(request, response, subject(themes.labelOf(code, 'vi'), { theme: code }));
  });

  router.get('/feeds/tag/:name.atom', async (request: Request, response: Response) => {
    const name = String(request.params['name']);
    await send(request, response, subject(name, { keyword: name }));
  });

  router.get('/feeds/custom.atom', async (request: Request, response: Response) => {
    const search = new URLSearchParams(queryOf(request));
    search.delete('page');
    search.delete('sort');
    await send(request, response, { title: `${search.get('q') ?? ''} – ${siteTitle}`, search });
  });

  return router;

  async function send(request: Request, response: Response, { title, search }: Subject) {
    const range = { from: 1, to: 10_000_000, otherwise: 1 };
    const page = wholeNumber(queryOf(request), 'page', range);
    const matching = await deps.search.matching(readSearchQuery(search));
    const { live, changedAt } = await publishedRepository(db).extent();
    const lastPage = Math.max(1, Math.ceil((matching?.length ?? live) / pageSize));
    if (page > lastPage) throw pageOutOfRange(page, lastPage);
    const offset = (page - 1) * pageSize;
    const heads = await harvestRepository(db).lastChanged(matching, offset, pageSize);
    const [records, names] = await Promise.all([withRecords(heads, db), agencyNames()]);
    const own = new URLSearchParams(queryOf(request));
    const address = `${deps.baseURL}${request.path}`;
    own.delete('page');
    const pageURL = (target: number) => {
      const query = new URLSearchParams(own);
      if (target > 1) query.set('page', String(target));
      return query.size > 0 ? `${address}?${query}` : address;
    };
    await answer(request, response, {
      mediaType: 'application/atom+xml',
      write: () =>
        writeAtom({
          baseURL: deps.baseURL,
          id: pageURL(1),
          title,
          updated: heads[0]?.changedAt ?? changedAt ?? '1970-01-01T00:00:00Z',
          alternate: `${deps.baseURL}/dataset${search.size > 0 ? `?${search}` : ''}`,
          page,
          lastPage,
          pageURL,
          entries: records.map((entry) => ({
            ...entry,
            publisher: names.get(entry.publisher) ?? entry.publisher,
          })),
        }),
    });
  }

  async function agencyNames(): Promise<ReadonlyMap<string, string>> {
    const agencies = await agencyRepository(db).list();
    return new Map(agencies.map(({ record }) => [record.id, pickLanguage(record.name, 'vi').text]));
  }
}

function subject(name: string, filter: Readonly<Record<string, string>>): Subject {
  return { title: `${name} – ${siteTitle}`, search: new URLSearchParams(filter) };
}

function themeNotFound(code: string): CatalogError {
  const known = themes.concepts.map((concept) => concept.code).join(', ');
  return new CatalogError('not-found', 'theme-not-found', {
    vi: `Không có lĩnh vực "${code}"; có: ${known}.`,
    en: `There is no theme "${code}"; there are: ${known}.`,
  });
}

function pageOutOfRange(page: number, lastPage: number): CatalogError {
  return new CatalogError('not-found', 'page-out-of-range', {
    vi: `Không có trang ${page}; trang cuối là ${lastPage}.`,
    en: `There is no page ${page}; the last one is ${lastPage}.`,
  });
}
