import { fold } from '../kernel/fold.ts';
import { vocabulary } from '../model/vocabularies.ts';
import type { FormField, FormGroup } from './describe-form.ts';

/*
 * What stands in the fields of a form: from a value to fields, and back. A field is named by the JSON Pointer of its
 * value (RFC 6901); of a list, each item has a number of its own and says so in a field with the list's name.
 */

/** An object of JSON. */
export type Json = Readonly<Record<string, unknown>>;

/** The languages that a form asks for whatever there is. */
const askedLanguages = ['vi', 'en'];

/** The languages in which a text is asked for: ours, then what else it has. */
export function languagesOf(value: unknown): readonly string[] {
  return [...new Set([...askedLanguages, ...Object.keys(asObject(value))])];
}

/** What a text field shows of a value that it asks for. */
export function textOf(field: FormField, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (field.kind === 'lines')
    return linesOf(value)
      .map((line) => labelled(field, line))
      .join('\n');
  return typeof value === 'string' ? value : String(value);
}

/** Those of an array that are no objects. */
export function linesOf(value: unknown): readonly string[] {
  return asArray(value).flatMap((item) => (typeof item === 'string' ? [item] : []));
}

/** A concept in words, where its label leads back to it. */
function labelled({ vocabulary: table, isIri }: FormField, line: string): string {
  if (table === undefined) return line;
  const code = isIri ? vocabulary(table).codeOf(line) : line;
  const concept = code === undefined ? undefined : vocabulary(table).find(code);
  const label = concept?.label.vi;
  return label !== undefined && concept && conceptSaid(table, label) === concept ? label : line;
}

/** The concept that a label, a code or an IRI names. */
function conceptSaid(table: string, said: string) {
  const { concepts, find, codeOf } = vocabulary(table);
  const exact = find(said) ?? find(codeOf(said) ?? '');
  if (exact) return exact;
  const folded = fold(said);
  return concepts.find(({ label }) => fold(label.vi) === folded || fold(label.en) === folded);
}

function unlabelled({ vocabulary: table, isIri }: FormField, line: string): string {
  const concept = table === undefined ? undefined : conceptSaid(table, line);
  if (!concept) return line;
  // A place of the city has an IRI of the catalogue, which is not known here: its code stands for it.
  if (isIri) return /^https?:/.test(concept.iri) ? concept.iri : line;
  return concept.code;
}

/** The fields of a value, as a browser would send them. */
export function fieldsOf(
  groups: readonly FormGroup[],
  value: unknown,
  at = '',
): readonly (readonly [string, string])[] {
  return groups.flatMap(({ fields }) =>
    fields.flatMap((field) => fieldsOfField(field, valueAt(value, field.path), nameOf(at, field))),
  );
}

/** The name of a field within the value at a pointer. */
export function nameOf(at: string, { path }: FormField): string {
  return `${at}/${path.join('/')}`;
}

function fieldsOfField(
  field: FormField,
  value: unknown,
  name: string,
): readonly (readonly [string, string])[] {
  switch (field.kind) {
    case 'texts':
    case 'words':
      return languagesOf(value).map((lang) => [`${name}/${lang}`, textIn(value, lang)] as const);
    case 'checks':
      return [[name, ''] as const, ...linesOf(value).map((code) => [name, code] as const)];
    case 'object':
      return fieldsOf(field.groups ?? [], value, name);
    case 'list':
      return [
        [name, ''] as const,
        ...itemsOf(value).flatMap((item, index) => [
          [name, String(index)] as const,
          ...fieldsOf(field.groups ?? [], item, `${name}/${index}`),
        ]),
      ];
    default:
      return [[name, textOf(field, value)]];
  }
}

/** The text of a language; several words stand one a line. */
export function textIn(value: unknown, lang: string): string {
  const found = asObject(value)[lang];
  return Array.isArray(found) ? found.join('\n') : typeof found === 'string' ? found : '';
}

/** The items of a list, also where a single one stands without an array. */
export function itemsOf(value: unknown): readonly unknown[] {
  return value === undefined ? [] : asArray(value);
}

export interface ReadOptions {
  /** Whether an item of a list that says nothing stays, because somebody is about to fill it in. */
  readonly keepsEmpty?: boolean;
}

/**
 * Reads the fields of a form into a new value. What the form does not show, and what was not sent, is as it is in
 * `base`; what was sent unchanged is the same to the letter. Nothing is judged: a number that is none stays a text.
 */
export function readForm(
  groups: readonly FormGroup[],
  base: unknown,
  sent: URLSearchParams,
  options: ReadOptions = {},
  at = '',
): Json {
  let value = asObject(base);
  for (const field of groups.flatMap(({ fields }) => fields)) {
    const name = nameOf(at, field);
    value = withValue(
      value,
      field.path,
      readField(field, valueAt(value, field.path), name, sent, options),
    );
  }
  return value;
}

function readField(
  field: FormField,
  base: unknown,
  name: string,
  sent: URLSearchParams,
  options: ReadOptions,
): unknown {
  switch (field.kind) {
    case 'texts':
    case 'words':
      return readTexts(field, base, name, sent);
    case 'checks':
      return sent.has(name) ? readChecks(base, sent.getAll(name)) : base;
    case 'object': {
      const value = readForm(field.groups ?? [], base, sent, options, name);
      return isEmpty(value) ? undefined : value;
    }
    case 'list':
      return sent.has(name) ? readList(field, base, name, sent, options) : base;
    default: {
      const text = sent.get(name);
      return text === null || isSame(text, textOf(field, base))
        ? base
        : readText(field, base, text);
    }
  }
}

/** Browsers send line ends as CRLF, and none from a field of one line. */
function isSame(sent: string, shown: string): boolean {
  const plain = (text: string) => text.replace(/\r\n?/g, '\n');
  return plain(sent) === plain(shown) || sent === shown.replace(/[\r\n]/g, '');
}

function readText(field: FormField, base: unknown, sent: string): unknown {
  const text = sent.replace(/\r\n?/g, '\n');
  if (text.trim() === '') return field.kind === 'lines' ? withObjects(base, []) : undefined;
  if (field.kind === 'lines') {
    return withObjects(
      base,
      splitLines(text).map((line) => unlabelled(field, line)),
    );
  }
  return field.kind === 'number' ? readNumber(text) : text.trim();
}

/** The objects of a mixed array stay behind its lines. */
function withObjects(base: unknown, lines: readonly string[]): readonly unknown[] | undefined {
  const objects = asArray(base).filter((item) => typeof item !== 'string');
  const all = [...new Set(lines), ...objects];
  return all.length === 0 ? undefined : all;
}

function splitLines(text: string): readonly string[] {
  return text
    .split(/\r\n?|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** `1.234,5` and `1234.5`; what is no number stays as it was written, for the schema to refuse. */
function readNumber(text: string): number | string {
  const plain = text.replace(/\s/g, '');
  const english = /^-?[\d.]*,\d+$/.test(plain)
    ? plain.replaceAll('.', '').replace(',', '.')
    : plain;
  const number = Number(english);
  return Number.isFinite(number) ? number : text.trim();
}

function readTexts(field: FormField, base: unknown, name: string, sent: URLSearchParams): unknown {
  const languages = new Set(Object.keys(asObject(base)));
  for (const key of sent.keys()) {
    const lang = key.startsWith(`${name}/`) ? key.slice(name.length + 1) : '';
    if (/^[A-Za-z@][A-Za-z0-9-]*$/.test(lang)) languages.add(lang);
  }
  const value: Record<string, unknown> = {};
  for (const lang of languages) {
    const text = sent.get(`${name}/${lang}`);
    const before = asObject(base)[lang];
    const read =
      text === null || isSame(text, textIn(base, lang)) ? before : textOrWords(field, text);
    if (read !== undefined) value[lang] = read;
  }
  return isEmpty(value) ? undefined : value;
}

function textOrWords({ kind }: FormField, text: string): unknown {
  if (text.trim() === '') return undefined;
  return kind === 'words' ? [...new Set(splitLines(text))] : text.replace(/\r\n?/g, '\n').trim();
}

/** The boxes that are ticked, and what is in no table and so has no box. */
function readChecks(base: unknown, ticked: readonly string[]): readonly string[] | undefined {
  const before = linesOf(base);
  const kept = before.filter((code) => ticked.includes(code));
  const all = [...new Set([...kept, ...ticked.filter((code) => code !== '')])];
  return all.length === 0 ? undefined : all;
}

function readList(
  field: FormField,
  base: unknown,
  name: string,
  sent: URLSearchParams,
  options: ReadOptions,
): unknown {
  const before = itemsOf(base);
  const numbers = sent.getAll(name).filter((number) => /^\d{1,4}$/.test(number));
  const items = numbers.flatMap((number) => {
    const item = readForm(
      field.groups ?? [],
      before[Number(number)],
      sent,
      options,
      `${name}/${number}`,
    );
    return isEmpty(item) && !options.keepsEmpty ? [] : [item];
  });
  if (items.length === 0) return undefined;
  const isBare = field.isSingle && items.length === 1 && !Array.isArray(base);
  return isBare ? items[0] : items;
}

/** The value at a path, absent where there is none. */
export function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((found, key) => asObject(found)[key], value);
}

/** The value with another one at a path; what is left empty around it goes too. */
export function withValue(
  value: Json,
  [key = '', ...rest]: readonly string[],
  next: unknown,
): Json {
  const inner = rest.length === 0 ? next : withValue(asObject(value[key]), rest, next);
  const isGone = inner === undefined || (rest.length > 0 && isEmpty(inner));
  if (!isGone) return { ...value, [key]: inner };
  const { [key]: _gone, ...others } = value;
  return others;
}

function isEmpty(value: unknown): boolean {
  return Object.keys(asObject(value)).length === 0;
}

/** An object as it is; anything else is an empty one. */
export function asObject(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Json)
    : {};
}

function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
}
