import { pickLanguage } from '../../kernel/lang-text.ts';
import { xmlAttribute, xmlText } from '../../kernel/xml.ts';
import type { DatasetRecord } from '../../model/dataset.ts';
import { vocabulary } from '../../model/vocabularies.ts';
import { beginOf, keywordsOf } from '../distribution-facts.ts';

export interface AtomEntry {
  readonly record: DatasetRecord;
  readonly changedAt: string;
  readonly publisher: string;
}

export interface AtomFeed {
  readonly baseURL: string;
  /** The same whatever the page. */
  readonly id: string;
  readonly title: string;
  readonly updated: string;
  /** The page for people that shows the same. */
  readonly alternate: string;
  /** From 1. */
  readonly page: number;
  readonly lastPage: number;
  readonly pageURL: (page: number) => string;
  readonly entries: readonly AtomEntry[];
}

const themes = vocabulary('data-theme');

/** Writes a page of a feed as CKAN does: the enclosure leads to package_show. RFC 4287; RFC 5005 §3. */
export function writeAtom(feed: AtomFeed): string {
  const { page, lastPage, pageURL } = feed;
  const pages = { first: 1, prev: page - 1, next: page + 1, last: lastPage };
  const links = Object.entries(pages)
    .filter(([, target]) => target >= 1 && target <= lastPage)
    .map(([rel, target]) => link(rel, pageURL(target), 'application/atom+xml'));
  return `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="vi">
<id>${xmlText(feed.id)}</id>
<title>${xmlText(feed.title)}</title>
<updated>${feed.updated}</updated>
${link('self', pageURL(page), 'application/atom+xml')}${link('alternate', feed.alternate, 'text/html')}${links.join('')}<generator>Khuê</generator>
${feed.entries.map((entry) => writeEntry(entry, feed.baseURL)).join('')}</feed>
`;
}

function writeEntry({ record, changedAt, publisher }: AtomEntry, baseURL: string): string {
  const url = `${baseURL}/dataset/${record.id}`;
  const title = pickLanguage(record.title, 'vi');
  const summary = pickLanguage(record.description, 'vi');
  const categories = [
    ...(record.theme ?? []).map((code) => [code, themes.labelOf(code, 'vi')] as const),
    ...keywordsOf(record).map((word) => [word, word] as const),
  ].map(
    ([term, label]) => `<category term="${xmlAttribute(term)}" label="${xmlAttribute(label)}"/>\n`,
  );
  const published = record.issued === undefined ? changedAt : beginOf(record.issued);
  const show = `${baseURL}/api/3/action/package_show?id=${encodeURIComponent(record.id)}`;
  return `<entry>
<id>${xmlText(url)}</id>
<title xml:lang="${xmlAttribute(title.lang)}">${xmlText(title.text)}</title>
<updated>${changedAt}</updated>
<published>${published}</published>
<author><name>${xmlText(publisher)}</name></author>
${link('alternate', url, 'text/html')}${link('enclosure', show, 'application/json')}${categories.join('')}<summary xml:lang="${xmlAttribute(summary.lang)}">${xmlText(summary.text)}</summary>
</entry>
`;
}

function link(rel: string, href: string, type: string): string {
  return `<link rel="${rel}" href="${xmlAttribute(href)}" type="${type}"/>\n`;
}
