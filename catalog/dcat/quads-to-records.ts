import { slug } from '../kernel/fold.ts';
import type { LangText, LangTexts, Message } from '../kernel/lang-text.ts';
import type { AgencyRecord } from '../model/agency.ts';
import type { DatasetRecord } from '../model/dataset.ts';
import { resolveSchema, type SchemaNode, schemas } from '../model/schemas.ts';
import { type Quad, rdfType } from '../rdf/terms.ts';
import type { DcatContext, Term } from './context.ts';

type ObjectTerm = Quad['object'];

/** The triples of a graph by subject and predicate. */
export type Graph = ReadonlyMap<string, ReadonlyMap<string, readonly ObjectTerm[]>>;

/** Gathers quads into a graph; names of graphs are dropped. */
export async function gatherGraph(quads: AsyncIterable<Quad>): Promise<Graph> {
  const graph = new Map<string, Map<string, ObjectTerm[]>>();
  for await (const { subject, predicate, object } of quads) {
    const properties = graph.get(subject.id) ?? new Map<string, ObjectTerm[]>();
    graph.set(subject.id, properties);
    const objects = properties.get(predicate.value);
    if (!objects) properties.set(predicate.value, [object]);
    else if (!objects.some((known) => known.equals(object))) objects.push(object);
  }
  return graph;
}

/** A dataset of a graph as a record, before any validation. */
export interface ReadDataset {
  readonly record: DatasetRecord;
  readonly agency?: AgencyRecord;
  readonly notes: readonly Message[];
}

export interface ReadOptions {
  /** The language of texts that do not say theirs. */
  readonly language: string;
  /** The agency of datasets that name no publisher. */
  readonly publisher?: string | undefined;
}

const dcat = 'http://www.w3.org/ns/dcat#';
const foafName = 'http://xmlns.com/foaf/0.1/name';

/** Reads every dcat:Dataset of a graph, in the order in which they came, by the same context that writes them. */
export function* readDatasets(
  graph: Graph,
  context: DcatContext,
  options: ReadOptions,
): Generator<ReadDataset> {
  for (const [subject, properties] of graph) {
    const types = properties.get(rdfType.value) ?? [];
    if (types.some(({ value }) => value === `${dcat}Dataset`)) {
      yield readDataset(subject, graph, context, options);
    }
  }
}

function readDataset(
  subject: string,
  graph: Graph,
  context: DcatContext,
  options: ReadOptions,
): ReadDataset {
  const notes: Message[] = [];
  const reader = createReader(graph, context, options, notes);
  const node = reader.node(subject, 'dataset.schema.json', new Set());
  const identifier = typeof node['identifier'] === 'string' ? node['identifier'] : undefined;
  const id = idOf(subject, identifier);
  const publisher = context.term('publisher');
  const agent = publisher && graph.get(subject)?.get(publisher.iri)?.[0];
  const agency = agent ? readAgency(agent, graph, options) : undefined;
  const distribution = (
    node['distribution'] as readonly Record<string, unknown>[] | undefined
  )?.map((item, index) => ({ ...item, id: distributionId(item, id, index) }));
  const record = {
    ...node,
    id,
    ...(identifier === undefined && !subject.startsWith('_:') && { identifier: subject }),
    ...((agency?.id ?? options.publisher) && { publisher: agency?.id ?? options.publisher }),
    ...(distribution && { distribution }),
  } as unknown as DatasetRecord;
  return { record, ...(agency && { agency }), notes };
}

/** An id from the end of the IRI, else from the identifier; a name that says nothing takes more of its path. */
function idOf(subject: string, identifier: string | undefined): string {
  const path = subject.startsWith('_:') ? (identifier ?? subject) : subject;
  const parts = decode(path)
    .split(/[/#?=]/)
    .filter((part) => part !== '');
  const last = slug(parts.at(-1) ?? '');
  if (last !== '' && last === slug(identifier ?? '')) return last;
  const saysNothing =
    last.length < 4 || /^(dataset|data|about|id|index|record|show|view)$/.test(last);
  const name = saysNothing ? slug(parts.slice(-2).join('-')) : last;
  return name || slug(identifier ?? '') || 'dataset';
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function distributionId(
  item: Readonly<Record<string, unknown>>,
  datasetId: string,
  index: number,
): string {
  const iri = typeof item['id'] === 'string' ? item['id'] : '';
  const name = slug(
    decode(iri)
      .split(/[/#?=]/)
      .at(-1) ?? '',
  );
  // Most catalogues number their distributions within the dataset; the dataset's id makes it unique.
  return /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(name)
    ? name
    : `${datasetId}-${name || index + 1}`.slice(0, 128);
}

function readAgency(
  agent: ObjectTerm,
  graph: Graph,
  options: ReadOptions,
): AgencyRecord | undefined {
  const properties = graph.get(agent.id);
  const name = langText(properties?.get(foafName) ?? [], options.language);
  const label = name
    ? (Object.values(name)[0] ?? '')
    : (decode(agent.value).split(/[/#]/).at(-1) ?? '');
  const id = slug(label) || slug(agent.value);
  if (id === '') return undefined;
  return { id, name: name ?? { [options.language]: label || agent.value } };
}

function langText(terms: readonly ObjectTerm[], language: string): LangText | undefined {
  const text: Record<string, string> = {};
  for (const term of terms) {
    if (term.termType !== 'Literal' || term.value.trim() === '') continue;
    text[languageTag(term.language, language)] ??= term.value;
  }
  return Object.keys(text).length > 0 ? text : undefined;
}

function langTexts(terms: readonly ObjectTerm[], language: string): LangTexts | undefined {
  const texts: Record<string, string[]> = {};
  for (const term of terms) {
    if (term.termType !== 'Literal' || term.value.trim() === '') continue;
    const tag = languageTag(term.language, language);
    const list = texts[tag] ?? [];
    texts[tag] = list;
    if (!list.includes(term.value)) list.push(term.value);
  }
  return Object.keys(texts).length > 0 ? texts : undefined;
}

function languageTag(tag: string, otherwise: string): string {
  return /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(tag) ? tag.toLowerCase() : otherwise;
}

function createReader(graph: Graph, context: DcatContext, options: ReadOptions, notes: Message[]) {
  /** Reads a node as an object of a class; `above` are the nodes it stands in, so that no circle is followed. */
  function node(
    subject: string,
    file: string,
    above: ReadonlySet<string>,
  ): Record<string, unknown> {
    const properties = graph.get(subject) ?? new Map<string, readonly ObjectTerm[]>();
    const read: Record<string, unknown> = {};
    for (const [key, schema] of Object.entries(schemas.get(file)?.properties ?? {})) {
      if (key === 'id') {
        if (!subject.startsWith('_:')) read['id'] = subject;
        continue;
      }
      const term = context.term(key);
      const objects = term && properties.get(term.iri);
      if (!term || !objects || objects.length === 0) continue;
      const value = property(objects, key, schema, file, term, new Set([...above, subject]));
      if (value !== undefined) read[key] = value;
    }
    return read;
  }

  function property(
    objects: readonly ObjectTerm[],
    key: string,
    schema: SchemaNode,
    file: string,
    term: Term,
    above: ReadonlySet<string>,
  ): unknown {
    if (term.kind === 'language') {
      const target = resolveSchema(schema, file).node;
      const several = isLangTexts(target);
      return several ? langTexts(objects, options.language) : langText(objects, options.language);
    }
    const nested = nestedFile(schema, file);
    const values = objects.flatMap((object) => {
      const value = nested ? nestedValue(object, nested, above) : plainValue(object, term);
      return value === undefined ? [] : [value];
    });
    if (values.length === 0) return undefined;
    const target = resolveSchema(schema, file).node;
    if (target.type === 'array') return values;
    if (target.then?.type === 'array') return values.length === 1 ? values[0] : values;
    if (values.length > 1) notes.push(onlyFirst(key, values.length));
    const first = values[0];
    return target.type === 'integer' || target.type === 'number' ? Number(first) : first;
  }

  function nestedValue(object: ObjectTerm, file: string, above: ReadonlySet<string>): unknown {
    if (object.termType === 'Literal') {
      // Statements are often written as plain words.
      return file.endsWith('statement.schema.json')
        ? { label: langText([object], options.language) ?? {} }
        : undefined;
    }
    const known = graph.get(object.id);
    if (!known || above.has(object.id)) {
      return file === 'location.schema.json' && object.termType === 'NamedNode'
        ? object.value
        : undefined;
    }
    const read = node(object.id, file, above);
    const isEmpty = Object.keys(read).every((key) => key === 'id');
    if (isEmpty && file === 'location.schema.json') {
      return object.termType === 'NamedNode' ? object.value : undefined;
    }
    if (isEmpty && file !== 'distribution.schema.json') return undefined;
    if (file === 'distribution.schema.json' || file === 'location.schema.json') return read;
    const { id: _id, ...content } = read;
    return content;
  }

  return { node };
}

function plainValue(object: ObjectTerm, term: Term): string | undefined {
  if (term.kind === 'literal') return object.termType === 'Literal' ? object.value : undefined;
  if (object.termType === 'BlankNode') return undefined;
  if (term.kind === 'iri') return object.value;
  const base = term.base ?? '';
  const alternative = base.replace(/^http:/, 'https:');
  for (const prefix of [base, alternative]) {
    if (prefix !== '' && object.value.startsWith(prefix)) return object.value.slice(prefix.length);
  }
  return object.value;
}

function isLangTexts(schema: SchemaNode): boolean {
  return (schema as { additionalProperties?: SchemaNode }).additionalProperties?.type === 'array';
}

function nestedFile(schema: SchemaNode, file: string): string | undefined {
  const { node, file: at } = resolveSchema(schema, file);
  if (node['x-class']) return at;
  for (const part of [node.items, node.then, node.else]) {
    const found = part && nestedFile(part, at);
    if (found) return found;
  }
  return undefined;
}

function onlyFirst(key: string, count: number): Message {
  return {
    vi: `"${key}" có ${count} giá trị; chỉ giữ giá trị đầu.`,
    en: `"${key}" has ${count} values; only the first is kept.`,
  };
}
