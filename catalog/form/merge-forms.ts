import { isDeepStrictEqual } from 'node:util';
import type { FormField, FormGroup } from './describe-form.ts';
import { asObject, type Json, nameOf, valueAt, withValue } from './form-values.ts';

/** A field that two people changed, each in their way. */
export interface FormConflict {
  /** The field's name in the form. */
  readonly name: string;
  readonly field: FormField;
  /** The language, of a text that stands in several. */
  readonly lang?: string;
  readonly base: unknown;
  readonly mine: unknown;
  readonly theirs: unknown;
}

export interface Merged {
  /** What both say together; where they contradict each other, what was chosen, or else theirs. */
  readonly value: Json;
  readonly conflicts: readonly FormConflict[];
}

/** Which side is taken where both changed a field, by the field's name. */
export type Choices = ReadonlyMap<string, 'mine' | 'theirs'>;

/**
 * Merges two changes of one record, field by field. What no form shows is as it is in theirs, which is stored already.
 *
 * @param versions.base the record that both began with
 */
export function mergeForms(
  groups: readonly FormGroup[],
  versions: { readonly base: unknown; readonly mine: unknown; readonly theirs: unknown },
  choices: Choices = new Map(),
): Merged {
  const conflicts: FormConflict[] = [];
  const value = mergeGroups(groups, versions, '', choices, conflicts);
  return { value, conflicts };
}

interface Versions {
  readonly base: unknown;
  readonly mine: unknown;
  readonly theirs: unknown;
}

function mergeGroups(
  groups: readonly FormGroup[],
  { base, mine, theirs }: Versions,
  at: string,
  choices: Choices,
  conflicts: FormConflict[],
): Json {
  let value = asObject(theirs);
  for (const field of groups.flatMap(({ fields }) => fields)) {
    const { path } = field;
    const of = {
      base: valueAt(base, path),
      mine: valueAt(mine, path),
      theirs: valueAt(theirs, path),
    };
    value = withValue(value, path, mergeField(field, of, nameOf(at, field), choices, conflicts));
  }
  return value;
}

function mergeField(
  field: FormField,
  versions: Versions,
  name: string,
  choices: Choices,
  conflicts: FormConflict[],
): unknown {
  const { base, mine, theirs } = versions;
  if (isDeepStrictEqual(mine, theirs) || isDeepStrictEqual(base, mine)) return theirs;
  if (isDeepStrictEqual(base, theirs)) return mine;
  if (field.kind === 'object') {
    const merged = mergeGroups(field.groups ?? [], versions, name, choices, conflicts);
    return Object.keys(merged).length === 0 ? undefined : merged;
  }
  if (field.kind === 'texts' || field.kind === 'words') {
    return mergeLanguages(field, versions, name, choices, conflicts);
  }
  return choose({ name, field, ...versions }, choices, conflicts);
}

function mergeLanguages(
  field: FormField,
  { base, mine, theirs }: Versions,
  name: string,
  choices: Choices,
  conflicts: FormConflict[],
): unknown {
  let value = asObject(theirs);
  for (const lang of new Set([...Object.keys(asObject(mine)), ...Object.keys(value)])) {
    const of = {
      base: asObject(base)[lang],
      mine: asObject(mine)[lang],
      theirs: asObject(theirs)[lang],
    };
    const isMine = isDeepStrictEqual(of.base, of.theirs);
    const isTheirs = isDeepStrictEqual(of.base, of.mine) || isDeepStrictEqual(of.mine, of.theirs);
    const chosen = isTheirs
      ? of.theirs
      : isMine
        ? of.mine
        : choose({ name: `${name}/${lang}`, field, lang, ...of }, choices, conflicts);
    value = withValue(value, [lang], chosen);
  }
  return Object.keys(value).length === 0 ? undefined : value;
}

function choose(conflict: FormConflict, choices: Choices, conflicts: FormConflict[]): unknown {
  const choice = choices.get(conflict.name);
  if (choice === undefined) conflicts.push(conflict);
  return choice === 'mine' ? conflict.mine : conflict.theirs;
}
