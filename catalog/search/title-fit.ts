import { emptyWords, type Phrase, type SearchTerm } from './search-terms.ts';
import type { Entry } from './word-index.ts';

/** What a phrase is worth that means the same as what was typed. */
export const asSynonym = 0.7;
/** What it is worth that a title holds every word and nothing else; and that it has them in order. */
const nothingElse = 0.5;
const inOrder = 0.5;

/** A way to say what is looked for, and what it is worth. */
export interface Wording {
  readonly phrase: Phrase;
  readonly share: number;
}

/** What was typed, as a whole, and what else it can be called: each term that has another name is given it in turn. */
export function wordings(terms: readonly SearchTerm[]): readonly Wording[] {
  const typed = terms.map((term) => term.typed);
  const others = terms.flatMap(({ alternatives }, at) =>
    alternatives.map((phrase) => ({ phrase: typed.with(at, phrase).flat(), share: asSynonym })),
  );
  return [{ phrase: typed.flat(), share: 1 }, ...others];
}

/** How well a title fits, 0 to 1, in the language and the wording in which it fits best. */
export function titleFit(
  titles: readonly (readonly Entry[])[],
  wordings: readonly Wording[],
): number {
  let best = 0;
  for (const title of titles) {
    const words = title.map(({ word }) => word);
    for (const { phrase, share } of wordings) best = Math.max(best, share * fitOf(words, phrase));
  }
  return best;
}

function fitOf(title: Phrase, phrase: Phrase): number {
  const saying = title.slice(emptyWords(title));
  const isHeld = phrase.every(({ folded }) => title.some((word) => word.folded.startsWith(folded)));
  const brevity = Math.min(1, phrase.length / Math.max(1, saying.length)) ** 0.5;
  return (isHeld ? nothingElse * brevity : 0) + inOrder * sequence(title, saying, phrase);
}

/** Whether a phrase stands in the title in one piece: 1 at its beginning and spelled so, less otherwise. */
function sequence(title: Phrase, saying: Phrase, phrase: Phrase): number {
  const last = phrase.length - 1;
  const beginning = title.length - saying.length;
  for (let start = 0; start + phrase.length <= title.length; start += 1) {
    const isThere = phrase.every(({ folded }, at) => {
      const here = title[start + at]?.folded ?? '';
      return at === last ? here.startsWith(folded) : here === folded;
    });
    if (!isThere) continue;
    const asSpelled = phrase.filter(({ spelled }, at) => title[start + at]?.spelled === spelled);
    const isBeginning = start === 0 || start === beginning;
    return (isBeginning ? 0.7 : 0.5) + (0.3 * asSpelled.length) / phrase.length;
  }
  return 0;
}
