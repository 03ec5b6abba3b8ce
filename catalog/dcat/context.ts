import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { schemasFolder } from '../model/schemas.ts';
import type { Prefixes } from '../rdf/prefixes.ts';

/** What a key of our JSON means, as context.jsonld says it. */
export interface Term {
  /** The property's IRI. */
  readonly iri: string;
  /**
   * How its values are read: `iri` as IRIs, `code` as IRIs after `base`, `language` as a language map,
   * `literal` as a literal of `datatype`.
   */
  readonly kind: 'iri' | 'code' | 'language' | 'literal';
  readonly base?: string;
  readonly datatype: string;
}

/** The published context: the only place that knows which key is which property. */
export interface DcatContext {
  /** What `/context.jsonld` answers. */
  readonly document: { readonly '@context': Readonly<Record<string, unknown>> };
  readonly prefixes: Prefixes;
  /** Keys that are not about the graph map to nothing. */
  term(key: string): Term | undefined;
  /** Whether a word has a meaning of its own here, which a code of that spelling would take on. JSON-LD 1.1 API §5.2. */
  defines(word: string): boolean;
  /** The first key that means this property. */
  keyOf(iri: string): string | undefined;
  /** `prefix:name` of an IRI, or the IRI itself when no prefix of ours begins it. */
  compact(iri: string): string;
  /** The IRI of `prefix:name`, or the text itself when the prefix is not ours. JSON-LD 1.1 API §5.2. */
  expand(name: string): string;
}

const xsdString = 'http://www.w3.org/2001/XMLSchema#string';

interface Definition {
  readonly '@id': string;
  readonly '@type'?: string;
  readonly '@container'?: string;
  readonly '@context'?: { readonly '@vocab': string };
}

/** Loads schemas/context.jsonld for a catalogue at `baseURL`; agencies, series and datasets get their IRIs from it. */
export function loadContext(baseURL: string): DcatContext {
  const text = readFileSync(join(schemasFolder, 'context.jsonld'), 'utf8');
  const document = JSON.parse(text.replaceAll('{base}', baseURL)) as DcatContext['document'];
  const entries = Object.entries(document['@context']);

  const prefixes: Record<string, string> = {};
  for (const [key, value] of entries) {
    if (typeof value === 'string' && /^https?:.*[#/]$/.test(value)) prefixes[key] = value;
  }
  const expand = (name: string): string => {
    const colon = name.indexOf(':');
    if (colon < 0 || name.startsWith('//', colon + 1)) return name;
    const namespace = prefixes[name.slice(0, colon)];
    return namespace === undefined ? name : namespace + name.slice(colon + 1);
  };

  const terms = new Map<string, Term>();
  for (const [key, value] of entries) {
    if (value === null || key.startsWith('@') || isKeyword(value) || key in prefixes) continue;
    const definition: Definition =
      typeof value === 'string' ? { '@id': value } : (value as Definition);
    terms.set(key, readTerm(definition, expand));
  }
  const words = new Set(entries.map(([key]) => key));
  return {
    document,
    prefixes,
    expand,
    keyOf: (iri) => [...terms].find(([, term]) => term.iri === iri)?.[0],
    compact: (iri) => {
      const found = Object.entries(prefixes).find(([, namespace]) => iri.startsWith(namespace));
      return found ? `${found[0]}:${iri.slice(found[1].length)}` : iri;
    },
    defines: (word) => words.has(word),
    term: (key) => terms.get(key),
  };
}

/** An alias of a keyword, `"id": "@id"`, is no property. */
function isKeyword(value: unknown): boolean {
  return typeof value === 'string' && value.startsWith('@');
}

function readTerm(definition: Definition, expand: (name: string) => string): Term {
  const iri = expand(definition['@id']);
  if (definition['@container'] === '@language')
    return { iri, kind: 'language', datatype: xsdString };
  const type = definition['@type'];
  if (type === '@id') return { iri, kind: 'iri', datatype: xsdString };
  if (type === '@vocab') {
    return {
      iri,
      kind: 'code',
      base: definition['@context']?.['@vocab'] ?? '',
      datatype: xsdString,
    };
  }
  return { iri, kind: 'literal', datatype: type === undefined ? xsdString : expand(type) };
}
