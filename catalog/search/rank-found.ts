import type { Word } from '../kernel/spelling.ts';
import type { Phrase, SearchTerm } from './search-terms.ts';
import { asSynonym, titleFit, wordings } from './title-fit.ts';
import type { Entry, WordIndex } from './word-index.ts';

/** What a word is worth by how it fits, as a share of a word spelled so. */
const asFolded = 0.75;
const asBeginning = 0.5;
/** What a place is worth as a share of the title. */
const inKeyword = 0.5;
const elsewhere = 0.1;
/** What it is worth that the title holds every word, as a share of what they are all worth. */
const asTitle = 0.5;
/** So many are looked at closely. */
const mostRead = 1000;
/** At most so much more for what was changed just now, and for what is fetched most. */
const byFreshness = 0.15;
const byUsage = 0.15;
const halfLifeDays = 540;
const dayMs = 86_400_000;

/**
 * Orders what was found, the best first: words in the title before those in keywords before the rest; spelled so before
 * spelled otherwise; rare words before common ones; short titles before long ones; and of what is about alike the
 * recent and the used.
 *
 * @param found positions that hold every term somewhere
 * @param merits what each position is worth beside its words, see `meritsOf`
 */
export function rankFound(
  index: WordIndex,
  terms: readonly SearchTerm[],
  found: readonly number[],
  merits: Float32Array,
): readonly number[] {
  const said = wordings(terms);
  const scores = new Float64Array(found.length);
  const held = new Uint8Array(found.length);
  let most = 0;
  for (const term of terms) {
    const { weights, places } = weigh(term, index);
    const rarity = Math.log(2 + index.count / (1 + places));
    most += rarity;
    for (let at = 0; at < found.length; at += 1) {
      const place = (found[at] ?? 0) * 2;
      const title = weights[place] ?? 0;
      const keyword = weights[place + 1] ?? 0;
      scores[at] = (scores[at] ?? 0) + rarity * (title + inKeyword * keyword + elsewhere);
      if (title > 0) held[at] = (held[at] ?? 0) + 1;
    }
  }
  const keys = new Float64Array(found.length);
  for (let at = 0; at < found.length; at += 1) {
    const inTitle = held[at] === terms.length ? most * asTitle : 0;
    const score = ((scores[at] ?? 0) + inTitle) * (merits[found[at] ?? 0] ?? 1);
    scores[at] = score;
    keys[at] = pack(score, at);
  }
  keys.sort();
  // Whether the title says it in so many words is looked at for those alone that somebody may come to read.
  const read = keys.subarray(0, mostRead);
  for (const [rank, key] of read.entries()) {
    const at = unpack(key);
    const titles = index.at(found[at] ?? 0)?.titles ?? [];
    const fit = held[at] === terms.length ? titleFit(titles, said) : 0;
    read[rank] = pack((scores[at] ?? 0) + most * fit, at);
  }
  read.sort();
  return Array.from(keys, (key) => found[unpack(key)] ?? 0);
}

/** What each place is worth for a term, the best of its alternatives, and how many places there are about. */
function weigh({ typed, alternatives, isPrefix }: SearchTerm, index: WordIndex) {
  const weights = new Float32Array(index.places);
  let places = weighPhrase(typed, isPrefix, index, weights);
  for (const phrase of alternatives) {
    const other = new Float32Array(index.places);
    places += weighPhrase(phrase, false, index, other);
    for (let place = 0; place < other.length; place += 1) {
      const weight = (other[place] ?? 0) * asSynonym;
      if (weight > (weights[place] ?? 0)) weights[place] = weight;
    }
  }
  return { weights, places };
}

/** A phrase is worth what its weakest word is, where it has them all. Gives how many places the rarest word has. */
function weighPhrase(
  phrase: Phrase,
  isPrefix: boolean,
  index: WordIndex,
  weights: Float32Array,
): number {
  let fewest = Number.POSITIVE_INFINITY;
  for (const [at, word] of phrase.entries()) {
    const own = at === 0 ? weights : new Float32Array(index.places);
    fewest = Math.min(fewest, weighWord(word, isPrefix && at === phrase.length - 1, index, own));
    if (at === 0) continue;
    for (let place = 0; place < own.length; place += 1) {
      const weight = own[place] ?? 0;
      if (weight < (weights[place] ?? 0)) weights[place] = weight;
    }
  }
  return Number.isFinite(fewest) ? fewest : 0;
}

function weighWord(word: Word, isPrefix: boolean, index: WordIndex, weights: Float32Array): number {
  let places = 0;
  const take = (entry: Entry, weight: number) => {
    places += entry.places.length;
    for (const place of entry.places) {
      if (weight > (weights[place] ?? 0)) weights[place] = weight;
    }
  };
  for (const entry of index.spellingsOf(word.folded)) {
    take(entry, entry.word.spelled === word.spelled ? 1 : asFolded);
  }
  if (isPrefix) {
    for (const longer of index.longerThan(word.folded)) {
      for (const entry of index.spellingsOf(longer)) take(entry, asBeginning);
    }
  }
  return places;
}

/**
 * What makes each dataset worth more than another that says the same: it was changed lately, it is much fetched.
 *
 * @param now milliseconds; ages count from it
 */
export function meritsOf(index: WordIndex, now: number): Float32Array {
  const today = Math.floor(now / dayMs);
  const merits = new Float32Array(index.places / 2).fill(1);
  const usageOf = 1 / Math.log1p(Math.max(1, index.mostDownloads));
  for (const position of merits.keys()) {
    const dataset = index.at(position);
    if (!dataset) continue;
    const freshness = 0.5 ** (Math.max(0, today - dataset.modifiedDay) / halfLifeDays);
    const usage = Math.log1p(dataset.downloads) * usageOf;
    merits[position] = (1 + byFreshness * freshness) * (1 + byUsage * usage);
  }
  return merits;
}

/** A score and an index as one number: sorted as numbers, the highest score stands first, and of equals the first. */
const mostFound = 2 ** 24;
function pack(score: number, at: number): number {
  return -Math.round(score * 1e5) * mostFound + at;
}
function unpack(key: number): number {
  return ((key % mostFound) + mostFound) % mostFound;
}
