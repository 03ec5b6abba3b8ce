import { wordsOf } from '../kernel/spelling.ts';
import type { SearchTerm } from './search-terms.ts';

/** A piece of a text, and whether it is what was looked for. */
export interface Piece {
  readonly text: string;
  readonly isHit: boolean;
}

const word = /[\p{L}\p{N}\p{M}]+/gu;

/** Parts a text at the words that were looked for; whole and in order, the pieces are the text. */
export function highlight(text: string, terms: readonly SearchTerm[]): readonly Piece[] {
  if (terms.length === 0) return text === '' ? [] : [{ text, isHit: false }];
  const isHit = hitTest(terms);
  const pieces: Piece[] = [];
  const add = (part: string, hit: boolean) => {
    const last = pieces.at(-1);
    if (part === '') return;
    if (last?.isHit === hit) pieces[pieces.length - 1] = { text: last.text + part, isHit: hit };
    else pieces.push({ text: part, isHit: hit });
  };
  let at = 0;
  for (const match of text.matchAll(word)) {
    add(text.slice(at, match.index), false);
    add(match[0], isHit(match[0]));
    at = match.index + match[0].length;
  }
  add(text.slice(at), false);
  return pieces;
}

/** The part of a text around the first word that was looked for, at most `length` characters, cut between words. */
export function excerpt(text: string, terms: readonly SearchTerm[], length: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= length) return line;
  const first = firstHit(line, terms);
  const from = first > length * 0.8 ? line.lastIndexOf(' ', first - 40) + 1 : 0;
  const cut = line.slice(from, from + length);
  const isEnd = from + length >= line.length;
  const whole = isEnd ? cut : cut.slice(0, Math.max(cut.lastIndexOf(' '), 1));
  return `${from > 0 ? '…' : ''}${whole}${isEnd ? '' : '…'}`;
}

/** Where the first word that was looked for begins; -1: nowhere. */
function firstHit(line: string, terms: readonly SearchTerm[]): number {
  if (terms.length === 0) return -1;
  const isHit = hitTest(terms);
  for (const match of line.matchAll(word)) if (isHit(match[0])) return match.index;
  return -1;
}

type HitTest = (word: string) => boolean;

/** The texts of one page are held against the same terms, and say the same words again and again. */
const tests = new WeakMap<readonly SearchTerm[], HitTest>();

function hitTest(terms: readonly SearchTerm[]): HitTest {
  const known = tests.get(terms);
  if (known) return known;
  const whole = new Set(
    terms
      .flatMap(({ typed, alternatives }) => [typed, ...alternatives].flat())
      .map((w) => w.folded),
  );
  const last = terms.at(-1);
  const beginning = last?.isPrefix ? last.typed.at(-1)?.folded : undefined;
  const judged = new Map<string, boolean>();
  const judge: HitTest = (text) =>
    wordsOf(text).some(
      ({ folded }) =>
        whole.has(folded) || (beginning !== undefined && folded.startsWith(beginning)),
    );
  const test: HitTest = (text) => {
    const found = judged.get(text) ?? judge(text);
    judged.set(text, found);
    return found;
  };
  tests.set(terms, test);
  return test;
}
