import type { Message } from '../kernel/lang-text.ts';
import { type Quad, rdf } from '../rdf/terms.ts';

export const shacl = 'http://www.w3.org/ns/shacl#';

/** A term as its `id`: an IRI, `_:label`, or a literal as n3 writes it. */
export type TermId = Quad['object']['id'];

/** A shape as the compiler takes it: what it asks of a node, and of the values of its properties. */
export interface ShapePlan {
  readonly targetClasses: readonly string[];
  readonly constraints: readonly Constraint[];
  readonly properties: readonly PropertyPlan[];
  readonly severity: string;
  readonly message: Message | undefined;
}

export interface PropertyPlan extends ShapePlan {
  readonly path: string;
}

/** A constraint of SHACL Core, §4, whose parameters are read. */
export type Constraint =
  | { readonly kind: 'minCount' | 'maxCount'; readonly count: number }
  | { readonly kind: 'class' | 'datatype' | 'nodeKind'; readonly iri: string }
  | { readonly kind: 'hasValue'; readonly value: TermId }
  | { readonly kind: 'in'; readonly values: ReadonlySet<TermId> }
  | { readonly kind: 'languageIn'; readonly tags: readonly string[] }
  | { readonly kind: 'node' | 'not'; readonly shape: ShapePlan }
  | { readonly kind: 'or' | 'and'; readonly shapes: readonly ShapePlan[] }
  | {
      readonly kind: 'qualified';
      readonly shape: ShapePlan;
      readonly least: number;
      readonly most: number;
    };

/** What a shapes graph says that is not compiled. */
export class UnsupportedShape extends Error {
  override readonly name = 'UnsupportedShape';
}

/** What says nothing about data, or is read together with something else. */
const silent: ReadonlySet<string> = new Set([
  `${rdf}type`,
  `${shacl}targetClass`,
  `${shacl}property`,
  `${shacl}path`,
  `${shacl}severity`,
  `${shacl}message`,
  `${shacl}name`,
  `${shacl}description`,
  `${shacl}order`,
  `${shacl}group`,
  `${shacl}qualifiedMinCount`,
  `${shacl}qualifiedMaxCount`,
]);

/**
 * Reads the shapes of a graph that have targets.
 *
 * @throws {UnsupportedShape} for what is no part of the subset above, which a whole engine must then judge
 */
export function readShapes(quads: readonly Quad[]): readonly ShapePlan[] {
  const bySubject = new Map<string, Quad[]>();
  for (const quad of quads) {
    const own = bySubject.get(quad.subject.id);
    if (own) own.push(quad);
    else bySubject.set(quad.subject.id, [quad]);
  }
  const known = new Map<string, ShapePlan>();
  const targeted = quads.filter(({ predicate }) => predicate.value.startsWith(`${shacl}target`));
  const roots = new Set(targeted.map(({ subject }) => subject.id));
  return [...roots].map((root) => shapeOf(root));

  function objectsOf(subject: string, name: string): readonly Quad['object'][] {
    return (bySubject.get(subject) ?? [])
      .filter(({ predicate }) => predicate.value === shacl + name)
      .map(({ object }) => object);
  }

  function shapeOf(subject: string): ShapePlan {
    const found = known.get(subject);
    if (found) return found;
    // A shape that leads back to itself is left to the engine, whose affair recursion is. SHACL §3.4.3.
    known.set(subject, recursive);
    const plan: ShapePlan = {
      targetClasses: objectsOf(subject, 'targetClass').map(({ value }) => value),
      constraints: (bySubject.get(subject) ?? []).flatMap((quad) => constraintOf(quad) ?? []),
      properties: objectsOf(subject, 'property').map(({ id }) => propertyOf(id)),
      severity: objectsOf(subject, 'severity')[0]?.value.replace(shacl, '') ?? 'Violation',
      message: messageOf(subject),
    };
    known.set(subject, plan);
    return plan;
  }

  function propertyOf(subject: string): PropertyPlan {
    const [path] = objectsOf(subject, 'path');
    if (path?.termType !== 'NamedNode') throw new UnsupportedShape('a path that is no IRI');
    return { ...shapeOf(subject), path: path.value };
  }

  function messageOf(subject: string): Message | undefined {
    const texts = objectsOf(subject, 'message');
    const say = (language: string) =>
      texts.find((text) => 'language' in text && text.language === language)?.value;
    const [first] = texts;
    if (!first) return undefined;
    return { vi: say('vi') ?? first.value, en: say('en') ?? first.value };
  }

  function constraintOf({ subject, predicate, object }: Quad): Constraint | undefined {
    if (!predicate.value.startsWith(shacl) || silent.has(predicate.value)) return undefined;
    const name = predicate.value.slice(shacl.length);
    switch (name) {
      case 'minCount':
      case 'maxCount':
        return { kind: name, count: Number(object.value) };
      case 'class':
      case 'datatype':
        return { kind: name, iri: object.value };
      case 'nodeKind':
        return { kind: name, iri: object.value.slice(shacl.length) };
      case 'hasValue':
        return { kind: name, value: object.id };
      case 'in':
        return { kind: name, values: new Set(listOf(object.id).map(({ id }) => id)) };
      case 'languageIn':
        return { kind: name, tags: listOf(object.id).map(({ value }) => value.toLowerCase()) };
      case 'node':
      case 'not':
        return { kind: name, shape: innerOf(object.id) };
      case 'or':
      case 'and':
        return { kind: name, shapes: listOf(object.id).map(({ id }) => innerOf(id)) };
      case 'qualifiedValueShape': {
        const numberOf = (of: string, otherwise: number) =>
          Number(objectsOf(subject.id, of)[0]?.value ?? otherwise);
        return {
          kind: 'qualified',
          shape: innerOf(object.id),
          least: numberOf('qualifiedMinCount', 0),
          most: numberOf('qualifiedMaxCount', Number.POSITIVE_INFINITY),
        };
      }
      default:
        throw new UnsupportedShape(name);
    }
  }

  function innerOf(subject: string): ShapePlan {
    const shape = shapeOf(subject);
    if (shape === recursive) throw new UnsupportedShape('a shape that leads back to itself');
    if (objectsOf(subject, 'path').length > 0)
      throw new UnsupportedShape('a property shape as a node');
    return shape;
  }

  function listOf(head: string): readonly Quad['object'][] {
    const items: Quad['object'][] = [];
    for (let cell = head; cell !== `${rdf}nil`; ) {
      const own: readonly Quad[] = bySubject.get(cell) ?? [];
      const item = own.find(({ predicate }) => predicate.value === `${rdf}first`)?.object;
      const rest = own.find(({ predicate }) => predicate.value === `${rdf}rest`)?.object;
      if (!item || !rest || items.length > 10_000) throw new UnsupportedShape('a broken list');
      items.push(item);
      cell = rest.id;
    }
    return items;
  }
}

const recursive: ShapePlan = {
  targetClasses: [],
  constraints: [],
  properties: [],
  severity: 'Violation',
  message: undefined,
};
