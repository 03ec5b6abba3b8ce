import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Word, wordsOf } from '../kernel/spelling.ts';
import { schemasFolder } from '../model/schemas.ts';
import type { Wanted } from '../storage/dialects/dialect.ts';

/** Words that stand one after the other. */
export type Phrase = readonly Word[];

/** One thing that is looked for: what was typed, or else an expression that means the same. */
export interface SearchTerm {
  readonly typed: Phrase;
  readonly alternatives: readonly Phrase[];
  /** Whether what was typed may still go on: it is the last. */
  readonly isPrefix: boolean;
}

const file = join(schemasFolder, 'search', 'synonyms.json');
const { groups, empty } = JSON.parse(readFileSync(file, 'utf8')) as {
  readonly groups: readonly (readonly string[])[];
  readonly empty: readonly string[];
};

/** An expression, and what else means the same. */
interface Synonym {
  readonly expression: Phrase;
  readonly others: readonly Phrase[];
}

const synonyms = new Map<string, readonly Synonym[]>();
for (const group of groups) {
  const phrases = group.map(wordsOf);
  for (const expression of phrases) {
    const others = phrases.filter((other) => other !== expression);
    const key = keyOf(expression);
    synonyms.set(key, [...(synonyms.get(key) ?? []), { expression, others }]);
  }
}
const longestExpression = Math.max(...[...synonyms.keys()].map((key) => key.split(' ').length));

/** What the database is asked for. */
export function wantedOf({ typed, alternatives, isPrefix }: SearchTerm): Wanted {
  const folded = (phrase: Phrase) => phrase.map((word) => word.folded);
  return { words: folded(typed), isPrefix, phrases: alternatives.map(folded) };
}

function keyOf(phrase: Phrase): string {
  return phrase.map(({ folded }) => folded).join(' ');
}

/**
 * Reads what is looked for: an expression that has synonyms is one term, every other word is a term of its own. Marks
 * may be left out, but not be other ones: `hợp tác xa` is no HTX.
 */
export function readTerms(words: readonly Word[]): readonly SearchTerm[] {
  const terms: SearchTerm[] = [];
  for (let at = 0; at < words.length; ) {
    const length = lengthOfExpression(words, at);
    const typed = words.slice(at, at + length);
    at += length;
    // A single letter alone begins too much to mean anything.
    const isPrefix =
      at === words.length && (words.length > 1 || (words[0]?.folded.length ?? 0) > 1);
    terms.push({ typed, alternatives: synonymsOf(typed), isPrefix });
  }
  return terms;
}

const emptyBeginnings = empty.map(wordsOf);

/** How many words of a title say nothing of the data: 2 of `Danh mục tuyến xe buýt`. */
export function emptyWords(title: Phrase): number {
  const beginning = emptyBeginnings.find((words) =>
    words.every(({ spelled }, at) => title[at]?.spelled === spelled),
  );
  return beginning?.length ?? 0;
}

function lengthOfExpression(words: readonly Word[], at: number): number {
  for (let length = Math.min(longestExpression, words.length - at); length > 1; length -= 1) {
    if (synonymsOf(words.slice(at, at + length)).length > 0) return length;
  }
  return 1;
}

function synonymsOf(typed: Phrase): readonly Phrase[] {
  const found = synonyms.get(keyOf(typed)) ?? [];
  return found
    .filter(({ expression }) => isSpelledSo(typed, expression))
    .flatMap(({ others }) => others);
}

function isSpelledSo(typed: Phrase, expression: Phrase): boolean {
  return typed.every(
    ({ spelled, folded }, at) => spelled === folded || spelled === expression[at]?.spelled,
  );
}
