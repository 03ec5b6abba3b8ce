import {
  type BlankNode,
  DataFactory,
  type Literal,
  type NamedNode,
  type Quad,
  termFromId as termOf,
} from 'n3';

export type { BlankNode, Literal, NamedNode, Quad } from 'n3';

/** What may stand in each place of a triple. */
export type Subject = NamedNode | BlankNode;
export type ObjectTerm = NamedNode | BlankNode | Literal;

export const { namedNode, blankNode, literal } = DataFactory;

/** A term from its `id`: an IRI, `_:label`, or a literal as n3 writes it. */
export const termFromId = (id: string): ObjectTerm => termOf(id) as ObjectTerm;

export function triple(subject: Subject, predicate: NamedNode, object: ObjectTerm): Quad {
  return DataFactory.quad(subject, predicate, object);
}

export const rdf = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
export const rdfType: NamedNode = namedNode(`${rdf}type`);
export const rdfFirst: NamedNode = namedNode(`${rdf}first`);
export const rdfRest: NamedNode = namedNode(`${rdf}rest`);
export const rdfNil: NamedNode = namedNode(`${rdf}nil`);
export const xsd = 'http://www.w3.org/2001/XMLSchema#';
