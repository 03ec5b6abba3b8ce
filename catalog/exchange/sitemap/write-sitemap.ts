import { xmlAttribute, xmlText } from '../../kernel/xml.ts';

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
const namespace = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"';

/** A page in Vietnamese, by its path; the English one is at the same path under `/en`. */
export interface SitemapPage {
  readonly path: string;
  readonly changedAt?: string | undefined;
}

export interface SitemapPart {
  readonly url: string;
  readonly changedAt?: string | undefined;
}

/** Lists the parts of a site map. @see https://www.sitemaps.org/protocol.html */
export function writeSitemapIndex(parts: readonly SitemapPart[]): string {
  const written = parts.map(
    ({ url, changedAt }) =>
      `<sitemap><loc>${xmlText(url)}</loc>${lastModified(changedAt)}</sitemap>\n`,
  );
  return `${declaration}<sitemapindex ${namespace}>\n${written.join('')}</sitemapindex>\n`;
}

/** One part: at most 50,000 pages, each with both its languages. */
export function writeSitemap(pages: readonly SitemapPage[], baseURL: string): string {
  const written = pages.map(({ path, changedAt }) => {
    const vietnamese = baseURL + path;
    const english = `${baseURL}/en${path}`;
    return `<url><loc>${xmlText(vietnamese)}</loc>${lastModified(changedAt)}${link('vi', vietnamese)}${link('en', english)}</url>\n`;
  });
  return `${declaration}<urlset ${namespace} xmlns:xhtml="http://www.w3.org/1999/xhtml">\n${written.join('')}</urlset>\n`;
}

function link(lang: string, url: string): string {
  return `<xhtml:link rel="alternate" hreflang="${lang}" href="${xmlAttribute(url)}"/>`;
}

function lastModified(changedAt: string | undefined): string {
  return changedAt === undefined ? '' : `<lastmod>${changedAt.slice(0, 19)}Z</lastmod>`;
}
