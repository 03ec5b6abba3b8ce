import { wordsOf } from '../kernel/spelling.ts';
import type { SearchTerm } from './search-terms.ts';

/** A piece of a text, and whether it is what was looked for. */
export interface Piece {
  readonly text: string;
  readonly isHit: boolean;
}

/** Parts a text at the words that were looked for; whole and in order, the pieces are the text. */
export function highlight(text: string, terms: readonly SearchTerm[]): readonly Piece[] {
  const isHit = hitTest(terms);
  const pieces: Piece[] = [];
  const add = (part: string, hit: boolean) => {
    const last = pieces.at(-1);
    if (part === '') return;
    if (last?.isHit === hit) pieces[pieces.length - 1] = { text: last.text + part, isHit: hit };
    else pieces.push({ text: part, isHit: hit });
  };
  let at = 0;
  for (const match of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
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
  const isHit = hitTest(terms);
  const first = [...line.matchAll(/[\p{L}\p{N}\p{M}]+/gu)].find(([word]) => isHit(word));
  const from =
    first && first.index > length * 0.8 ? line.lastIndexOf(' ', first.index - 40) + 1 : 0;
  const cut = line.slice(from, from + length);
  const isEnd = from + length >= line.length;
  const whole = isEnd ? cut : cut.slice(0, Math.max(cut.lastIndexOf(' '), 1));
  return `${from > 0 ? '…' : ''}${whole}${isEnd ? '' : '…'}`;
}

function hitTest(terms: readonly SearchTerm[]): (word: string) => boolean {
  const whole = new Set(
    terms
      .flatMap(({ typed, alternatives }) => [typed, ...alternatives].flat())
      .map((w) => w.folded),
  );
  const last = terms.at(-1);
  const beginning = last?.isPrefix ? last.typed.at(-1)?.folded : undefined;
  return (word) =>
    wordsOf(word).some(
      ({ folded }) =>
        whole.has(folded) || (beginning !== undefined && folded.startsWith(beginning)),
    );
}
