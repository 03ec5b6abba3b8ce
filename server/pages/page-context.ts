import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LangText, pickLanguage } from '../../catalog/kernel/lang-text.ts';
import { projectRoot } from '../../catalog/kernel/project-root.ts';
import type { Language } from '../http/language.ts';

type Messages = Readonly<Record<string, string>>;

const messages: Readonly<Record<Language, Messages>> = {
  vi: readMessages('vi'),
  en: readMessages('en'),
};

function readMessages(language: Language): Messages {
  const file = join(projectRoot, 'views', 'locales', `${language}.json`);
  return JSON.parse(readFileSync(file, 'utf8')) as Messages;
}

/** Text to show, with its language when that is not the page's. */
export interface Shown {
  readonly text: string;
  readonly lang?: string;
}

/** What every page knows: its language, its words, its addresses, and how this language writes dates and numbers. */
export interface PageContext {
  readonly lang: Language;
  readonly baseURL: string;
  /** The page's own path without its language, with its query: `/dataset?q=xe`. */
  readonly path: string;
  /** @throws {Error} for a key that no message file has; a template names it wrongly */
  t(key: string, values?: Readonly<Record<string, string | number>>): string;
  has(key: string): boolean;
  /** A message about a number of things: `{key}.one` where the language has a form for one, else `{key}`. */
  plural(key: string, count: number, values?: Readonly<Record<string, string | number>>): string;
  /** An address of this language: `/dataset` is `/en/dataset` in English. */
  url(path: string): string;
  asset(name: string): string;
  show(text: LangText | undefined): Shown;
  /** Text that officials wrote without saying its language: it is Vietnamese. */
  official(text: string): Shown;
  date(lexical: string): string;
  /** A moment by date and time in Hà Nội: 23/11/2026 08:05. */
  moment(instant: string): string;
  /** `2026-Q3` as Quý III/2026 or Q3 2026; a date as a date. */
  due(due: string): string;
  number(value: number): string;
  /** `66.7` as 66,7% or 66.7%. */
  percent(value: number): string;
  bytes(value: number): string;
  month(period: string): string;
  /** Orders texts by the alphabet of the page's language. */
  compare(a: string, b: string): number;
}

const zone = 'Asia/Ho_Chi_Minh';
const roman = ['I', 'II', 'III', 'IV'];

/** Makes the context of one page. */
export function createPageContext(
  lang: Language,
  page: {
    readonly baseURL: string;
    readonly path: string;
    readonly asset: (name: string) => string;
  },
): PageContext {
  const numbers = numberFormats[lang];
  const t: PageContext['t'] = (key, values = {}) => {
    const text = messages[lang][key];
    if (text === undefined) throw new Error(`no message ${key} in ${lang}`);
    return text.replace(/\{(\w+)\}/g, (_whole, name: string) => String(values[name] ?? ''));
  };
  const number = (value: number) => numbers.format(value);
  const one = (key: string, count: number) =>
    pluralRules[lang].select(count) === 'one' && `${key}.one` in messages[lang];
  return {
    lang,
    ...page,
    t,
    has: (key) => Object.hasOwn(messages[lang], key),
    plural: (key, count, values = {}) =>
      t(one(key, count) ? `${key}.one` : key, { ...values, count: number(count) }),
    number,
    percent: (value) => `${number(value)}%`,
    url: (path) => localised(lang, path),
    show: (text) => {
      const picked = pickLanguage(text, lang);
      return picked.lang === lang ? { text: picked.text } : picked;
    },
    official: (text) => (lang === 'vi' ? { text } : { text, lang: 'vi' }),
    date: (lexical) => formatDate(lexical, lang),
    moment: (instant) => `${formatDate(instant, lang)} ${timeFormat.format(new Date(instant))}`,
    due: (due) => {
      const quarter = /^(\d{4})-Q([1-4])$/.exec(due);
      if (!quarter) return formatDate(due, lang);
      const index = Number(quarter[2]);
      const name = lang === 'vi' ? (roman[index - 1] ?? '') : String(index);
      return t('time.quarter', { quarter: name, year: quarter[1] ?? '' });
    },
    bytes: (value) => {
      const units = ['B', 'KB', 'MB', 'GB', 'TB'];
      const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, value)) / 3));
      return `${number(Math.round((value / 1000 ** step) * 10) / 10)} ${units[step]}`;
    },
    compare: collators[lang].compare,
    month: (period) => `${period.slice(5)}/${period.slice(0, 4)}`,
  };
}

const numberFormats: Readonly<Record<Language, Intl.NumberFormat>> = {
  vi: new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 1 }),
  en: new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 }),
};

const pluralRules: Readonly<Record<Language, Intl.PluralRules>> = {
  vi: new Intl.PluralRules('vi'),
  en: new Intl.PluralRules('en'),
};

const collators: Readonly<Record<Language, Intl.Collator>> = {
  vi: new Intl.Collator('vi'),
  en: new Intl.Collator('en'),
};

const dateFormats: Readonly<Record<Language, Intl.DateTimeFormat>> = {
  vi: new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
  }),
  en: new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  }),
};

const timeFormat = new Intl.DateTimeFormat('en-GB', {
  timeZone: zone,
  hour: '2-digit',
  minute: '2-digit',
});

/** A date at the precision it was written in: a year stays a year. */
function formatDate(lexical: string, lang: Language): string {
  if (lexical.length === 4) return lexical;
  if (lexical.length === 7) return `${lexical.slice(5)}/${lexical.slice(0, 4)}`;
  const moment = lexical.length === 10 ? `${lexical}T00:00:00+07:00` : lexical;
  return dateFormats[lang].format(new Date(moment));
}

/** A label of a table as it begins a line: `hằng tháng` is Hằng tháng. */
export function sentenceCase(label: string): string {
  return label.charAt(0).toLocaleUpperCase('vi') + label.slice(1);
}

/** The same page in a language. */
export function localised(lang: Language, path: string): string {
  if (lang === 'vi') return path;
  return path === '/' ? '/en/' : `/en${path}`;
}
