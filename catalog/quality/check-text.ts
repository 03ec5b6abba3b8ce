import { fold } from '../kernel/fold.ts';
import type { DatasetRecord } from '../model/dataset.ts';
import { type Check, met, notApplicable, type Place, type Subject } from './subject.ts';

/** A text of the record: where it stands, and in which language. */
interface Text {
  readonly pointer: string;
  readonly lang: string;
  readonly text: string;
}

/** Makes a check of texts out of a test of one: it fails where a text does. */
function everyText(
  gather: (subject: Subject) => readonly Text[],
  isBad: (text: Text, words: readonly string[]) => boolean,
): Check {
  return (subject, { parameters }) => {
    const texts = gather(subject);
    if (texts.length === 0) return notApplicable;
    const bad = texts.filter((text) => isBad(text, parameters?.words ?? []));
    return bad.length === 0 ? met : { state: 'unmet', places: bad.map(toPlace) };
  };
}

function toPlace({ pointer, text }: Text): Place {
  return { pointer, value: text.length > 80 ? `${text.slice(0, 80)}…` : text };
}

/** Beyond so many characters somebody has written something. */
const longestPlaceholder = 24;

/** No blanks before, after, or twice within a line. */
export const noStrayBlanks = everyText(
  allTexts,
  ({ text }) => text !== text.trim() || /[^\S\n]{2,}/.test(text),
);

/** A title of several words has small letters too; an abbreviation alone may have none. */
export const notAllCapitals = everyText(
  ({ record }) => textsOf(record.title, '/title'),
  ({ text }) =>
    /\s/.test(text.trim()) && text === text.toUpperCase() && text !== text.toLowerCase(),
);

/** No text consists of nothing but a placeholder: “test”, “đang cập nhật”, dots. */
export const noPlaceholders = everyText(allTexts, ({ text }, words) => {
  if (text.length > longestPlaceholder) return false;
  const folded = fold(text).replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
  return folded === '' || words.includes(folded);
});

/** Letters with diacritics are one character each: Unicode normalization form C. UAX #15. */
export const composed = everyText(allTexts, ({ text }) => text !== text.normalize('NFC'));

/** Titles and descriptions in Vietnamese have the letters of Vietnamese, once they are of several words. */
export const vietnameseDiacritics = everyText(
  ({ record }) =>
    [...textsOf(record.title, '/title'), ...textsOf(record.description, '/description')].filter(
      ({ lang, text }) => lang === 'vi' && text.trim().split(/\s+/).length >= 3,
    ),
  ({ text }) => !/[đĐ]|\p{M}/u.test(text.normalize('NFD')),
);

/** No tags and no character references of HTML. */
export const noMarkup = everyText(allTexts, ({ text }) =>
  /<\/?[a-z][a-z0-9]*(\s[^<>]*)?\/?>|&(?:[a-z]{2,8}|#\d{1,7}|#x[0-9a-f]{1,6});/i.test(text),
);

/** No keyword twice in a language; capitals make no difference, diacritics do: bán and bản are two words. */
export const distinct: Check = ({ record }) => {
  const places = Object.entries(record.keyword ?? {}).flatMap(([lang, words]) => {
    const keys = words.map((word) => word.normalize('NFC').toLowerCase().trim());
    return words.flatMap((word, index) =>
      keys.indexOf(keys[index] ?? '') < index
        ? [{ pointer: `/keyword/${lang}/${index}`, value: word }]
        : [],
    );
  });
  if (!record.keyword) return notApplicable;
  return places.length === 0 ? met : { state: 'unmet', places };
};

const gathered = new WeakMap<DatasetRecord, readonly Text[]>();

/** Every text that people read in the record; several checks of one scoring ask for them. */
function allTexts({ record }: Subject): readonly Text[] {
  const known = gathered.get(record);
  if (known) return known;
  const texts = gatherTexts(record);
  gathered.set(record, texts);
  return texts;
}

/** Titles, descriptions, keywords, those of distributions too. */
function gatherTexts(record: DatasetRecord): readonly Text[] {
  const keywords = Object.entries(record.keyword ?? {}).flatMap(([lang, words]) =>
    words.map((text, index) => ({ pointer: `/keyword/${lang}/${index}`, lang, text })),
  );
  const files = (record.distribution ?? []).flatMap(({ title, description }, index) => [
    ...textsOf(title, `/distribution/${index}/title`),
    ...textsOf(description, `/distribution/${index}/description`),
  ]);
  return [
    ...textsOf(record.title, '/title'),
    ...textsOf(record.description, '/description'),
    ...keywords,
    ...files,
  ];
}

function textsOf(text: DatasetRecord['title'] | undefined, pointer: string): readonly Text[] {
  return Object.entries(text ?? {}).map(([lang, each]) => ({
    pointer: `${pointer}/${lang}`,
    lang,
    text: each,
  }));
}
