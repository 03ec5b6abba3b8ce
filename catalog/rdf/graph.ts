import { type IdTriple, objectOf, toIdTriple } from './id-triple.ts';
import { type ObjectTerm, type Quad, rdfType } from './terms.ts';

/** What is said of one subject: objects by predicate IRI, each once, in the order in which they came. */
export type Properties = ReadonlyMap<string, readonly ObjectTerm[]>;

/** A graph to look things up in. Subjects are named as in an `IdTriple`. */
export interface Graph {
  properties(subject: string): Properties | undefined;
  /** Subjects that have this rdf:type, in the order in which they first came. */
  subjectsOfType(type: string): Iterable<string>;
  /** How many triples have this blank node as their object. */
  timesReferred(blankNode: string): number;
}

/** Gathers quads into a graph in memory; names of graphs are dropped. */
export async function gatherGraph(quads: AsyncIterable<Quad> | Iterable<Quad>): Promise<Graph> {
  const triples: IdTriple[] = [];
  for await (const quad of quads) triples.push(toIdTriple(quad));
  return graphOf([triples]);
}

/** Makes a graph in memory of batches of triples, about 500 bytes a triple. */
export function graphOf(batches: Iterable<readonly IdTriple[]>): Graph {
  const subjects = new Map<string, Map<string, Set<string>>>();
  const references = new Map<string, number>();
  for (const batch of batches) {
    for (const [subject, predicate, object] of batch) {
      const properties = subjects.get(subject) ?? new Map<string, Set<string>>();
      subjects.set(subject, properties);
      const objects = properties.get(predicate) ?? new Set();
      properties.set(predicate, objects);
      if (objects.has(object)) continue;
      objects.add(object);
      if (object.startsWith('_:')) references.set(object, (references.get(object) ?? 0) + 1);
    }
  }
  const read = new Map<string, Properties>();
  return {
    properties(subject) {
      const known = read.get(subject);
      if (known) return known;
      const properties = subjects.get(subject);
      if (!properties) return undefined;
      const terms = new Map(
        [...properties].map(([predicate, ids]) => [predicate, [...ids].map(objectOf)]),
      );
      read.set(subject, terms);
      return terms;
    },
    *subjectsOfType(type) {
      for (const [subject, properties] of subjects) {
        if (properties.get(rdfType.value)?.has(type)) yield subject;
      }
    },
    timesReferred: (blankNode) => references.get(blankNode) ?? 0,
  };
}
