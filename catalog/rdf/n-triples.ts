import type { Quad } from './terms.ts';

const escaped = /["\\\n\r\u0000-\u001f\u007f]/;
const escapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
};

/** A string as it stands between quotes in N-Triples and Turtle. RDF 1.1 N-Triples §3, STRING_LITERAL_QUOTE. */
export function quoted(text: string): string {
  if (!escaped.test(text)) return `"${text}"`;
  const inner = text.replace(
    /["\\\u0000-\u001f\u007f]/g,
    (c) => escapes[c] ?? `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `"${inner}"`;
}

const forbidden = /[\u0000-\u0020<>"{}|^`\\]/;
const everyForbidden = new RegExp(forbidden, 'g');

/** An IRI in angle brackets; what may not stand there is written as a numeric escape. */
export function bracketed(iri: string): string {
  if (!forbidden.test(iri)) return `<${iri}>`;
  const inner = iri.replace(
    everyForbidden,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `<${inner}>`;
}

const xsdString = 'http://www.w3.org/2001/XMLSchema#string';

function writeTerm(term: Quad['object'] | Quad['subject']): string {
  if (term.termType === 'NamedNode') return bracketed(term.value);
  if (term.termType === 'BlankNode') return `_:${term.value}`;
  if (term.termType !== 'Literal') throw new Error(`cannot write a ${term.termType}`);
  const text = quoted(term.value);
  if (term.language) return `${text}@${term.language}`;
  const datatype = term.datatype.value;
  return datatype === xsdString ? text : `${text}^^${bracketed(datatype)}`;
}

/** Writes triples as N-Triples, a line each, in the order given. */
export function writeNTriples(quads: readonly Quad[]): string {
  let text = '';
  for (const { subject, predicate, object } of quads) {
    text += `${writeTerm(subject)} ${bracketed(predicate.value)} ${writeTerm(object)} .\n`;
  }
  return text;
}
