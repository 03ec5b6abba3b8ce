import type { DcatContext } from '../../catalog/dcat/context.ts';
import { schemas } from '../../catalog/model/schemas.ts';
import type { Graph } from '../../catalog/rdf/graph.ts';
import {
  blankNode,
  literal,
  namedNode,
  type ObjectTerm,
  type Quad,
  rdfType,
  type Subject,
  triple,
} from '../../catalog/rdf/terms.ts';

const dcat = 'http://www.w3.org/ns/dcat#';
const ownRecords = ['Dataset', 'Catalog', 'CatalogRecord'].map((name) => dcat + name);

/**
 * What a graph says of one dataset: every statement about it, about blank nodes that it leads to, and about described
 * nodes that it leads to and that are no dataset, and no book-keeping of the source, themselves.
 */
export function datasetPart(graph: Graph, dataset: string): readonly Quad[] {
  const quads: Quad[] = [];
  const seen = new Set([dataset]);
  const open = [dataset];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const subject = id.startsWith('_:') ? blankNode(id.slice(2)) : namedNode(id);
    for (const [predicate, objects] of graph.properties(id) ?? []) {
      for (const object of objects) {
        quads.push(triple(subject, namedNode(predicate), object));
        const isFar = object.termType === 'Literal' || seen.has(object.id);
        if (isFar || isRecord(graph, object.id)) continue;
        seen.add(object.id);
        open.push(object.id);
      }
    }
  }
  return quads;
}

function isRecord(graph: Graph, id: string): boolean {
  const types = graph.properties(id)?.get(rdfType.value) ?? [];
  const records = id.startsWith('_:') ? [`${dcat}Dataset`] : ownRecords;
  return types.some(({ value }) => records.includes(value));
}

/**
 * Puts a graph in the form in which both sides of a round trip must agree, so that nothing is forgiven but what the
 * documentation lists: classes of the profile are stated; IRIs minted here stand for blank nodes; dates, numbers and
 * geometries are told by their form; language tags are lower case; addresses and codes may be written as text.
 */
export function normalised(
  quads: readonly Quad[],
  baseURL: string,
  context: DcatContext,
): readonly Quad[] {
  const profileClasses = new Set([...classesOf(schemas)].map(context.expand));
  const codeBases = Object.values(context.document['@context']).flatMap((term) => {
    const base = (term as { '@context'?: { '@vocab': string } } | null)?.['@context']?.['@vocab'];
    return base === undefined || base.startsWith(baseURL) ? [] : [base];
  });
  const node = (value: string): NamedOrBlank =>
    value.startsWith(`${baseURL}/`)
      ? blankNode(`m${value.slice(baseURL.length).replace(/[^a-z0-9]/gi, 'x')}`)
      : namedNode(plainIri(value));
  const reference = (value: string): ObjectTerm => {
    const iri = plainIri(value);
    const base = codeBases.find((each) => iri.startsWith(each));
    return base === undefined ? node(iri) : literal(iri.slice(base.length));
  };
  const object = (term: Quad['object']): ObjectTerm => {
    if (term.termType === 'NamedNode') return reference(term.value);
    if (term.termType !== 'Literal') return term as ObjectTerm;
    if (term.language) return literal(term.value, term.language.toLowerCase());
    if (/^[a-z][a-z0-9+.-]*:\S+$/i.test(term.value)) return reference(term.value.trim());
    return literal(plainText(term.value));
  };
  return quads
    .filter(({ predicate: p, object: o }) => !(p.equals(rdfType) && profileClasses.has(o.value)))
    .map((quad) =>
      triple(
        (quad.subject.termType === 'NamedNode'
          ? node(quad.subject.value)
          : quad.subject) as Subject,
        namedNode(plainIri(quad.predicate.value)),
        object(quad.object),
      ),
    );
}

type NamedOrBlank = ReturnType<typeof namedNode> | ReturnType<typeof blankNode>;

function plainIri(iri: string): string {
  return encodeURI(decode(iri)).replace(/^https:\/\/(publications\.europa|www\.iana)/, 'http://$1');
}

function decode(iri: string): string {
  try {
    return decodeURI(iri);
  } catch {
    return iri;
  }
}

/** Dates and numbers by what they say. */
function plainText(text: string): string {
  const trimmed = text.trim();
  if (/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/.test(trimmed)) {
    const moment = trimmed.replace(' ', 'T');
    const zoned = /(Z|[+-]\d{2}:?\d{2})$/.test(moment) ? moment : `${moment}Z`;
    const time = Date.parse(zoned);
    return Number.isNaN(time) ? text : new Date(time).toISOString();
  }
  return trimmed !== '' && Number.isFinite(Number(trimmed)) ? String(Number(trimmed)) : text;
}

/** Every class that a schema states: of what it describes, and of what it refers to. */
function* classesOf(node: unknown): Generator<string> {
  const values = node instanceof Map ? node.values() : Object.values(node as object);
  for (const value of values) {
    if (typeof value !== 'object' || value === null) continue;
    const { 'x-class': own, 'x-refers-to': other } = value as Record<string, unknown>;
    if (typeof own === 'string') yield own;
    if (typeof other === 'string') yield other;
    yield* classesOf(value);
  }
}
