import { syntaxes } from '../../catalog/rdf/syntaxes.ts';

/** The Link header of a resource: its own address, and its other forms. RFC 8288. */
export function alternates(url: string, query = new URLSearchParams()): string {
  const parameters = query.size > 0 ? `?${query}` : '';
  const links = syntaxes.map(
    ({ syntax, mediaType }) =>
      `<${url}.${syntax}${parameters}>; rel="alternate"; type="${mediaType}"`,
  );
  return [`<${url}${parameters}>; rel="canonical"`, ...links].join(', ');
}
