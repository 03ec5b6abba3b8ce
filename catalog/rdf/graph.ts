import { type ObjectTerm, type Quad, rdfType } from './terms.ts';

/** What is said of one subject: objects by predicate IRI, each once, in the order in which they came. */
export type Properties = ReadonlyMap<string, readonly ObjectTerm[]>;

/** A graph to look things up in. Subjects are named as n3 names them: an IRI, or `_:` and a label. */
export interface Graph {
  properties(subject: string): Properties | undefined;
  /** Subjects that have this rdf:type, in the order in which they first came. */
  subjectsOfType(type: string): Iterable<string>;
  /** How many triples have this blank node as their object. */
  timesReferred(blankNode: string): number;
}

/** Gathers quads into a graph in memory, about 1 KB a triple; names of graphs are dropped. */
export async function gatherGraph(quads: AsyncIterable<Quad> | Iterable<Quad>): Promise<Graph> {
  const subjects = new Map<string, Map<string, ObjectTerm[]>>();
  const references = new Map<string, number>();
  for await (const quad of quads) {
    const { subject, predicate } = quad;
    // Data has no variables.
    const object = quad.object as ObjectTerm;
    const properties = subjects.get(subject.id) ?? new Map<string, ObjectTerm[]>();
    subjects.set(subject.id, properties);
    const objects = properties.get(predicate.value);
    if (objects?.some((known) => known.equals(object))) continue;
    if (objects) objects.push(object);
    else properties.set(predicate.value, [object]);
    if (object.termType === 'BlankNode') {
      references.set(object.id, (references.get(object.id) ?? 0) + 1);
    }
  }
  return {
    properties: (subject) => subjects.get(subject),
    *subjectsOfType(type) {
      for (const [subject, properties] of subjects) {
        if (properties.get(rdfType.value)?.some(({ value }) => value === type)) yield subject;
      }
    },
    timesReferred: (blankNode) => references.get(blankNode) ?? 0,
  };
}
