import type { FormField, FormGroup } from '../../catalog/form/describe-form.ts';
import {
  itemsOf,
  languagesOf,
  linesOf,
  nameOf,
  textIn,
  textOf,
  valueAt,
} from '../../catalog/form/form-values.ts';
import type { Finding } from '../../catalog/kernel/errors.ts';
import type { LangText } from '../../catalog/kernel/lang-text.ts';
import { vocabulary } from '../../catalog/model/vocabularies.ts';
import { type PageContext, sentenceCase } from './page-context.ts';

/** Fields under a heading; those without one are shown before anything else. */
export interface GroupView {
  readonly key: string;
  readonly id: string;
  readonly label?: string;
  /** How many of its fields are filled in, in words. */
  readonly filled?: string;
  /** Whether it is unfolded from the beginning, or because something in it is wrong. */
  readonly isOpen: boolean;
  readonly fields: readonly FieldView[];
}

/** A field of a form, as its template shows it. */
export interface FieldView {
  readonly name: string;
  readonly id: string;
  readonly kind: FormField['kind'];
  readonly label: string;
  readonly help?: string;
  readonly obligation?: string;
  readonly problem?: string;
  readonly value: string;
  /** A field of several lines: how many it shows. */
  readonly rows: number;
  readonly choices: readonly {
    readonly value: string;
    readonly label: string;
    readonly selected: boolean;
  }[];
  readonly languages: readonly {
    readonly name: string;
    readonly id: string;
    readonly lang: string;
    readonly label: string;
    readonly value: string;
    readonly problem?: string;
  }[];
  /** Of an object. */
  readonly groups: readonly GroupView[];
  /** Of a list. */
  readonly items: readonly {
    readonly number: string;
    readonly id: string;
    readonly legend: string;
    readonly remove: string;
    readonly groups: readonly GroupView[];
  }[];
}

export interface FormInput {
  readonly value: unknown;
  readonly findings: readonly Finding[];
  /** The agencies that may be chosen, by id. */
  readonly agencies: ReadonlyMap<string, LangText>;
}

/** The groups of a form, filled in. */
export function formView(
  groups: readonly FormGroup[],
  input: FormInput,
  context: PageContext,
  at = '',
): readonly GroupView[] {
  return groups.map(({ key, label, isOpen, fields }) => {
    const names = fields.map((field) => nameOf(at, field));
    const filled = fields.filter(({ path }) => valueAt(input.value, path) !== undefined).length;
    const isWrong = input.findings.some(({ pointer }) =>
      names.some((name) => isWithin(pointer, name)),
    );
    return {
      key,
      id: idOf(`${at}/${key}-group`),
      ...(label && { label: label[context.lang] }),
      ...(filled > 0 && { filled: context.t('form.filled', { count: context.number(filled) }) }),
      isOpen: isOpen === true || isWrong,
      fields: fields.map((field) =>
        fieldView(
          field,
          nameOf(at, field),
          { ...input, value: valueAt(input.value, field.path) },
          context,
        ),
      ),
    };
  });
}

function fieldView(
  field: FormField,
  name: string,
  input: FormInput,
  context: PageContext,
): FieldView {
  const { lang } = context;
  const { kind, help, obligation } = field;
  const problem = problemOf(field, name, input, context);
  const inner = field.groups ?? [];
  const value = kind === 'object' || kind === 'list' ? '' : textOf(field, input.value);
  return {
    name,
    id: idOf(name),
    kind,
    label: field.label[lang],
    ...(help && { help: help[lang] }),
    ...(obligation && { obligation: context.t(`form.${obligation}`) }),
    ...(problem !== undefined && { problem }),
    value,
    rows: rowsOf(kind, value),
    choices: choicesOf(field, input, context),
    languages: kind === 'texts' || kind === 'words' ? languageViews(name, input, context) : [],
    groups: kind === 'object' ? formView(inner, input, context, name) : [],
    items:
      kind !== 'list'
        ? []
        : itemsOf(input.value).map((item, index) => ({
            number: String(index),
            id: idOf(`${name}/${index}`),
            legend: context.t('form.item', { label: field.label[lang], number: index + 1 }),
            remove: `remove:${name}/${index}`,
            groups: formView(inner, { ...input, value: item }, context, `${name}/${index}`),
          })),
  };
}

function languageViews(name: string, { value, findings }: FormInput, context: PageContext) {
  return languagesOf(value).map((lang) => {
    const own = `${name}/${lang}`;
    const finding = findings.find(({ pointer }) => isWithin(pointer, own));
    const key = `form.language.${lang}`;
    return {
      name: own,
      id: idOf(own),
      lang,
      label: context.has(key) ? context.t(key) : lang,
      value: textIn(value, lang),
      ...(finding && { problem: finding.message[context.lang] }),
    };
  });
}

/** What is wrong with a field itself; what is wrong inside an object or a list is said there. */
function problemOf(
  { kind }: FormField,
  name: string,
  { findings }: FormInput,
  { lang }: PageContext,
): string | undefined {
  const isWhole = kind === 'object' || kind === 'list' || kind === 'texts' || kind === 'words';
  const found = findings.filter(({ pointer }) =>
    isWhole ? pointer === name : isWithin(pointer, name),
  );
  return found.length === 0 ? undefined : found.map(({ message }) => message[lang]).join(' ');
}

function choicesOf(
  { kind, choices, choicesFrom }: FormField,
  { value, agencies }: FormInput,
  context: PageContext,
) {
  if (kind !== 'select' && kind !== 'checks') return [];
  const chosen = new Set(linesOf(value));
  const known =
    choicesFrom === 'agency'
      ? [...agencies].map(([id, name]) => ({ value: id, label: context.show(name).text }))
      : (choices ?? []).map((choice) => ({
          value: choice.value,
          label: sentenceCase(choice.label[context.lang]),
        }));
  // What is in no table stays to be chosen.
  const others = [...chosen]
    .filter((code) => code !== '' && !known.some((choice) => choice.value === code))
    .map((code) => ({ value: code, label: code }));
  return [...known, ...others].map((choice) => ({ ...choice, selected: chosen.has(choice.value) }));
}

function rowsOf(kind: FormField['kind'], value: string): number {
  if (kind !== 'lines' && kind !== 'area') return 1;
  return Math.min(8, Math.max(kind === 'area' ? 3 : 2, value.split('\n').length));
}

function isWithin(pointer: string, name: string): boolean {
  return pointer === name || pointer.startsWith(`${name}/`);
}

/**
 * Findings by the names of the form's fields: one object that stands without an array is the first item of its list
 * there.
 */
export function findingsByName(
  groups: readonly FormGroup[],
  findings: readonly Finding[],
  value: unknown,
): readonly Finding[] {
  const bare = groups
    .flatMap(({ fields }) => fields)
    .filter(({ path, isSingle }) => isSingle && !Array.isArray(valueAt(value, path)))
    .map((field) => nameOf('', field));
  return findings.map((finding) => {
    const list = bare.find((name) => finding.pointer.startsWith(`${name}/`));
    if (list === undefined) return finding;
    return { ...finding, pointer: `${list}/0${finding.pointer.slice(list.length)}` };
  });
}

/** A name as an id that CSS and addresses can hold. */
export function idOf(name: string): string {
  return `f${name.replaceAll(/[^A-Za-z0-9-]/g, '-')}`;
}

/** What a pointer leads to, in the words of the form: `Tệp và nguồn tải 1 › Định dạng`. */
export function placeInWords(
  groups: readonly FormGroup[],
  pointer: string,
  { lang }: PageContext,
): string {
  const words: string[] = [];
  let here: readonly FormField[] = groups.flatMap(({ fields }) => fields);
  let rest = pointer.split('/').slice(1);
  while (rest.length > 0) {
    const field = here.find(({ path }) => path.every((name, index) => rest[index] === name));
    if (!field) break;
    rest = rest.slice(field.path.length);
    words.push(field.label[lang]);
    const [number] = rest;
    if (field.kind === 'list' && number !== undefined && /^\d+$/.test(number)) {
      words[words.length - 1] += ` ${Number(number) + 1}`;
      rest = rest.slice(1);
    }
    here = (field.groups ?? []).flatMap(({ fields }) => fields);
  }
  return [...words, ...rest].join(' › ');
}

/** A code of a select or of boxes in words. */
export function valueInWords(
  field: FormField | undefined,
  value: unknown,
  { lang }: PageContext,
): string {
  if (value === undefined) return '';
  if (typeof value !== 'string') return JSON.stringify(value, undefined, 1);
  const choice = field?.choices?.find((one) => one.value === value);
  if (choice) return sentenceCase(choice.label[lang]);
  return field?.vocabulary === undefined
    ? value
    : vocabulary(field.vocabulary).labelOf(value, lang);
}
