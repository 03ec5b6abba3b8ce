import { editDistance } from '../kernel/edit-distance.ts';
import type { Word } from '../kernel/spelling.ts';
import type { Entry, WordIndex } from './word-index.ts';

/**
 * What may have been meant: every word that no title or keyword has, replaced by the nearest one that some have.
 *
 * Absent: every word is known, or one has nothing near it.
 */
export function didYouMean(words: readonly Word[], index: WordIndex): string | undefined {
  const meant = words.map((word) => (isKnown(word, index) ? [word] : nearest(word, index)));
  if (meant.every((found, at) => found?.[0] === words[at])) return undefined;
  if (meant.includes(undefined)) return undefined;
  return meant.flatMap((found) => (found ?? []).map(({ written }) => written)).join(' ');
}

function isKnown({ folded }: Word, index: WordIndex): boolean {
  return index.has(folded) || index.longerThan(folded).length > 0;
}

function nearest(word: Word, index: WordIndex): readonly Word[] | undefined {
  return parted(word, index) ?? close(word, index);
}

/** Two words that were written as one: `xebuyt` is `xe buýt`. */
function parted({ folded }: Word, index: WordIndex): readonly Word[] | undefined {
  for (let at = 2; at <= folded.length - 2; at += 1) {
    const halves = [folded.slice(0, at), folded.slice(at)];
    if (halves.every((half) => index.has(half)))
      return halves.map((half) => usual(half, index).word);
  }
  return undefined;
}

/** The nearest word; of those as near the most frequent. One letter may be wrong in a short word, two in a long one. */
function close({ folded }: Word, index: WordIndex): readonly Word[] | undefined {
  let most = folded.length < 4 ? 1 : 2;
  let best: Entry | undefined;
  for (const candidate of index.words) {
    const distance = editDistance(candidate, folded, most);
    if (distance > most) continue;
    const entry = usual(candidate, index);
    if (best && distance === most && entry.places.length <= best.places.length) continue;
    most = distance;
    best = entry;
  }
  return best && [best.word];
}

/** The spelling of a folded word that stands most often. */
function usual(folded: string, index: WordIndex): Entry {
  return index.spellingsOf(folded).reduce((a, b) => (b.places.length > a.places.length ? b : a));
}
