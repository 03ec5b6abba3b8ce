import { escapeIri } from '../kernel/formats.ts';
import type { Message } from '../kernel/lang-text.ts';
import type { ExpandedNode, ExpandedValue } from '../model/dataset.ts';
import type { Properties } from '../rdf/graph.ts';
import { type ObjectTerm, rdfType, xsd } from '../rdf/terms.ts';
import type { DcatContext } from './context.ts';
import { type Field, fieldsOf } from './fields.ts';
import { createExpander } from './read-extras.ts';
import { readValue } from './read-values.ts';
import { createSurroundings, type NodeReading } from './surroundings.ts';

/** A node of a graph as a record of a class, whole: what the class has no word for is in `extras` and `included`. */
export interface ReadNode {
  readonly content: Readonly<Record<string, unknown>>;
  readonly notes: readonly Message[];
}

/** A description may nest so deep; the profile's own classes need three. */
const deepest = 6;
const mostIncluded = 1000;

export function tripleKey(subject: string, predicate: string, object: ObjectTerm): string {
  return `${subject}\n${predicate}\n${object.id}`;
}

/**
 * Reads a subject as a record of the class that `file` describes.
 *
 * Law: publishing the record gives the graph's statements about the subject again, up to the normalisations that the
 * documentation lists. Each value goes under its key where the key can say exactly it, and to `extras` otherwise.
 */
export function readNode(subject: string, file: string, reading: NodeReading): ReadNode {
  const { graph, context, refused, trace, apart } = reading;
  const takenKey = apart?.taken && tripleKey(subject, apart.predicate, apart.taken);
  const around = createSurroundings(subject, reading);
  const expander = createExpander(around);

  function node(id: string, schema: string, pointer: string, depth: number) {
    const { classIri, fields } = fieldsOf(schema, context);
    const properties: Properties = graph.properties(id) ?? new Map();
    const read: Record<string, unknown> = {};
    const extras: Record<string, readonly ExpandedValue[] | readonly string[]> = {};
    for (const [iri, field] of fields) {
      const objects = properties.get(iri);
      if (!objects) continue;
      const left = fill(read, field, objects, { id, pointer, depth });
      if (left.length > 0) extras[iri] = left.map((object) => expander.value(object, 0));
    }
    for (const [iri, objects] of properties) {
      if (fields.has(iri)) continue;
      const others = objects.filter((object) =>
        iri === rdfType.value ? object.value !== classIri : !reading.isMeasured(iri, object),
      );
      if (others.length === 0) continue;
      const { '@type': types, ...rest } = expander.statements(new Map([[iri, others]]), 0);
      if (types) extras['@type'] = types;
      Object.assign(extras, rest);
    }
    if (Object.keys(extras).length > 0) read['extras'] = extras;
    return read;
  }

  interface Place {
    readonly id: string;
    readonly pointer: string;
    readonly depth: number;
  }

  /** Puts the objects of a property under its key, and gives back those that do not fit there. */
  function fill(
    read: Record<string, unknown>,
    field: Field,
    objects: readonly ObjectTerm[],
    { id, pointer, depth }: Place,
  ): readonly ObjectTerm[] {
    const left: ObjectTerm[] = [];
    const values: unknown[] = [];
    const seen = new Set<unknown>();
    const texts: Record<string, unknown> = {};
    for (const object of objects) {
      const key = tripleKey(id, field.term.iri, object);
      if (key === takenKey) continue;
      const isApart = id === subject && field.term.iri === apart?.predicate;
      if (isApart || refused.has(key)) left.push(object);
      else if (field.term.kind === 'language') {
        const place = addText(texts, object, field);
        if (place === undefined) left.push(object);
        else trace?.set(`${pointer}/${field.key}/${place}`, key);
      } else if (field.values === 'one' && values.length > 0) left.push(object);
      else {
        const isList = field.values === 'many' || (field.values === 'either' && objects.length > 1);
        const at = `${pointer}/${field.key}${isList ? `/${values.length}` : ''}`;
        const isPlain = object.termType === 'Literal' && field.allowsLiteral;
        const value =
          field.nested && !isPlain
            ? nestedValue(object, field, field.nested, at, depth)
            : plainValue(object, field, left);
        if (value === undefined) left.push(object);
        else if (typeof value === 'object' || !seen.has(value)) {
          seen.add(value);
          values.push(value);
          trace?.set(at, key);
        }
      }
    }
    if (Object.keys(texts).length > 0) read[field.key] = texts;
    if (values.length > 0) {
      const isOne = field.values === 'one' || (field.values === 'either' && objects.length === 1);
      read[field.key] = isOne ? values[0] : values;
    }
    return left;
  }

  /** A value of the key, which is left too when the key cannot say all of it. */
  function plainValue(object: ObjectTerm, field: Field, left: ObjectTerm[]): unknown {
    const read = readValue(object, field);
    if (!read) return undefined;
    if (!read.exact) left.push(object);
    const properties = graph.properties(object.id);
    if (properties && !isBare(properties, field)) around.mention(object.id);
    return read.value;
  }

  function nestedValue(
    object: ObjectTerm,
    field: Field,
    file: string,
    pointer: string,
    depth: number,
  ): unknown {
    if (object.termType === 'Literal' || depth >= deepest) return undefined;
    const iri =
      object.termType === 'NamedNode' ? escapeIri(object.value) : around.nameOf(object.id, false);
    const properties = graph.properties(object.id);
    const isFirst = around.take(object.id);
    if (!properties || !isFirst || isBare(properties, field)) {
      return field.allowsIri ? iri : undefined;
    }
    if (!isComplete(file, properties)) {
      around.giveBack(object.id);
      return undefined;
    }
    const read = node(object.id, file, pointer, depth + 1);
    if (iri === undefined) return read;
    return file === 'distribution.schema.json' ? { iri, ...read } : { id: iri, ...read };
  }

  function isComplete(file: string, properties: Properties): boolean {
    if (file === 'distribution.schema.json') return hasAddress(properties, context);
    const { fields, required } = fieldsOf(file, context);
    const filled = [...fields.keys()].filter((iri) => properties.has(iri));
    return filled.length > 0 && required.every((iri) => properties.has(iri));
  }

  function addText(
    texts: Record<string, unknown>,
    object: ObjectTerm,
    field: Field,
  ): string | undefined {
    if (object.termType !== 'Literal' || !/\S/.test(object.value)) return undefined;
    if (object.language === '' && object.datatype.value !== `${xsd}string`) return undefined;
    const tag = object.language === '' ? reading.language : object.language.toLowerCase();
    if (!/^([a-z]{2,3}(-[a-z0-9]{2,8})*|@none)$/.test(tag)) return undefined;
    if (!field.severalTexts) {
      if (texts[tag] !== undefined) return undefined;
      texts[tag] = object.value;
      return tag;
    }
    const list = (texts[tag] as string[] | undefined) ?? [];
    texts[tag] = list;
    if (!list.includes(object.value)) list.push(object.value);
    return `${tag}/${list.length - 1}`;
  }

  const content = node(subject, file, '', 0);
  const included = includeMentioned();
  return {
    content: included.length > 0 ? { ...content, included } : content,
    notes: around.overflow() ? [tooMany] : [],
  };

  function includeMentioned(): readonly ExpandedNode[] {
    const nodes: ExpandedNode[] = [];
    for (const { subject: id, name } of around.mentioned(mostIncluded)) {
      nodes.push({ '@id': name, ...expander.statements(graph.properties(id), 0) });
    }
    return nodes;
  }
}

/** Whether nothing is said of a node but the class that publishing states of it anyway. */
function isBare(properties: Properties, { refersTo }: Field): boolean {
  const types = properties.get(rdfType.value) ?? [];
  return properties.size === 1 && types.length === 1 && types[0]?.value === refersTo;
}

/** A distribution that says no accessURL is reached by its downloadURL. DCAT 3 §6.8.8. */
function hasAddress(properties: Properties, context: DcatContext): boolean {
  return ['accessURL', 'downloadURL'].some((key) => properties.has(context.term(key)?.iri ?? ''));
}

const tooMany: Message = {
  vi: `Bản ghi dẫn tới hơn ${mostIncluded} nút có mô tả; phần còn lại không được giữ.`,
  en: `The record refers to more than ${mostIncluded} described nodes; the rest is not kept.`,
};
