import { searchSyntax } from './action-errors.ts';
import type { SolrQuery } from './solr-query.ts';
import { type SolrToken, solrTokens } from './solr-tokens.ts';

const longest = 100_000;
const deepest = 50;
const mostTokens = 10_000;

/**
 * Reads a Solr query. What stands side by side must all hold, as CKAN asks of Solr (`q.op=AND`); AND binds closer
 * than OR. An empty query asks for everything.
 *
 * @throws {CatalogError} `malformed` / `ckan-search-syntax`
 */
export function parseSolr(text: string): SolrQuery {
  if (text.length > longest) throw searchSyntax(text, longest);
  const tokens: SolrToken[] = [];
  for (const token of solrTokens(text)) {
    if (tokens.push(token) > mostTokens) throw searchSyntax(text, text.length);
  }
  if (tokens.length === 0) return { kind: 'all' };
  const parser = new Parser(text, tokens);
  const query = parser.disjunction(undefined, 0);
  parser.expectEnd();
  return query;
}

class Parser {
  readonly #text: string;
  readonly #tokens: readonly SolrToken[];
  #at = 0;

  constructor(text: string, tokens: readonly SolrToken[]) {
    this.#text = text;
    this.#tokens = tokens;
  }

  expectEnd(): void {
    if (this.#at < this.#tokens.length) throw this.#error();
  }

  /** @param field the field that stands before the parentheses around it */
  disjunction(field: string | undefined, depth: number): SolrQuery {
    if (depth > deepest) throw this.#error();
    const parts = [this.#conjunction(field, depth)];
    while (this.#accept('or')) parts.push(this.#conjunction(field, depth));
    return parts.length === 1 && parts[0] ? parts[0] : { kind: 'or', parts };
  }

  #conjunction(field: string | undefined, depth: number): SolrQuery {
    const parts = [this.#clause(field, depth)];
    for (;;) {
      const isJoined = this.#accept('and');
      const next = this.#tokens[this.#at]?.kind;
      if (!isJoined && (next === undefined || next === ')' || next === 'or')) break;
      parts.push(this.#clause(field, depth));
    }
    return parts.length === 1 && parts[0] ? parts[0] : { kind: 'and', parts };
  }

  #clause(field: string | undefined, depth: number): SolrQuery {
    if (depth > deepest) throw this.#error();
    if (this.#accept('must')) return this.#clause(field, depth + 1);
    if (this.#accept('not')) return { kind: 'not', part: this.#clause(field, depth + 1) };
    const token = this.#tokens[this.#at];
    if (!token) throw this.#error();
    this.#at += 1;
    switch (token.kind) {
      case 'field':
        return this.#clauseOf(token.name, depth);
      case '(': {
        const query = this.disjunction(field, depth + 1);
        if (!this.#accept(')')) throw this.#error();
        return query;
      }
      case 'phrase':
        return { kind: 'phrase', ...named(field), value: token.value };
      case 'word':
        return toTerm(field, token);
      case 'range':
        if (field === undefined) throw this.#error();
        return toRange(field, token);
      default:
        this.#at -= 1;
        throw this.#error();
    }
  }

  /** After `field:` comes one value, or several in parentheses. */
  #clauseOf(field: string, depth: number): SolrQuery {
    const next = this.#tokens[this.#at]?.kind;
    if (next !== '(' && next !== 'phrase' && next !== 'word' && next !== 'range') {
      // Solr reads `field:-1` as a value.
      if (next !== 'not') throw this.#error();
    }
    const query = this.#clause(field === '*' ? undefined : field, depth + 1);
    if (field !== '*') return query;
    if (query.kind === 'all') return query;
    throw this.#error();
  }

  #accept(kind: SolrToken['kind']): boolean {
    if (this.#tokens[this.#at]?.kind !== kind) return false;
    this.#at += 1;
    return true;
  }

  #error() {
    return searchSyntax(this.#text, undefined);
  }
}

function named(field: string | undefined): { readonly field?: string } {
  return field === undefined ? {} : { field };
}

function toTerm(
  field: string | undefined,
  { value, isPattern }: Extract<SolrToken, { kind: 'word' }>,
): SolrQuery {
  if (!isPattern) return { kind: 'term', ...named(field), value };
  if (/^\*+$/.test(value)) return field === undefined ? { kind: 'all' } : { kind: 'exists', field };
  return { kind: 'wildcard', ...named(field), pattern: value };
}

function toRange(
  field: string,
  { from, to, includesFrom, includesTo }: Extract<SolrToken, { kind: 'range' }>,
): SolrQuery {
  if (from === '' && to === '') return { kind: 'exists', field };
  return {
    kind: 'range',
    field,
    ...(from !== '' && { from }),
    ...(to !== '' && { to }),
    includesFrom,
    includesTo,
  };
}
