import { fold } from '../../kernel/fold.ts';
import { isEmail, isIri, isLink, isTemporal } from '../../kernel/formats.ts';
import type { LangText, Message } from '../../kernel/lang-text.ts';

/** Collects what was changed or left out on the way in. */
export type Note = (field: string, value: string, done: Message) => void;

export function noteTaker(notes: Message[]): Note {
  return (field, value, done) => {
    const shown = value.length > 80 ? `${value.slice(0, 79)}…` : value;
    notes.push({ vi: `${field}: "${shown}" ${done.vi}`, en: `${field}: "${shown}" ${done.en}` });
  };
}

const leftOut: Message = { vi: 'không hợp lệ, đã bỏ.', en: 'cannot be right and was left out.' };
const escaped: Message = {
  vi: 'có ký tự không được phép, đã mã hóa.',
  en: 'had characters that an address cannot have; they were escaped.',
};

/** An identifier of ours from one of theirs: lower case, others than letters, digits, `.`, `_` and `-` as `-`. */
export function toId(text: string): string {
  if (/^[a-z0-9][a-z0-9._-]{0,126}[a-z0-9]$/.test(text)) return text;
  return fold(text)
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+/, '')
    .slice(0, 128)
    .replace(/-+$/, '');
}

const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;
const tag = /<\/?(?:p|br|div|ul|ol|li|a|b|i|em|strong|span|h[1-6]|table|tr|td|th|tbody)\b[^>]*>/gi;
const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&nbsp;': ' ',
};

/** Words without markup and without what XML cannot carry, at most as long as our schemas allow. */
export function cleanText(text: string, mostLength: number): string {
  let clean = text.replace(forbidden, '');
  if (clean.includes('<')) {
    clean = clean
      .replace(tag, ' ')
      .replace(/&(?:amp|lt|gt|quot|#39|nbsp);/g, (name) => entities[name] ?? name);
  }
  clean = clean.trim();
  return clean.length > mostLength ? `${clean.slice(0, mostLength - 1).trimEnd()}…` : clean;
}

/** A text in one language. Absent: there are no words in it. */
export function toLangText(
  text: string | undefined,
  lang: string,
  most = 20_000,
): LangText | undefined {
  const clean = text === undefined ? '' : cleanText(text, most);
  return clean === '' ? undefined : { [lang]: clean };
}

/** An address; what it may not hold is escaped, and a missing scheme is added. Absent: it cannot be mended. */
export function toLink(text: string | undefined, field: string, note: Note): string | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  if (isLink(text)) return text;
  const full = text
    .trim()
    .replace(/^(?=www\.)/i, 'http://')
    .replace(/^(?=\/\/)/, 'https:');
  const link = full
    .replace(/[\u0000-\u0020\u007f-\u00a0<>"{}|\\^`\u2028\u2029\u3000\ufffd]/g, encodeURIComponent)
    .replace(/%(?![0-9A-Fa-f]{2})/g, '%25');
  if (!isLink(link)) {
    note(field, text, leftOut);
    return undefined;
  }
  note(field, text, escaped);
  return link;
}

/** Those of several texts that are addresses. Absent: none. */
export function toLinks(
  texts: readonly string[],
  field: string,
  note: Note,
): readonly string[] | undefined {
  return some(texts.flatMap((text) => toLink(text, field, note) ?? []));
}

/** Those of several texts that are IRIs. Absent: none. */
export function toIris(
  texts: readonly string[],
  field: string,
  note: Note,
): readonly string[] | undefined {
  return some(
    texts.filter((text) => {
      if (!isIri(text)) note(field, text, leftOut);
      return isIri(text);
    }),
  );
}

/** Each value once. Absent: no value. */
export function some<T>(values: readonly T[]): readonly T[] | undefined {
  return values.length === 0 ? undefined : [...new Set(values)];
}

/**
 * A date or moment as our schemas write it. CKAN's moments have no zone and are UTC.
 *
 * Absent: nothing is written, or the calendar has no such day; the latter is noted.
 */
export function toTemporal(
  text: string | undefined,
  field: string,
  note: Note,
): string | undefined {
  if (text === undefined) return undefined;
  if (isTemporal(text)) return text;
  const found = spelledOtherwise(text.trim()).find(isTemporal);
  if (found === undefined) note(field, text, leftOut);
  return found;
}

function spelledOtherwise(text: string): readonly string[] {
  const european = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/.exec(text);
  if (european) {
    const [, day = '', month = '', year = ''] = european;
    return [`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`];
  }
  const moment = text
    .replace(' ', 'T')
    .replace(/([+-]\d\d)(\d\d)?$/, (zone, hours, minutes) =>
      text.includes('T') || text.includes(' ') ? `${hours}:${minutes ?? '00'}` : zone,
    );
  return [text, moment, `${moment}Z`, `${moment}:00Z`];
}

/** An e-mail address. Absent: none, or none that could be written to. */
export function toEmail(text: string | undefined, field: string, note: Note): string | undefined {
  if (text === undefined) return undefined;
  const address = text.trim().replace(/^mailto:/i, '');
  if (isEmail(address)) return address;
  note(field, text, leftOut);
  return undefined;
}

/** The object without what is undefined, so that an absent fact is an absent key. */
export function present<T extends object>(value: { [Key in keyof T]: T[Key] | undefined }): T {
  const given = value as Record<string, unknown>;
  for (const key in given) if (given[key] === undefined) delete given[key];
  return given as T;
}
