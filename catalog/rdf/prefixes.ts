/** Prefix to namespace IRI. */
export type Prefixes = Readonly<Record<string, string>>;

export interface Abbreviation {
  readonly prefix: string;
  readonly namespace: string;
  readonly localName: string;
}

const plainLocalName = /^[A-Za-z_][A-Za-z0-9_-]*$/;

/** Finds the prefix and local name of an IRI, remembering what it found: predicates and datatypes are few. */
export function abbreviator(prefixes: Prefixes): (iri: string) => Abbreviation | undefined {
  const byNamespace = new Map(Object.entries(prefixes).map(([prefix, iri]) => [iri, prefix]));
  const found = new Map<string, Abbreviation | undefined>();
  return (iri) => {
    if (found.has(iri)) return found.get(iri);
    const end = Math.max(iri.lastIndexOf('#'), iri.lastIndexOf('/')) + 1;
    const namespace = iri.slice(0, end);
    const localName = iri.slice(end);
    const prefix = byNamespace.get(namespace);
    const abbreviation =
      prefix !== undefined && plainLocalName.test(localName)
        ? { prefix, namespace, localName }
        : undefined;
    if (found.size < 1000) found.set(iri, abbreviation);
    return abbreviation;
  };
}
