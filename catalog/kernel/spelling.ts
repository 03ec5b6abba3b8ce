import { fold } from './fold.ts';

/** A word as it is found, and as it is spelled. */
export interface Word {
  /** Without marks, lower case: `đường` is `duong`. */
  readonly folded: string;
  /** With its letters, and its tone at the end whatever letter it was set on: `hòa` and `hoà` are both `hoa1`. */
  readonly spelled: string;
  /** As it was written, lower case, composed. */
  readonly written: string;
}

// Huyền, hỏi, ngã, sắc, nặng. Ngang has no mark.
const tones = '\u0300\u0309\u0303\u0301\u0323';

/** The words of a text, in order. A text in decomposed Unicode has the same words as a composed one. */
export function wordsOf(text: string): readonly Word[] {
  const written =
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  return written.flatMap((word) => known.get(word) ?? learn(word) ?? []);
}

/** A catalogue uses the same words again and again: each is taken apart once. */
const known = new Map<string, Word>();
const mostKnown = 100_000;

/** Absent: there is no letter in it. */
function learn(written: string): Word | undefined {
  // Nothing to take off: numbers, and with them nearly all of the rare words, are such.
  if (/^[a-z0-9]+$/.test(written)) return { folded: written, spelled: written, written };
  const folded = fold(written);
  if (folded === '') return undefined;
  const word = { folded, spelled: spell(written), written };
  if (known.size < mostKnown) known.set(written, word);
  return word;
}

function spell(word: string): string {
  let letters = '';
  let tone = '';
  for (const sign of word.normalize('NFD')) {
    const at = tones.indexOf(sign);
    if (at < 0) letters += sign;
    else tone = String(at + 1);
  }
  return letters + tone;
}
