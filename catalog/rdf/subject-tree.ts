import type { Quad } from './terms.ts';

/** The triples of one subject, by predicate, both in the order in which they first came. */
export interface SubjectBlock {
  readonly subject: Quad['subject'];
  readonly properties: Map<string, Quad['object'][]>;
}

export interface SubjectTree {
  /** The subjects to write at the top level. */
  readonly roots: readonly SubjectBlock[];
  /** The block to write in place of a blank node that is referred to exactly once. */
  nested(object: Quad['object']): SubjectBlock | undefined;
}

/**
 * Arranges triples for the syntaxes that can nest: a blank node that exactly one triple points to is written in its
 * place, without a label. A blank node inside a circle is never nested, so nothing is lost or written for ever.
 */
export function subjectTree(quads: readonly Quad[]): SubjectTree {
  const blocks = new Map<string, SubjectBlock>();
  const references = new Map<string, { count: number; from: string }>();
  for (const { subject, predicate, object } of quads) {
    const key = subject.id;
    const block = blocks.get(key) ?? { subject, properties: new Map<string, Quad['object'][]>() };
    blocks.set(key, block);
    const objects = block.properties.get(predicate.value);
    if (objects) objects.push(object);
    else block.properties.set(predicate.value, [object]);
    if (object.termType === 'BlankNode') {
      const seen = references.get(object.id);
      if (seen) seen.count += 1;
      else references.set(object.id, { count: 1, from: key });
    }
  }

  const nestable = (key: string): boolean => {
    const reference = references.get(key);
    return reference?.count === 1 && blocks.has(key);
  };
  const inCircle = (key: string): boolean => {
    const seen = new Set<string>();
    let at: string | undefined = key;
    while (at !== undefined && nestable(at)) {
      if (seen.has(at)) return true;
      seen.add(at);
      at = references.get(at)?.from;
    }
    return false;
  };
  const placed = new Set<string>();
  for (const key of references.keys()) if (nestable(key) && !inCircle(key)) placed.add(key);

  return {
    roots: [...blocks].filter(([key]) => !placed.has(key)).map(([, block]) => block),
    nested: (object) => (placed.has(object.id) ? blocks.get(object.id) : undefined),
  };
}
