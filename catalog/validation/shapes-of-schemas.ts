import type { DcatContext } from '../dcat/context.ts';
import { type Field, fieldsOf } from '../dcat/fields.ts';
import type { Message } from '../kernel/lang-text.ts';
import { type SchemaNode, schemas } from '../model/schemas.ts';
import {
  blankNode,
  literal,
  namedNode,
  type ObjectTerm,
  type Quad,
  rdfType,
  type Subject,
  triple,
  xsd,
} from '../rdf/terms.ts';

const sh = (name: string) => namedNode(`http://www.w3.org/ns/shacl#${name}`);

/** One constraint on the values of a property. */
interface Rule {
  readonly component: string;
  readonly value: ObjectTerm;
  readonly severity: 'Violation' | 'Warning';
  readonly message: Message;
}

type MakeRule = (component: string, value: ObjectTerm, said: Message) => Rule;

/**
 * What the schemas demand, as SHACL: for each class of the profile its properties, how many there are, what kind of
 * term, of which class or datatype. So a graph of any origin is held against the same rules as a record.
 */
export function shapesOfSchemas(context: DcatContext): readonly Quad[] {
  const quads: Quad[] = [];
  const say = (subject: Subject, name: string, object: ObjectTerm) => {
    quads.push(triple(subject, sh(name), object));
  };
  for (const [file, schema] of schemas) {
    // What the catalogue measures itself is no part of what others describe.
    if (!schema['x-class'] || isMeasured(file)) continue;
    const { classIri, fields } = fieldsOf(file, context);
    const shape = namedNode(`urn:khue:shapes:${file.replace('.schema.json', '')}`);
    quads.push(triple(shape, rdfType, sh('NodeShape')));
    say(shape, 'targetClass', namedNode(classIri));
    for (const [iri, field] of fields) {
      for (const rule of rulesOf(field, schema, context)) {
        const property = blankNode();
        say(shape, 'property', property);
        say(property, 'path', namedNode(iri));
        say(property, rule.component, rule.value);
        say(property, 'severity', sh(rule.severity));
        say(property, 'message', literal(rule.message.vi, 'vi'));
        say(property, 'message', literal(rule.message.en, 'en'));
      }
    }
  }
  return quads;
}

function* rulesOf(field: Field, schema: SchemaNode, context: DcatContext): Generator<Rule> {
  const property = schema.properties?.[field.key] ?? {};
  const vi = property.title ?? field.key;
  const en = property['x-en']?.title ?? field.key;
  const rule: MakeRule = (component, value, said) => ({
    component,
    value,
    severity: 'Violation',
    message: { vi: `${vi} ${said.vi}.`, en: `${en} ${said.en}.` },
  });
  const obligation = property['x-obligation'];
  if (schema.required?.includes(field.key) || obligation === 'mandatory') {
    yield rule('minCount', number(1), { vi: 'là bắt buộc', en: 'is required' });
  } else if (obligation === 'recommended') {
    const advice = rule('minCount', number(1), { vi: 'nên có', en: 'is recommended' });
    yield { ...advice, severity: 'Warning' };
  }
  if (field.values === 'one' && field.term.kind !== 'language') {
    const said = { vi: 'chỉ ghi một giá trị', en: 'takes one value' };
    yield rule('maxCount', number(1), said);
  }
  yield* kindOf(field, rule, context);
}

function* kindOf(field: Field, rule: MakeRule, context: DcatContext): Generator<Rule> {
  const { term, nested, refersTo, table } = field;
  const isNode = nested !== undefined || term.kind === 'iri' || term.kind === 'code';
  if (isNode && field.allowsLiteral) return;
  if (!isNode) {
    yield rule('nodeKind', sh('Literal'), { vi: 'phải là văn bản', en: 'must be a literal' });
    if (term.kind === 'literal' && !field.showsDatatype && term.datatype !== `${xsd}string`) {
      const type = context.compact(term.datatype);
      const said = { vi: `phải có kiểu ${type}`, en: `must have the datatype ${type}` };
      yield rule('datatype', namedNode(term.datatype), said);
    }
    return;
  }
  const said = { vi: 'phải là IRI, không phải văn bản', en: 'must be an IRI, not text' };
  yield rule('nodeKind', sh('BlankNodeOrIRI'), said);
  // Concepts of the authority tables are described there, and not again in every feed.
  const wanted = nested === undefined ? !table && refersTo : fieldsOf(nested, context).classIri;
  if (!wanted || (nested !== undefined && field.allowsIri && !refersTo)) return;
  const type = context.compact(wanted);
  const classed = { vi: `phải thuộc lớp ${type}`, en: `must be of the class ${type}` };
  yield rule('class', namedNode(wanted), classed);
}

function number(value: number): ObjectTerm {
  return literal(String(value), namedNode(`${xsd}integer`));
}

function isMeasured(file: string): boolean {
  return /^(measured-.+|.+-measurement)\.schema\.json$/.test(file);
}
