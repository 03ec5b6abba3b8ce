/** How a graph is written down. The suffix of an address names it, and so does the media type. */
export type Syntax = 'jsonld' | 'ttl' | 'nt' | 'rdf';

export interface SyntaxForm {
  readonly syntax: Syntax;
  readonly mediaType: string;
  /** Other media types by which clients ask for it. INTEROP 1.1. */
  readonly alias: readonly string[];
}

/** The syntaxes we write, the one we prefer first. */
export const syntaxes: readonly SyntaxForm[] = [
  { syntax: 'jsonld', mediaType: 'application/ld+json', alias: ['application/json'] },
  { syntax: 'ttl', mediaType: 'text/turtle', alias: ['application/x-turtle', 'text/n3'] },
  { syntax: 'nt', mediaType: 'application/n-triples', alias: [] },
  {
    syntax: 'rdf',
    mediaType: 'application/rdf+xml',
    alias: ['application/xml', 'text/xml'],
  },
];

export function mediaTypeOf(syntax: Syntax): string {
  for (const form of syntaxes) if (form.syntax === syntax) return form.mediaType;
  throw new Error(`no such syntax: ${String(syntax)}`);
}
