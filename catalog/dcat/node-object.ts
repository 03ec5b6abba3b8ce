import type { ExpandedNode, ExpandedValue } from '../model/dataset.ts';
import { resolveSchema, type SchemaNode, schemas } from '../model/schemas.ts';
import { type Vocabulary, vocabulary } from '../model/vocabularies.ts';
import type { DcatContext, Term } from './context.ts';

/** A JSON-LD node object as we publish it: our record with types, absolute ids, and explicit datatypes. */
export interface NodeObject {
  readonly [key: string]: unknown;
}

const xsd = 'http://www.w3.org/2001/XMLSchema#';

/**
 * The datatype of a date by its form: a year, a month, a day and a moment are four different statements.
 *
 * @see XML Schema 1.1 Part 2 §3.3; DCAT 3 §6.4.8 allows each of them for `dcterms:issued`.
 */
export function temporalDatatype(lexical: string): string {
  if (lexical.length === 4) return `${xsd}gYear`;
  if (lexical.length === 7) return `${xsd}gYearMonth`;
  if (lexical.length === 10) return `${xsd}date`;
  return `${xsd}dateTime`;
}

/** The datatype of a geometry by its form. GeoSPARQL 1.1 §8. */
export function geometryDatatype(lexical: string): string {
  const gsp = 'http://www.opengis.net/ont/geosparql#';
  return lexical.startsWith('{') ? `${gsp}geoJSONLiteral` : `${gsp}wktLiteral`;
}

/** Formats whose values show their datatype by their form. */
const datatypesByForm: Readonly<Record<string, (lexical: string) => string>> = {
  temporal: temporalDatatype,
  geometry: geometryDatatype,
};

/** How the values of a property tell their datatype by their form. Absent: they have the context's. */
export function datatypeByForm(
  property: SchemaNode,
  file: string,
): ((lexical: string) => string) | undefined {
  const { node, file: at } = resolveSchema(property, file);
  const { format } = node.then ? resolveSchema(node.then, at).node : node;
  return datatypesByForm[format ?? ''];
}

/** The schema behind a property, past `$ref`, array and choice, when that is a class of the profile. */
export function classOf(
  node: SchemaNode,
  file: string,
): { readonly class: string; readonly file: string } | undefined {
  const { node: target, file: at } = resolveSchema(node, file);
  if (target['x-class']) return { class: target['x-class'], file: at };
  for (const part of [target.items, target.then, target.else]) {
    const found = part && classOf(part, at);
    if (found) return found;
  }
  return undefined;
}

interface Shape {
  readonly class: string;
  /** Nested classes by property. */
  readonly nested: ReadonlyMap<string, string>;
  /** The class of what a property points to by IRI. */
  readonly references: ReadonlyMap<string, { readonly class: string; readonly table?: Vocabulary }>;
  /** The datatype by form of properties that show it. */
  readonly datatypes: ReadonlyMap<string, (lexical: string) => string>;
}

const shapes = new Map<string, Shape>();

function shapeOf(file: string): Shape {
  const known = shapes.get(file);
  if (known) return known;
  const schema = schemas.get(file);
  if (!schema?.['x-class']) throw new Error(`${file} describes no class`);
  const nested = new Map<string, string>();
  const datatypes = new Map<string, (lexical: string) => string>();
  const references = new Map<string, { class: string; table?: Vocabulary }>();
  for (const [key, property] of Object.entries(schema.properties ?? {})) {
    const found = classOf(property, file);
    if (found) nested.set(key, found.file);
    const byForm = datatypeByForm(property, file);
    if (byForm) datatypes.set(key, byForm);
    const table = property['x-vocabulary'] ?? property.items?.['x-vocabulary'];
    if (property['x-refers-to'] !== undefined) {
      references.set(key, {
        class: property['x-refers-to'],
        ...(table !== undefined && { table: vocabulary(table) }),
      });
    }
  }
  const shape: Shape = { class: schema['x-class'], nested, references, datatypes };
  shapes.set(file, shape);
  return shape;
}

/** How things of this catalogue are named. */
export interface Naming {
  /** The IRI of an id, by the schema of its class; ids of other classes are IRIs already. */
  readonly mint: Readonly<Record<string, (id: string) => string>>;
  /** Whether an IRI is one of those that are minted here. A record cannot bring such a one from elsewhere. */
  isOurs?(iri: string): boolean;
  /** The IRI that an agency brought from its source. Absent: it has the one minted here. */
  iriOfAgency?(id: string): string | undefined;
}

/**
 * Makes the JSON-LD that is published of a record.
 *
 * Shape: the record itself, key by key, with `@type` added from the schema's class and `id` made absolute; a value
 * whose datatype is not the context's default says so, and an IRI that no authority table describes
 * carries its class. What the context maps to nothing (`inventory`) is left out; what the source said beyond the
 * profile (`extras`) stands beside the rest.
 *
 * @param file the record's schema, `dataset.schema.json`
 */
export function toNodeObject(
  record: object,
  file: string,
  context: DcatContext,
  naming: Naming,
): NodeObject {
  const shape = shapeOf(file);
  const { extras, iri, ...content } = record as { readonly extras?: ExpandedNode } & Readonly<
    Record<string, unknown>
  >;
  const { '@type': types = [], ...statements } = extras ?? {};
  const foreign = typeof iri === 'string' && !naming.isOurs?.(iri) ? iri : undefined;
  const node: Record<string, unknown> = {
    '@type': types.length === 0 ? shape.class : [shape.class, ...types],
  };
  for (const [key, value] of Object.entries(content)) {
    if (value === null || value === undefined) continue;
    if (key === 'id') {
      node['id'] = foreign ?? naming.mint[file]?.(String(value)) ?? value;
      continue;
    }
    const term = context.term(key);
    if (!term) continue;
    const own = withoutRestated(value, statements[term.iri]);
    if (own === undefined) continue;
    node[key] = mapValue(own, (item) => toValue(item, key, term));
  }
  return { ...node, ...statements };

  function toValue(item: unknown, key: string, term: Term): unknown {
    const nested = shape.nested.get(key);
    if (nested && typeof item === 'object') {
      return toNodeObject(item as object, nested, context, naming);
    }
    if (typeof item === 'number') return Number.isSafeInteger(item) ? item : decimal(item);
    if (typeof item !== 'string') return item;
    const reference = shape.references.get(key);
    if (reference && !reference.table?.find(item)) {
      return { id: absolute(item, term), '@type': reference.class };
    }
    if (term.kind === 'code') return toReference(item, term, context, naming);
    const datatype = shape.datatypes.get(key)?.(item) ?? term.datatype;
    return datatype === term.datatype ? item : { '@type': datatype, '@value': item };
  }
}

/** Leaves out plain texts that the source's own way of writing them, with a language say, restates in the extras. */
function withoutRestated(value: unknown, statements: ExpandedNode[string]): unknown {
  if (statements === undefined) return value;
  const restated = new Set(
    (statements as readonly ExpandedValue[]).map((item) => '@value' in item && item['@value']),
  );
  if (!Array.isArray(value)) return restated.has(value as string) ? undefined : value;
  const own = value.filter((item) => !restated.has(item as string));
  return own.length === 0 ? undefined : own;
}

/** A code as the context reads it, or the IRI where it would be read as something else. */
function toReference(code: string, term: Term, context: DcatContext, naming: Naming): string {
  if (term.base === naming.mint['agency.schema.json']?.('')) {
    const iri = naming.iriOfAgency?.(code);
    if (iri !== undefined) return iri;
  }
  return isMisread(code, context) ? absolute(code, term) : code;
}

/** Whether a JSON-LD processor would make something else of a code: a word of the context, or no IRI for its spaces. */
function isMisread(code: string, context: DcatContext): boolean {
  return context.defines(code) || code.includes(' ');
}

/** The IRI that a code or an IRI stands for. Telephone numbers have spaces; tel: has hyphens (RFC 3966 §3). */
export function absolute(value: string, { base = '' }: Term): string {
  return /^[A-Za-z][A-Za-z0-9+.-]*:/.test(value) ? value : base + value.replaceAll(' ', '-');
}

/** A number as xsd:decimal writes it, which knows no exponent: `1e-7` is 0.0000001. XML Schema 1.1 Part 2 §3.3.3. */
function decimal(value: number): string {
  const [mantissa = '', exponent] = String(value).split('e');
  if (exponent === undefined) return mantissa;
  const [whole = '', fraction = ''] = mantissa.split('.');
  const point = whole.length + Number(exponent);
  const digits = `${'0'.repeat(Math.max(0, -point))}${whole}${fraction}`.padEnd(point, '0');
  const at = Math.max(0, point);
  return at >= digits.length ? digits : `${digits.slice(0, at) || '0'}.${digits.slice(at)}`;
}

function mapValue(value: unknown, each: (item: unknown) => unknown): unknown {
  return Array.isArray(value) ? value.map(each) : each(value);
}
