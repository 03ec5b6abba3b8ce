import type { Request } from 'express';
import { type Syntax, type SyntaxForm, syntaxes } from '../../catalog/rdf/syntaxes.ts';
import { notAcceptable } from './refusal.ts';

/** Suffixes by which a client names a syntax in the address. */
const suffixes: ReadonlyMap<string, Syntax> = new Map([
  ['jsonld', 'jsonld'],
  ['json', 'jsonld'],
  ['ttl', 'ttl'],
  ['n3', 'ttl'],
  ['nt', 'nt'],
  ['rdf', 'rdf'],
  ['xml', 'rdf'],
]);

export const suffixNames: readonly string[] = [...suffixes.keys()];

export function syntaxOfSuffix(suffix: string): Syntax | undefined {
  return suffixes.get(suffix);
}

/** Takes a known suffix off a name: `tuyen-xe-buyt.ttl`. A name may hold dots of its own. */
export function splitSuffix(name: string): { readonly name: string; readonly syntax?: Syntax } {
  const dot = name.lastIndexOf('.');
  const syntax = dot > 0 ? suffixes.get(name.slice(dot + 1)) : undefined;
  return syntax === undefined ? { name } : { name: name.slice(0, dot), syntax };
}

/**
 * What the client wants of a resource that is also a page: a page, or a syntax. q-values are honoured; a client
 * without a preference gets the page. RFC 9110 §12.5.1.
 *
 * @throws {Refusal} 406
 */
export function pageOrSyntax(request: Request): 'page' | Syntax {
  return negotiated(request, ['text/html', 'application/xhtml+xml']);
}

/**
 * The syntax the client wants of a resource that is only data; a browser is told `page`, to be sent to one.
 *
 * @throws {Refusal} 406
 */
export function syntaxOrPage(request: Request): 'page' | Syntax {
  const wanted = negotiated(request, []);
  const accept = request.get('Accept') ?? '';
  return accept.includes('text/html') && request.accepts(['text/html', ...allTypes]) === 'text/html'
    ? 'page'
    : wanted;
}

const allTypes: readonly string[] = syntaxes.flatMap(({ mediaType, alias }) => [
  mediaType,
  ...alias,
]);

function negotiated(request: Request, pageTypes: readonly string[]): 'page' | Syntax {
  const type = request.accepts([...pageTypes, ...allTypes]);
  if (type === false) {
    if (pageTypes.length === 0 && request.accepts('text/html')) return 'page';
    throw notAcceptable(request.get('Accept'), [
      ...pageTypes.slice(0, 1),
      ...syntaxes.map((form) => form.mediaType),
    ]);
  }
  const wanted = Array.isArray(type) ? type[0] : type;
  if (pageTypes.includes(wanted ?? '')) return 'page';
  const form = syntaxes.find((candidate: SyntaxForm) =>
    [candidate.mediaType, ...candidate.alias].includes(wanted ?? ''),
  );
  if (!form) throw notAcceptable(request.get('Accept'), allTypes);
  return form.syntax;
}
