import { resolveSchema, type SchemaNode, schemas } from '../model/schemas.ts';
import { type Vocabulary, vocabulary } from '../model/vocabularies.ts';
import type { DcatContext, Term } from './context.ts';
import { classOf, datatypeByForm } from './node-object.ts';

/** A property of a class, as its schema and the context together say it: what a reader of graphs has to know. */
export interface Field {
  readonly key: string;
  readonly term: Term;
  /** The schema of the class that a value of it is, when it is one of the profile's. */
  readonly nested?: string;
  /** The class that publishing states of an IRI here. */
  readonly refersTo?: string;
  /** A value may be a bare IRI where the schema allows text beside the class. */
  readonly allowsIri: boolean;
  /** A value may be a literal, where the schema allows text in place of the class. */
  readonly allowsLiteral: boolean;
  /** Whether the key holds a list, one value, or either. */
  readonly values: 'one' | 'many' | 'either';
  /** A language map with lists. */
  readonly severalTexts: boolean;
  readonly isNumber: boolean;
  readonly table?: Vocabulary;
  /** Whether a value's datatype follows from its form. */
  readonly showsDatatype: boolean;
  datatypeOf(lexical: string): string;
}

/** The class that a schema describes, and its properties by IRI, in the schema's order. */
export interface ClassFields {
  readonly classIri: string;
  readonly fields: ReadonlyMap<string, Field>;
  /** The properties that an object of the class cannot do without, by IRI. */
  readonly required: readonly string[];
}

const known = new WeakMap<DcatContext, Map<string, ClassFields>>();

/** Gives the fields of a class; `file` is its schema, `dataset.schema.json`. */
export function fieldsOf(file: string, context: DcatContext): ClassFields {
  const remembered = known.get(context) ?? new Map<string, ClassFields>();
  known.set(context, remembered);
  const found = remembered.get(file);
  if (found) return found;
  const schema = schemas.get(file);
  if (!schema?.['x-class']) throw new Error(`${file} describes no class`);
  const fields = new Map<string, Field>();
  for (const [key, property] of Object.entries(schema.properties ?? {})) {
    const term = context.term(key);
    if (term) fields.set(term.iri, toField(key, property, file, term, context));
  }
  const made: ClassFields = {
    classIri: context.expand(schema['x-class']),
    fields,
    required: (schema.required ?? []).flatMap((key) => context.term(key)?.iri ?? []),
  };
  remembered.set(file, made);
  return made;
}

function toField(
  key: string,
  property: SchemaNode,
  file: string,
  term: Term,
  context: DcatContext,
): Field {
  const { node, file: at } = resolveSchema(property, file);
  const nested = classOf(property, file)?.file;
  const refersTo = property['x-refers-to'];
  const byForm = datatypeByForm(property, at);
  const table = property['x-vocabulary'] ?? property.items?.['x-vocabulary'];
  const texts = (node as { readonly additionalProperties?: SchemaNode }).additionalProperties;
  return {
    key,
    term,
    ...(nested !== undefined && { nested }),
    ...(refersTo !== undefined && { refersTo: context.expand(refersTo) }),
    allowsIri: node.items?.if?.type === 'string',
    allowsLiteral: node.if?.type === 'string',
    values: node.type === 'array' ? 'many' : node.then?.type === 'array' ? 'either' : 'one',
    severalTexts: texts?.type === 'array',
    isNumber: node.type === 'integer' || node.type === 'number',
    ...(table !== undefined && { table: vocabulary(table) }),
    showsDatatype: byForm !== undefined,
    datatypeOf: byForm ?? (() => term.datatype),
  };
}
