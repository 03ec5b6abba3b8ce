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

/** The schema behind a property, past `$ref`, array and choice, when that is a class of the profile. */
function classOf(node: SchemaNode, file: string): { class: string; file: string } | undefined {
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
  /** Properties whose text shows its datatype by its form. */
  readonly temporal: ReadonlySet<string>;
}

const shapes = new Map<string, Shape>();

function shapeOf(file: string): Shape {
  const known = shapes.get(file);
  if (known) return known;
  const schema = schemas.get(file);
  if (!schema?.['x-class']) throw new Error(`${file} describes no class`);
  const nested = new Map<string, string>();
  const temporal = new Set<string>();
  const references = new Map<string, { class: string; table?: Vocabulary }>();
  for (const [key, property] of Object.entries(schema.properties ?? {})) {
    const found = classOf(property, file);
    if (found) nested.set(key, found.file);
    if (resolveSchema(property, file).node.format === 'temporal') temporal.add(key);
    const table = property['x-vocabulary'] ?? property.items?.['x-vocabulary'];
    if (property['x-refers-to'] !== undefined) {
      references.set(key, {
        class: property['x-refers-to'],
        ...(table !== undefined && { table: vocabulary(table) }),
      });
    }
  }
  const shape: Shape = { class: schema['x-class'], nested, references, temporal };
  shapes.set(file, shape);
  return shape;
}

/**
 * Makes the JSON-LD that is published of a record.
 *
 * Shape: the record itself, key by key, with `@type` added from the schema's class and `id` made absolute; a value
 * whose datatype is not the context's default says so, and an IRI that no authority table describes
 * carries its class. What the context maps to nothing (`inventory`) is left out.
 *
 * @param file the record's schema, `dataset.schema.json`
 * @param iris how ids become IRIs, by schema; ids of other classes are IRIs already
 */
export function toNodeObject(
  record: object,
  file: string,
  context: DcatContext,
  iris: Readonly<Record<string, (id: string) => string>>,
): NodeObject {
  const shape = shapeOf(file);
  const node: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(record)) {
    if (value === null || value === undefined) continue;
    if (key === 'id') {
      node['id'] = iris[file]?.(String(value)) ?? value;
      node['@type'] = shape.class;
      continue;
    }
    const term = context.term(key);
    if (!term) continue;
    const nested = shape.nested.get(key);
    node[key] = mapValue(value, (item) => {
      if (nested && typeof item === 'object') {
        return toNodeObject(item as object, nested, context, iris);
      }
      const reference = shape.references.get(key);
      if (reference && typeof item === 'string' && !reference.table?.find(item)) {
        return { id: absolute(item, term), '@type': reference.class };
      }
      if (term.kind === 'code' && typeof item === 'string' && isMisread(item, context)) {
        return absolute(item, term);
      }
      if (typeof item === 'number' && !Number.isSafeInteger(item)) return decimal(item);
      if (shape.temporal.has(key) && typeof item === 'string') {
        const datatype = temporalDatatype(item);
        return datatype === term.datatype ? item : { '@type': datatype, '@value': item };
      }
      return item;
    });
  }
  if (node['@type'] === undefined) return { '@type': shape.class, ...node };
  return node;
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
