import { bracketed, quoted } from './n-triples.ts';
import { abbreviator, type Prefixes } from './prefixes.ts';
import { type SubjectBlock, subjectTree } from './subject-tree.ts';
import { type Quad, rdfType, xsd } from './terms.ts';

export interface TurtleWriter {
  /** The prefix lines that the fragments below rely on. */
  readonly head: string;
  /** Writes the triples of one record. Fragments under one head can be put one after the other. */
  write(quads: readonly Quad[]): string;
}

const xsdString = `${xsd}string`;

/** Makes a Turtle writer: subject blocks, `a` for types, blank nodes in their place. RDF 1.1 Turtle. */
export function turtleWriter(prefixes: Prefixes): TurtleWriter {
  const abbreviate = abbreviator(prefixes);
  const writeIri = (iri: string): string => {
    const short = abbreviate(iri);
    return short ? `${short.prefix}:${short.localName}` : bracketed(iri);
  };

  return {
    head: `${Object.entries(prefixes)
      .map(([prefix, iri]) => `@prefix ${prefix}: <${iri}> .\n`)
      .join('')}\n`,
    write(quads) {
      const tree = subjectTree(quads);
      const writeObject = (object: Quad['object'], indent: string): string => {
        if (object.termType === 'NamedNode') return bracketed(object.value);
        if (object.termType === 'Literal') {
          const text = quoted(object.value);
          if (object.language) return `${text}@${object.language}`;
          const datatype = object.datatype.value;
          return datatype === xsdString ? text : `${text}^^${writeIri(datatype)}`;
        }
        const block = tree.nested(object);
        if (!block) return `_:${object.value}`;
        return `[\n${writeProperties(block, `${indent}  `)}\n${indent}]`;
      };
      const writeProperties = (block: SubjectBlock, indent: string): string => {
        const lines: string[] = [];
        for (const [predicate, objects] of block.properties) {
          const verb = predicate === rdfType.value ? 'a' : writeIri(predicate);
          const values = objects.map((object) =>
            verb === 'a' && object.termType === 'NamedNode'
              ? writeIri(object.value)
              : writeObject(object, indent),
          );
          lines.push(`${indent}${verb} ${values.join(', ')}`);
        }
        return lines.join(' ;\n');
      };
      return tree.roots
        .map((block) => {
          const { subject } = block;
          const name =
            subject.termType === 'BlankNode' ? `_:${subject.value}` : bracketed(subject.value);
          return `${name}\n${writeProperties(block, '  ')} .\n\n`;
        })
        .join('');
    },
  };
}
