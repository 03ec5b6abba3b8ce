import { createHash } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import {
  type SitemapPage,
  writeSitemap,
  writeSitemapIndex,
} from '../../catalog/exchange/sitemap/write-sitemap.ts';
import { agencyRepository } from '../../catalog/inventory/agency-repository.ts';
import { xmlAttribute, xmlText } from '../../catalog/kernel/xml.ts';
import { catalogSeed } from '../../catalog/publication/catalog-record.ts';
import { harvestRepository } from '../../catalog/publication/harvest-repository.ts';
import { publishedRepository } from '../../catalog/publication/published-repository.ts';
import type { Database } from '../../catalog/storage/database.ts';
import { answer } from '../http/answer.ts';
import { noSuchAddress } from '../http/refusal.ts';

export interface SitemapDeps {
  readonly baseURL: string;
  readonly database: Database;
}

/** A site map may hold 50,000 addresses and 50 MB; with two languages each, this stays below both. */
const partSize = 25_000;
const fixedPages = [
  '/',
  '/dataset',
  '/agency',
  '/roadmap',
  '/reuse',
  '/request',
  '/indicators',
  '/developers',
  '/developers/api',
];

/** What search engines and browsers look for: the site map, its rules, and how to search here. */
export function sitemapRoutes(deps: SitemapDeps): Router {
  const { baseURL } = deps;
  const db = deps.database.read;
  const router = Router();

  router.get('/sitemap.xml', async (request: Request, response: Response) => {
    await answerXml(request, response, async () => {
      const ranges = await harvestRepository(db).ranges(partSize);
      return writeSitemapIndex([
        { url: `${baseURL}/sitemap-pages.xml` },
        ...ranges.map(({ index, changedAt }) => ({
          url: `${baseURL}/sitemap-${index + 1}.xml`,
          changedAt,
        })),
      ]);
    });
  });

  router.get('/sitemap-pages.xml', async (request: Request, response: Response) => {
    await answerXml(request, response, async () => {
      const agencies = await agencyRepository(db).list();
      const pages: readonly SitemapPage[] = [
        ...fixedPages.map((path) => ({ path })),
        ...agencies.map(({ record, changedAt }) => ({ path: `/agency/${record.id}`, changedAt })),
      ];
      return writeSitemap(pages, baseURL);
    });
  });

  router.get('/sitemap-:part.xml', async (request: Request, response: Response) => {
    const part = String(request.params['part']);
    if (!/^[1-9]\d{0,4}$/.test(part)) throw noSuchAddress(request.path);
    const from = (Number(part) - 1) * partSize;
    const heads = await publishedRepository(db).headsBetween(from, from + partSize);
    if (heads.length === 0) throw noSuchAddress(request.path);
    await answerXml(request, response, async () =>
      writeSitemap(
        heads.map((head) => ({ path: `/dataset/${head.dataset_id}`, changedAt: head.changed_at })),
        baseURL,
      ),
    );
  });

  router.get('/robots.txt', async (request: Request, response: Response) => {
    const path = new URL(baseURL).pathname.replace(/\/$/, '');
    // Every choice of filters is an address of its own, without end; feeds and dataset pages have none.
    const lines = [
      'User-agent: *',
      `Disallow: ${path}/dataset?`,
      `Disallow: ${path}/en/dataset?`,
      `Allow: ${path}/`,
      '',
      `Sitemap: ${baseURL}/sitemap.xml`,
      '',
    ];
    await answer(request, response, { mediaType: 'text/plain', write: () => lines.join('\n') });
  });

  router.get('/opensearch.xml', async (request: Request, response: Response) => {
    await answer(request, response, {
      mediaType: 'application/opensearchdescription+xml',
      write: () => openSearch(baseURL),
    });
  });

  return router;

  /** The content follows from the catalogue and the agencies, so their versions name it. */
  async function answerXml(request: Request, response: Response, write: () => Promise<string>) {
    const etag = createHash('sha256')
      .update(`${baseURL}${request.path} ${await deps.database.version()}`)
      .digest('base64url')
      .slice(0, 22);
    await answer(request, response, { mediaType: 'application/xml', etag, write });
  }
}

/** @see OpenSearch 1.1 Draft 6 */
function openSearch(baseURL: string): string {
  const { title, description } = catalogSeed.catalog;
  const url = (type: string, template: string) =>
    `  <Url type="${type}" template="${xmlAttribute(baseURL + template)}"/>\n`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
  <ShortName>Khuê</ShortName>
  <LongName>${xmlText((title['vi'] ?? '').slice(0, 48))}</LongName>
  <Description>${xmlText(description['vi'] ?? '')}</Description>
${url('text/html', '/dataset?q={searchTerms}&page={startPage?}')}${url('application/atom+xml', '/feeds/custom.atom?q={searchTerms}&page={startPage?}')}${url('text/turtle', '/catalog.ttl?q={searchTerms}&page={startPage?}')}  <Url type="application/opensearchdescription+xml" rel="self" template="${xmlAttribute(baseURL)}/opensearch.xml"/>
  <Language>vi</Language>
  <Language>en</Language>
  <InputEncoding>UTF-8</InputEncoding>
  <OutputEncoding>UTF-8</OutputEncoding>
</OpenSearchDescription>
`;
}
