import { escapeIri } from '../kernel/formats.ts';
import type { ExpandedNode, ExpandedValue } from '../model/dataset.ts';
import type { Graph, Properties } from '../rdf/graph.ts';
import {
  type Literal,
  type ObjectTerm,
  rdfFirst,
  rdfNil,
  rdfRest,
  rdfType,
  xsd,
} from '../rdf/terms.ts';

/** Deeper than this, a blank node gets a name: JSON that is nested without end is refused where it is read. */
const deepest = 12;
/** Longer than this, an RDF list is written cell by cell. */
const longestList = 1000;

/** What a reader of one record shares between its parts. */
export interface Surroundings {
  readonly graph: Graph;
  /** The name of a blank node that more than one triple points to, or that lies too deep. */
  nameOf(blankNode: string, isDeep: boolean): string | undefined;
  /** Hears of everything that is referred to, so that what is described can be included. */
  mention(subject: string): void;
}

/** Writes terms in expanded JSON-LD: what the profile has no word for, as the source said it. */
export function createExpander({ graph, nameOf, mention }: Surroundings) {
  function value(object: ObjectTerm, depth: number): ExpandedValue {
    if (object.termType === 'Literal') return literalValue(object);
    if (object.termType === 'NamedNode') {
      mention(object.value);
      return { '@id': escapeIri(object.value) };
    }
    const items = listItems(object.id);
    if (items) return { '@list': items.map((item) => value(item, depth + 1)) };
    const name = nameOf(object.id, depth >= deepest);
    if (name !== undefined) {
      mention(object.id);
      return { '@id': name };
    }
    return statements(graph.properties(object.id), depth + 1);
  }

  /** Every statement of a node, its classes under `@type`. */
  function statements(properties: Properties | undefined, depth: number): ExpandedNode {
    const node: Record<string, readonly ExpandedValue[] | readonly string[]> = {};
    for (const [predicate, objects] of properties ?? []) {
      const types = predicate === rdfType.value ? namesOf(objects) : [];
      if (types.length > 0) node['@type'] = types;
      for (const type of types) mention(type);
      const others = types.length === 0 ? objects : objects.filter((each) => !isName(each));
      if (others.length > 0) {
        node[escapeIri(predicate)] = others.map((object) => value(object, depth));
      }
    }
    return node;
  }

  /** The items of a well-formed list that nothing else points into. JSON-LD 1.1 API §8.5.1. */
  function listItems(start: string): readonly ObjectTerm[] | undefined {
    const items: ObjectTerm[] = [];
    let cell = start;
    while (cell !== rdfNil.value) {
      const properties = graph.properties(cell);
      const [item, ...moreItems] = properties?.get(rdfFirst.value) ?? [];
      const [rest, ...moreRests] = properties?.get(rdfRest.value) ?? [];
      const isCell = properties?.size === 2 && moreItems.length === 0 && moreRests.length === 0;
      if (!isCell || !item || !rest || graph.timesReferred(cell) !== 1) return undefined;
      if (items.push(item) > longestList) return undefined;
      if (rest.termType === 'Literal') return undefined;
      if (rest.termType === 'NamedNode' && rest.value !== rdfNil.value) return undefined;
      cell = rest.id;
    }
    return items;
  }

  return { value, statements };
}

function literalValue({ value, language, datatype }: Literal): ExpandedValue {
  if (language !== '') return { '@value': value, '@language': language.toLowerCase() };
  if (datatype.value === `${xsd}string`) return { '@value': value };
  return { '@value': value, '@type': escapeIri(datatype.value) };
}

const isName = (object: ObjectTerm): boolean => object.termType === 'NamedNode';

function namesOf(objects: readonly ObjectTerm[]): readonly string[] {
  return objects.filter(isName).map(({ value }) => escapeIri(value));
}
