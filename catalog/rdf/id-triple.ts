import { type ObjectTerm, type Quad, termFromId } from './terms.ts';

/**
 * A triple as three texts: an IRI as it is, `_:` and a label, or a literal as n3 writes it, `"text"@vi`. So small a
 * thing can be made, compared and stored millions of times.
 */
export type IdTriple = readonly [subject: string, predicate: string, object: string];

export function toIdTriple({ subject, predicate, object }: Quad): IdTriple {
  return [subject.id, predicate.value, object.id];
}

export function objectOf(id: string): ObjectTerm {
  return termFromId(id);
}
