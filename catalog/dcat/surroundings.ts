import type { Graph } from '../rdf/graph.ts';
import { type ObjectTerm, rdfType } from '../rdf/terms.ts';
import type { DcatContext } from './context.ts';
import type { Surroundings } from './read-extras.ts';

/** A property that the caller reads, whose value is a record of its own. */
export interface Apart {
  readonly predicate: string;
  /** The value that the caller takes. Absent: none of them will do. */
  readonly taken?: ObjectTerm | undefined;
  /** What that record is called here, also where it is a blank node in the graph. */
  readonly iri?: string | undefined;
}

/** How a record is read from a graph. */
export interface NodeReading {
  readonly graph: Graph;
  readonly context: DcatContext;
  /** The language of texts that do not say theirs; `@none` keeps them as they are. */
  readonly language: string;
  /** Gives the nth blank node of this record that needs a name its IRI. */
  readonly mintSkolem: (n: number) => string;
  /** The IRI that a dataset without one gets here. Absent: the blank node is no dataset. */
  readonly iriOfDataset: (blankNode: string) => string | undefined;
  /** Classes whose members are records of their own, so no record includes them. */
  readonly recordClasses: ReadonlySet<string>;
  /** A reference that the caller reads: the agency that publishes, which is a record of its own. */
  readonly apart?: Apart | undefined;
  /** Whether a statement is one of those that this catalogue makes itself, of what it measured. */
  readonly isMeasured: (predicate: string, object: ObjectTerm) => boolean;
  /** Triples that a record could not hold validly, as `tripleKey` names them. They go to the extras. */
  readonly refused: ReadonlySet<string>;
  /** Filled, when given, with the triple behind each value, by JSON Pointer. */
  readonly trace?: Map<string, string>;
}

/** What a record's reader has seen, and what it still has to include. */
export interface RecordSurroundings extends Surroundings {
  /** Takes a node into the record. False: it is there already. */
  take(node: string): boolean;
  giveBack(node: string): void;
  /** Described nodes that were referred to, each once, also those that come up meanwhile; at most so many. */
  mentioned(most: number): Generator<{ readonly subject: string; readonly name: string }>;
  /** Whether there were more. */
  overflow(): boolean;
}

/** Keeps a record's borders: what belongs to it, what is a record of its own, and which blank nodes need a name. */
export function createSurroundings(root: string, reading: NodeReading): RecordSurroundings {
  const { graph, recordClasses, mintSkolem } = reading;
  const apart = reading.apart?.taken ? [reading.apart.taken.id] : [];
  const taken = new Set<string>([root, ...apart]);
  const queue: string[] = [];
  const names = new Map<string, string>(apart.map((id) => [id, reading.apart?.iri ?? id]));
  let referred: ReadonlyMap<string, number> | undefined;
  let hasOverflow = false;

  const isRecord = (subject: string): boolean => {
    const types = graph.properties(subject)?.get(rdfType.value) ?? [];
    // The book-keeping of a source is left out, unless it has no name and stands within the record.
    return subject.startsWith('_:')
      ? reading.iriOfDataset(subject) !== undefined
      : types.some(({ value }) => recordClasses.has(value));
  };

  const give = (blankNode: string): string => {
    const name = names.get(blankNode) ?? mintSkolem(names.size + 1 - apart.length);
    names.set(blankNode, name);
    return name;
  };

  return {
    graph,
    nameOf(blankNode, isDeep) {
      const dataset = reading.iriOfDataset(blankNode);
      if (dataset !== undefined) return dataset;
      if (isDeep || names.has(blankNode)) return give(blankNode);
      if (graph.timesReferred(blankNode) < 2) return undefined;
      referred ??= countReferences(root);
      return (referred.get(blankNode) ?? 0) > 1 ? give(blankNode) : undefined;
    },
    take(node) {
      // A blank node that is written in its place can be written in another record's too.
      if (node.startsWith('_:') && !names.has(node)) return true;
      if (taken.has(node)) return false;
      taken.add(node);
      return true;
    },
    giveBack: (node) => taken.delete(node),
    mention(subject) {
      if (taken.has(subject) || !graph.properties(subject) || isRecord(subject)) return;
      taken.add(subject);
      queue.push(subject);
    },
    *mentioned(most) {
      let given = 0;
      for (let subject = queue.shift(); subject !== undefined; subject = queue.shift()) {
        if (given === most) {
          hasOverflow = true;
          return;
        }
        given += 1;
        yield { subject, name: names.get(subject) ?? subject };
      }
    },
    overflow: () => hasOverflow,
  };

  /** How often each blank node is referred to within the record. */
  function countReferences(from: string): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    const seen = new Set<string>([from, ...apart]);
    const open = [from];
    for (let subject = open.pop(); subject !== undefined; subject = open.pop()) {
      for (const objects of graph.properties(subject)?.values() ?? []) {
        for (const object of objects) {
          if (object.termType === 'Literal') continue;
          if (object.termType === 'BlankNode') {
            counts.set(object.id, (counts.get(object.id) ?? 0) + 1);
          }
          if (seen.has(object.id) || isRecord(object.id)) continue;
          seen.add(object.id);
          open.push(object.id);
        }
      }
    }
    return counts;
  }
}
