import { type LangText, pickLanguage } from '../kernel/lang-text.ts';
import { xmlAttribute, xmlText } from '../kernel/xml.ts';

/** Something that readers of a feed hear of. */
export interface News {
  /** Its page, which also identifies it. */
  readonly url: string;
  readonly title: LangText;
  readonly summary: LangText;
  readonly author: string;
  readonly publishedAt: string;
  readonly updatedAt: string;
  readonly category: { readonly term: string; readonly label: string };
}

export interface NewsFeed {
  readonly title: string;
  readonly self: string;
  /** The page for people that shows the same. */
  readonly alternate: string;
  /** The newest first. */
  readonly news: readonly News[];
  /** Said of a feed in which nothing is yet. */
  readonly now: string;
}

/** Writes a feed of what people made and were answered. RFC 4287. */
export function writeNews({ title, self, alternate, news, now }: NewsFeed): string {
  const updated = news.reduce((last, { updatedAt }) => (updatedAt > last ? updatedAt : last), '');
  return `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="vi">
<id>${xmlText(self)}</id>
<title>${xmlText(title)}</title>
<updated>${updated || now}</updated>
<link rel="self" href="${xmlAttribute(self)}" type="application/atom+xml"/>
<link rel="alternate" href="${xmlAttribute(alternate)}" type="text/html"/>
<generator>Khuê</generator>
${news.map(writeEntry).join('')}</feed>
`;
}

function writeEntry(news: News): string {
  const title = pickLanguage(news.title, 'vi');
  const summary = pickLanguage(news.summary, 'vi');
  const { term, label } = news.category;
  return `<entry>
<id>${xmlText(news.url)}</id>
<title xml:lang="${xmlAttribute(title.lang)}">${xmlText(title.text)}</title>
<updated>${news.updatedAt}</updated>
<published>${news.publishedAt}</published>
<author><name>${xmlText(news.author)}</name></author>
<link rel="alternate" href="${xmlAttribute(news.url)}" type="text/html"/>
<category term="${xmlAttribute(term)}" label="${xmlAttribute(label)}"/>
<summary xml:lang="${xmlAttribute(summary.lang)}">${xmlText(summary.text)}</summary>
</entry>
`;
}
