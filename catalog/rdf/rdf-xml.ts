import { xmlAttribute, xmlText } from '../kernel/xml.ts';
import { abbreviator, type Prefixes } from './prefixes.ts';
import { type SubjectBlock, subjectTree } from './subject-tree.ts';
import { type Quad, xsd } from './terms.ts';

export interface RdfXmlWriter {
  /** The XML declaration and the opening `rdf:RDF` element. */
  readonly head: string;
  /** The closing `rdf:RDF` element. */
  readonly foot: string;
  /** Writes the triples of one record, to stand between head and foot. */
  write(quads: readonly Quad[]): string;
}

const rdf = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
const xsdString = `${xsd}string`;

/**
 * Makes an RDF/XML writer. Every subject becomes an `rdf:Description`, which any striped reader understands, and a
 * blank node with one reference stands in its place. RDF 1.1 XML Syntax §2.
 *
 * A statement whose predicate does not end in an XML name cannot be said in RDF/XML and is left out; the profile has
 * none such, but a source may. RDF 1.1 XML Syntax §2.2.
 */
export function rdfXmlWriter(prefixes: Prefixes): RdfXmlWriter {
  const abbreviate = abbreviator(prefixes);

  const element = (iri: string): { name: string; declaration: string } | undefined => {
    const short = abbreviate(iri);
    if (short) return { name: `${short.prefix}:${short.localName}`, declaration: '' };
    const local = /[\p{L}_][\p{L}\p{N}_.-]*$/u.exec(iri)?.[0];
    if (!local) return undefined;
    const namespace = iri.slice(0, iri.length - local.length);
    return { name: `ns:${local}`, declaration: ` xmlns:ns="${xmlAttribute(namespace)}"` };
  };

  return {
    head: `<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF xmlns:rdf="${rdf}"${Object.entries(
      prefixes,
    )
      .map(([prefix, iri]) => `\n  xmlns:${prefix}="${xmlAttribute(iri)}"`)
      .join('')}>\n`,
    foot: '</rdf:RDF>\n',
    write(quads) {
      const tree = subjectTree(quads);
      const writeProperty = (predicate: string, object: Quad['object'], indent: string): string => {
        const written = iriOfRdf(predicate) ?? element(predicate);
        if (!written) return '';
        const { name, declaration } = written;
        const open = `${indent}<${name}${declaration}`;
        if (object.termType === 'NamedNode') {
          return `${open} rdf:resource="${xmlAttribute(object.value)}"/>\n`;
        }
        if (object.termType === 'Literal') {
          const datatype = object.datatype.value;
          const how = object.language
            ? ` xml:lang="${object.language}"`
            : datatype === xsdString
              ? ''
              : ` rdf:datatype="${xmlAttribute(datatype)}"`;
          return `${open}${how}>${xmlText(object.value)}</${name}>\n`;
        }
        const block = tree.nested(object);
        if (!block) return `${open} rdf:nodeID="${object.value}"/>\n`;
        const inner = writeProperties(block, `${indent}    `);
        return `${open}>\n${indent}  <rdf:Description>\n${inner}${indent}  </rdf:Description>\n${indent}</${name}>\n`;
      };
      const writeProperties = (block: SubjectBlock, indent: string): string => {
        let text = '';
        for (const [predicate, objects] of block.properties) {
          for (const object of objects) text += writeProperty(predicate, object, indent);
        }
        return text;
      };
      return tree.roots
        .map((block) => {
          const { subject } = block;
          const about =
            subject.termType === 'BlankNode'
              ? `rdf:nodeID="${subject.value}"`
              : `rdf:about="${xmlAttribute(subject.value)}"`;
          return `  <rdf:Description ${about}>\n${writeProperties(block, '    ')}  </rdf:Description>\n`;
        })
        .join('');
    },
  };
}

function iriOfRdf(iri: string): { name: string; declaration: string } | undefined {
  return iri.startsWith(rdf)
    ? { name: `rdf:${iri.slice(rdf.length)}`, declaration: '' }
    : undefined;
}
