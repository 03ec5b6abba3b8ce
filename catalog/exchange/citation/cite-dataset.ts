import { localDate } from '../../kernel/clock.ts';
import { type LangText, pickLanguage } from '../../kernel/lang-text.ts';
import type { DatasetRecord } from '../../model/dataset.ts';
import { vocabulary } from '../../model/vocabularies.ts';

/** What a citation of a dataset says, whatever the style. Dates are calendar dates, or as precise as they are known. */
export interface Citation {
  readonly id: string;
  readonly title: string;
  readonly publisher: string;
  readonly date: string;
  readonly version?: string;
  readonly url: string;
  /** BCP 47. */
  readonly language: string;
  readonly licence?: string;
}

/** The citation of a dataset in a language, dated by when its data changed last. */
export function citationOf(
  { record, changedAt }: { readonly record: DatasetRecord; readonly changedAt: string },
  publisher: LangText | undefined,
  { baseURL, lang }: { readonly baseURL: string; readonly lang: string },
): Citation {
  const { id, title, version, modified = changedAt } = record;
  const code = record.distribution?.find(({ license }) => license !== undefined)?.license;
  return {
    id,
    title: pickLanguage(title, lang).text,
    publisher: publisher ? pickLanguage(publisher, lang).text : record.publisher,
    date: modified.length > 10 ? localDate(modified) : modified,
    ...(version !== undefined && { version }),
    url: `${baseURL}/dataset/${id}`,
    language: lang,
    ...(code !== undefined && { licence: vocabulary('licence').labelOf(code, lang) }),
  };
}

/** BibTeX, as BibLaTeX and Zotero read it: an entry `@dataset`. A corporate author stands in braces of its own. */
export function writeBibTeX(citation: Citation): string {
  const { title, publisher, date, version, url, language, licence } = citation;
  const fields: readonly (readonly [string, string | undefined])[] = [
    ['author', `{${texText(publisher)}}`],
    ['title', `{${texText(title)}}`],
    ['year', date.slice(0, 4)],
    ['date', date],
    ['publisher', texText(publisher)],
    ['version', version === undefined ? undefined : texText(version)],
    ['url', url],
    ['langid', language === 'vi' ? 'vietnamese' : 'english'],
    ['note', licence === undefined ? undefined : texText(licence)],
  ];
  const lines = fields.flatMap(([name, value]) =>
    value === undefined ? [] : [`  ${name} = {${value}},\n`],
  );
  return `@dataset{${citation.id},\n${lines.join('')}}\n`;
}

/** RIS, which every reference manager takes: a line a tag, ended by CR LF, type DATA. */
export function writeRis(citation: Citation): string {
  const { title, publisher, date, version, url, language, licence } = citation;
  const fields: readonly (readonly [string, string | undefined])[] = [
    ['TY', 'DATA'],
    ['AU', publisher],
    ['TI', title],
    ['PB', publisher],
    ['PY', date.slice(0, 4)],
    ['DA', date.replaceAll('-', '/')],
    ['ET', version],
    ['UR', url],
    ['LA', language],
    ['N1', licence],
    ['ID', citation.id],
    ['ER', ''],
  ];
  return fields
    .filter(([, value]) => value !== undefined)
    .map(([tag, value]) => `${tag}  - ${oneLine(value ?? '')}\r\n`)
    .join('');
}

const texSigns: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
};

function texText(text: string): string {
  return oneLine(text).replace(/[\\~^&%$#_{}]/g, (sign) => texSigns[sign] ?? `\\${sign}`);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
