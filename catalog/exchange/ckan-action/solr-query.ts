/**
 * What a Solr query asks for: the part of the standard query parser's language that CKAN's clients use, as a tree.
 *
 * A part without a field searches the text of a dataset. A `wildcard` is written as in the query, escapes and all;
 * `exists` is `field:*`.
 *
 * @see https://solr.apache.org/guide/solr/latest/query-guide/standard-query-parser.html
 */
export type SolrQuery =
  | { readonly kind: 'all' }
  | { readonly kind: 'term'; readonly field?: string; readonly value: string }
  | { readonly kind: 'phrase'; readonly field?: string; readonly value: string }
  | { readonly kind: 'wildcard'; readonly field?: string; readonly pattern: string }
  | { readonly kind: 'exists'; readonly field: string }
  | SolrRange
  | { readonly kind: 'not'; readonly part: SolrQuery }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly SolrQuery[] };

/** From one value to another; absent: without a bound. */
export interface SolrRange {
  readonly kind: 'range';
  readonly field: string;
  readonly from?: string;
  readonly to?: string;
  readonly includesFrom: boolean;
  readonly includesTo: boolean;
}

/** A query as text that parses into the same tree. */
export function printSolr(query: SolrQuery): string {
  switch (query.kind) {
    case 'all':
      return '*:*';
    case 'term':
      return prefix(query.field) + escapeTerm(query.value);
    case 'phrase':
      return `${prefix(query.field)}"${query.value.replace(/["\\]/g, '\\$&')}"`;
    case 'wildcard':
      return prefix(query.field) + query.pattern;
    case 'exists':
      return `${query.field}:*`;
    case 'range':
      return printRange(query);
    case 'not':
      return `-${printPart(query.part)}`;
    default:
      return query.parts.map(printPart).join(query.kind === 'and' ? ' AND ' : ' OR ');
  }
}

/** In parentheses where it would bind otherwise. */
function printPart(query: SolrQuery): string {
  const isCompound = query.kind === 'and' || query.kind === 'or' || query.kind === 'not';
  return isCompound ? `(${printSolr(query)})` : printSolr(query);
}

function printRange({ field, from, to, includesFrom, includesTo }: SolrRange): string {
  const bound = (value: string | undefined) =>
    value === undefined ? '*' : `"${value.replace(/["\\]/g, '\\$&')}"`;
  return `${field}:${includesFrom ? '[' : '{'}${bound(from)} TO ${bound(to)}${includesTo ? ']' : '}'}`;
}

function prefix(field: string | undefined): string {
  return field === undefined ? '' : `${field}:`;
}

/** Whatever could be read as syntax is escaped, operators among them. */
function escapeTerm(value: string): string {
  if (/^(?:AND|OR|NOT|TO)$/.test(value)) return `\\${value}`;
  return value.replace(/[^\p{L}\p{N}_.]/gu, '\\$&');
}
