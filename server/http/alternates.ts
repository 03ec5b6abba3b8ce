import { syntaxes } from '../../catalog/rdf/syntaxes.ts';

// A client may refuse headers of more than 16 kB, and five addresses stand in this one.
const longestAddress = 1000;

/** The Link header of a resource: its own address, and its other forms; nothing for an absurdly long one. RFC 8288. */
export function alternates(url: string, query = new URLSearchParams()): string {
  const parameters = query.size > 0 ? `?${query}` : '';
  if (url.length + parameters.length > longestAddress) return '';
  const links = syntaxes.map(
    ({ syntax, mediaType }) =>
      `<${url}.${syntax}${parameters}>; rel="alternate"; type="${mediaType}"`,
  );
  return [`<${url}${parameters}>; rel="canonical"`, ...links].join(', ');
}
