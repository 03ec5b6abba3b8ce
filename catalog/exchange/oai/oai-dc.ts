import type { LangText } from '../../kernel/lang-text.ts';
import { xmlAttribute, xmlText } from '../../kernel/xml.ts';
import type { DatasetRecord } from '../../model/dataset.ts';
import { vocabulary } from '../../model/vocabularies.ts';
import { languageTagsOf, licencesOf, mediaTypeOfFile, placeName } from '../distribution-facts.ts';

const themes = vocabulary('data-theme');

export interface OaiDcContext {
  readonly iri: string;
  readonly publisher: LangText;
}

/** A dataset in simple Dublin Core, which every OAI-PMH repository must offer. OAI-PMH 2.0 §3.4. */
export function writeOaiDc(record: DatasetRecord, { iri, publisher }: OaiDcContext): string {
  const themeLabels = (record.theme ?? []).flatMap((code) => themes.find(code)?.label ?? []);
  const distributions = record.distribution ?? [];
  const elements = [
    ...byLanguage('title', record.title),
    ...themeLabels.flatMap((label) => byLanguage('subject', label)),
    ...Object.entries(record.keyword ?? {}).flatMap(([lang, words]) =>
      words.map((word) => element('subject', word, lang)),
    ),
    ...byLanguage('description', record.description ?? {}),
    ...byLanguage('publisher', publisher),
    ...plain('date', [record.modified ?? record.issued]),
    ...plain('type', ['Dataset']),
    ...plain('format', distributions.map(mediaTypeOfFile)),
    ...plain('identifier', [iri, record.identifier]),
    ...plain('source', record.source ?? []),
    ...plain('language', languageTagsOf(record.language)),
    ...plain(
      'relation',
      distributions.map(({ downloadURL, accessURL }) => downloadURL ?? accessURL),
    ),
    ...plain(
      'coverage',
      (record.spatial ?? []).map((place) => placeName(place)),
    ),
    ...plain(
      'coverage',
      (record.temporal ?? []).map(({ startDate, endDate }) =>
        [startDate, endDate].filter((date) => date !== undefined).join('/'),
      ),
    ),
    ...plain(
      'rights',
      licencesOf(record).map(({ url }) => url),
    ),
  ];
  return `<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/oai_dc/ http://www.openarchives.org/OAI/2.0/oai_dc.xsd">
${elements.join('')}</oai_dc:dc>
`;
}

function byLanguage(name: string, text: LangText): readonly string[] {
  return Object.entries(text).map(([lang, value]) => element(name, value, lang));
}

function plain(name: string, values: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(values)].flatMap((value) => (value ? element(name, value) : []));
}

function element(name: string, value: string, lang?: string): string {
  const tag = lang === undefined ? '' : ` xml:lang="${xmlAttribute(lang)}"`;
  return `<dc:${name}${tag}>${xmlText(value)}</dc:${name}>\n`;
}
