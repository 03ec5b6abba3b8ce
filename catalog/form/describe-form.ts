import type { Message } from '../kernel/lang-text.ts';
import { resolveSchema, type SchemaNode, schemas } from '../model/schemas.ts';
import { vocabulary } from '../model/vocabularies.ts';

/**
 * How a value is asked for. `texts` and `words` are one text, or several, in each language; `lines` are several values,
 * one a line; `list` are objects that repeat.
 */
export type FieldKind =
  | 'text'
  | 'area'
  | 'number'
  | 'date'
  | 'email'
  | 'url'
  | 'select'
  | 'checks'
  | 'lines'
  | 'texts'
  | 'words'
  | 'object'
  | 'list';

export interface Choice {
  readonly value: string;
  readonly label: Message;
}

/** A field of a form, as its schema has it. */
export interface FormField {
  /** The names that lead to it from the value around it: usually one. */
  readonly path: readonly string[];
  readonly kind: FieldKind;
  readonly label: Message;
  readonly help?: Message;
  /** `required` for every draft, `mandatory` for a release, `recommended` by DCAT-AP 3. */
  readonly obligation?: 'required' | 'mandatory' | 'recommended';
  readonly choices?: readonly Choice[];
  /** The choices are no table of the schemas: agencies. */
  readonly choicesFrom?: 'agency';
  /** The table whose labels may stand for codes in `lines`. */
  readonly vocabulary?: string;
  /** In `lines`: an array that also holds objects, which no line can show. */
  readonly isMixed?: boolean;
  /** In `lines` with a table: the value is a concept's IRI rather than its code. */
  readonly isIri?: boolean;
  /** In `list`: one object may stand without an array around it. */
  readonly isSingle?: boolean;
  /** Of an `object` or of each of a `list`. */
  readonly groups?: readonly FormGroup[];
}

/** Fields that are shown together. */
export interface FormGroup {
  readonly key: string;
  /** Absent: what is shown before anything else. */
  readonly label?: Message;
  /** Whether it is unfolded from the beginning. */
  readonly isOpen?: boolean;
  readonly fields: readonly FormField[];
}

/** What `x-groups` of a schema says: which properties are shown together, the first ones at once. */
interface GroupNode {
  readonly key: string;
  readonly title?: string;
  readonly 'x-en'?: { readonly title?: string };
  readonly open?: boolean;
  /** JSON Pointers. */
  readonly properties: readonly string[];
}

/** What no form shows: what a source said beyond the profile, and what the catalogue gives itself. */
const hidden: ReadonlySet<string> = new Set(['id', 'iri', 'extras', 'included']);
const longText = 1000;
/** A table with more entries than this is no list of boxes to tick. */
const mostChecks = 16;

const described = new Map<string, readonly FormGroup[]>();

/** The form of a schema, made once: its groups where it names some, else all of its properties. */
export function formOf(file: string): readonly FormGroup[] {
  let groups = described.get(file);
  if (!groups) {
    const schema = schemas.get(file);
    if (!schema) throw new Error(`there is no schema ${file}`);
    groups = groupsOf(schema, file);
    described.set(file, groups);
  }
  return groups;
}

function groupsOf(schema: SchemaNode, file: string): readonly FormGroup[] {
  const named = (schema as { readonly 'x-groups'?: readonly GroupNode[] })['x-groups'];
  if (named) {
    return named.map((group) => ({
      key: group.key,
      ...(group.open && { isOpen: true }),
      ...(group.title !== undefined && {
        label: { vi: group.title, en: group['x-en']?.title ?? group.title },
      }),
      fields: group.properties.map((pointer) => fieldAt(pointer.slice(1).split('/'), schema, file)),
    }));
  }
  const keys = Object.keys(schema.properties ?? {}).filter((key) => !hidden.has(key));
  return [{ key: 'all', fields: keys.map((key) => fieldAt([key], schema, file)) }];
}

function fieldAt(path: readonly string[], schema: SchemaNode, file: string): FormField {
  let parent = { node: schema, file };
  for (const name of path.slice(0, -1)) {
    const property = parent.node.properties?.[name];
    if (!property) throw new Error(`x-groups of ${file} names no property: ${path.join('/')}`);
    parent = resolveSchema(property, parent.file);
  }
  const name = path.at(-1) ?? '';
  const property = parent.node.properties?.[name];
  if (!property) throw new Error(`x-groups of ${file} names no property: ${path.join('/')}`);
  const isRequired = path.length === 1 && parent.node.required?.includes(name);
  const obligation = isRequired ? 'required' : property['x-obligation'];
  return {
    path,
    ...wordsOf(property, parent.file),
    ...(obligation !== undefined && { obligation }),
    ...shapeOf(property, parent.file),
  };
}

function wordsOf(property: SchemaNode, file: string): Pick<FormField, 'label' | 'help'> {
  const { node: target } = resolveSchema(property, file);
  const title = property.title ?? target.title ?? '';
  const help = property.description ?? target.description;
  return {
    label: { vi: title, en: property['x-en']?.title ?? target['x-en']?.title ?? title },
    ...(help !== undefined && {
      help: {
        vi: help,
        en: property['x-en']?.description ?? target['x-en']?.description ?? help,
      },
    }),
  };
}

type Shape = Omit<FormField, 'path' | 'label' | 'help' | 'obligation'>;

function shapeOf(property: SchemaNode, from: string): Shape {
  const { node, file } = resolveSchema(property, from);
  const agency = (property as { readonly 'x-choices'?: string })['x-choices'];
  if (agency === 'agency') return { kind: 'select', choicesFrom: 'agency' };
  if (node.if && node.then && node.else) return variantOf(node.then, node.else, file);
  if (node.type === 'array') return arrayOf(node, file);
  if (node.properties) return { kind: 'object', groups: groupsOf(node, file) };
  const values = (node as { readonly additionalProperties?: unknown }).additionalProperties;
  if (node.type === 'object' && isNode(values)) {
    return { kind: values.type === 'array' ? 'words' : 'texts' };
  }
  return scalarOf(node);
}

function isNode(value: unknown): value is SchemaNode {
  return typeof value === 'object' && value !== null;
}

/** One or many, or a name or a thing: `if` tells them apart. */
function variantOf(then: SchemaNode, other: SchemaNode, file: string): Shape {
  if (then.type === 'array') return { ...arrayOf(then, file), isSingle: true };
  return shapeOf(then.properties ? other : then, file);
}

function arrayOf({ items = {} }: SchemaNode, from: string): Shape {
  const { node, file } = resolveSchema(items, from);
  const isMixed = node.then !== undefined && node.else !== undefined;
  if (node.properties) return { kind: 'list', groups: groupsOf(node, file) };
  const table = tableOf(isMixed && node.then ? node.then : node);
  const choices = choicesOf(node);
  if (choices && choices.length <= mostChecks) return { kind: 'checks', choices };
  return {
    kind: 'lines',
    ...(table !== undefined && { vocabulary: table }),
    ...(table !== undefined && isMixed && { isIri: true }),
    ...(isMixed && { isMixed }),
  };
}

/** The table of what is listed; `x-suggests` names one whose concepts an IRI usually is of, without being bound to it. */
function tableOf(node: SchemaNode): string | undefined {
  return node['x-vocabulary'] ?? (node as { readonly 'x-suggests'?: string })['x-suggests'];
}

function choicesOf(node: SchemaNode): readonly Choice[] | undefined {
  if (node.enum) {
    return node.enum.map((value) => ({
      value: String(value),
      label: node['x-labels']?.[String(value)] ?? { vi: String(value), en: String(value) },
    }));
  }
  const table = node['x-vocabulary'];
  if (table === undefined) return undefined;
  return vocabulary(table).concepts.map(({ code, label }) => ({ value: code, label }));
}

const kindOfFormat: Readonly<Record<string, FieldKind>> = {
  date: 'date',
  email: 'email',
  link: 'url',
  iri: 'url',
  web: 'url',
};

function scalarOf(node: SchemaNode): Shape {
  const choices = choicesOf(node);
  if (choices) return { kind: 'select', choices };
  if (node.type === 'number' || node.type === 'integer') return { kind: 'number' };
  const { maxLength = 0 } = node as { readonly maxLength?: number };
  const isFree = node.format === 'text' || node.format === 'characters';
  return {
    kind: kindOfFormat[node.format ?? ''] ?? (isFree && maxLength > longText ? 'area' : 'text'),
  };
}
