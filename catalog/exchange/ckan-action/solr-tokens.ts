import { searchSyntax } from './action-errors.ts';

/** A piece of a query. The value of a word that is a pattern keeps its escapes. */
export type SolrToken =
  | { readonly kind: '(' | ')' | 'and' | 'or' | 'not' | 'must' }
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'phrase'; readonly value: string }
  | { readonly kind: 'word'; readonly value: string; readonly isPattern: boolean }
  | {
      readonly kind: 'range';
      readonly from: string;
      readonly to: string;
      readonly includesFrom: boolean;
      readonly includesTo: boolean;
    };

const operators: ReadonlyMap<string, 'and' | 'or' | 'not'> = new Map([
  ['AND', 'and'],
  ['&&', 'and'],
  ['OR', 'or'],
  ['||', 'or'],
  ['NOT', 'not'],
  ['!', 'not'],
]);

const space = /(?:\s|%20)+/y;
const symbol = /[()]/y;
const field = /([A-Za-z_*][\w.*-]*)\s*:/y;
const phrase = /"((?:[^"\\]|\\[\s\S])*)"(?:[~^][\d.]*)*/y;
const range =
  /([[{])(?:\s|%20)*("(?:[^"\\]|\\[\s\S])*"|(?:(?!%20)[^\s"\]}])+)(?:\s|%20)+TO(?:\s|%20)+("(?:[^"\\]|\\[\s\S])*"|(?:(?!%20)[^\s"\]}])+)(?:\s|%20)*([\]}])(?:\^[\d.]+)?/y;
const word = /(?:\\[\s\S]|(?!%20)[^\s()"[\]{}:\\^~])(?:\\[\s\S]|(?!%20)[^\s()"[\]{}:\\^~])*/y;
const boost = /[~^][\d.]*/y;

/**
 * Cuts a query into tokens. `%20` counts as a space where it stands bare: data.europa.eu encodes its dates twice.
 *
 * @throws {CatalogError} `malformed` / `ckan-search-syntax`
 */
export function* solrTokens(text: string): Generator<SolrToken> {
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) at = pattern.lastIndex;
    return match ?? undefined;
  };
  while (at < text.length) {
    if (take(space)) continue;
    const begin = text[at] ?? '';
    const isDouble = text.startsWith('&&', at) || text.startsWith('||', at);
    if (isDouble) {
      yield { kind: operators.get(text.slice(at, at + 2)) ?? 'and' };
      at += 2;
    } else if (/[+!-]/.test(begin) && !/^(?:\s|$)/.test(text.slice(at + 1, at + 2))) {
      yield { kind: begin === '+' ? 'must' : 'not' };
      at += 1;
    } else {
      yield takeToken(take, text, at);
    }
  }
}

function takeToken(
  take: (pattern: RegExp) => RegExpExecArray | undefined,
  text: string,
  at: number,
): SolrToken {
  const bracket = take(symbol)?.[0];
  if (bracket !== undefined) {
    take(boost);
    return { kind: bracket === '(' ? '(' : ')' };
  }
  const quoted = take(phrase);
  if (quoted) return { kind: 'phrase', value: unescapeText(quoted[1] ?? '') };
  const span = take(range);
  if (span) {
    const [, open, from = '', to = '', close] = span;
    return {
      kind: 'range',
      from: bound(from),
      to: bound(to),
      includesFrom: open === '[',
      includesTo: close === ']',
    };
  }
  const name = take(field)?.[1];
  if (name !== undefined) return { kind: 'field', name };
  const bare = take(word)?.[0];
  if (bare === undefined) throw searchSyntax(text, at);
  take(boost);
  const operator = operators.get(bare);
  if (operator !== undefined) return { kind: operator };
  return toWord(bare);
}

/** `*` without quotes is no bound at all; with them it is a character. */
function bound(written: string): string {
  if (written.startsWith('"')) return unescapeText(written.slice(1, -1));
  return written === '*' ? '' : unescapeText(written);
}

/** A pattern keeps its escapes: they tell a wildcard from a star that is meant. */
function toWord(written: string): SolrToken {
  const isPattern = /[*?]/.test(written.replace(/\\[\s\S]/g, ''));
  return { kind: 'word', value: isPattern ? written : unescapeText(written), isPattern };
}

function unescapeText(text: string): string {
  return text.replace(/\\([\s\S])/g, '$1');
}
