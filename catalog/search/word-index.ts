import { type Word, wordsOf } from '../kernel/spelling.ts';

/** What the index knows of a dataset: the words that people look for first, and what makes it worth more. */
export interface IndexedText {
  readonly position: number;
  /** A line for each language. */
  readonly title: string;
  readonly keyword: string;
  /** A date of any precision. */
  readonly modified: string | null;
  readonly downloads: number;
}

/** A spelling, and where it stands: position × 2, + 1 for a keyword; each place once. */
export interface Entry {
  readonly word: Word;
  readonly places: readonly number[];
}

interface OpenEntry extends Entry {
  readonly places: number[];
}

/** What is known of a dataset beside where its words stand. */
export interface IndexedDataset {
  /** The words of its title in each language, in order. */
  readonly titles: readonly (readonly Entry[])[];
  readonly keyword: readonly Entry[];
  /** Days since 1970. */
  readonly modifiedDay: number;
  readonly downloads: number;
}

interface Indexed extends IndexedDataset {
  /** One for each language. */
  readonly titles: readonly (readonly OpenEntry[])[];
  readonly keyword: readonly OpenEntry[];
}

const dayMs = 86_400_000;

/**
 * The words of titles and keywords of everything that is published, in memory: they decide what comes first, what may
 * have been meant, and how a word is spelled, alike on every database. The words of descriptions stay there.
 *
 * Shape: about a hundred bytes a word of a title; 15 MB for a hundred thousand datasets.
 */
export class WordIndex {
  readonly #spellings = new Map<string, Map<string, OpenEntry>>();
  readonly #texts: (Indexed | undefined)[] = [];
  #count = 0;
  #mostDownloads = 0;
  #sorted: readonly string[] | undefined;

  /** Puts texts in the place of what was known of the positions touched. */
  update(touched: readonly number[], texts: readonly IndexedText[]): void {
    for (const position of touched) this.#forget(position);
    for (const { position, title, keyword, modified, downloads } of texts) {
      this.#texts[position] = {
        titles: title.split('\n').map((line) => this.#add(line, position * 2)),
        keyword: this.#add(keyword, position * 2 + 1),
        modifiedDay: dayOf(modified),
        downloads,
      };
      this.#count += 1;
      this.#mostDownloads = Math.max(this.#mostDownloads, downloads);
    }
    this.#sorted = undefined;
  }

  /** How many datasets there are. */
  get count(): number {
    return this.#count;
  }

  /** Places are below this. */
  get places(): number {
    return this.#texts.length * 2;
  }

  get mostDownloads(): number {
    return this.#mostDownloads;
  }

  /** Absent: nothing is live there. */
  at(position: number): IndexedDataset | undefined {
    return this.#texts[position];
  }

  /** How a folded word is spelled, and where. */
  spellingsOf(folded: string): readonly Entry[] {
    return [...(this.#spellings.get(folded)?.values() ?? [])];
  }

  has(folded: string): boolean {
    return this.#spellings.has(folded);
  }

  /** Every folded word, in the order of its letters. */
  get words(): readonly string[] {
    this.#sorted ??= [...this.#spellings.keys()].sort();
    return this.#sorted;
  }

  /** Folded words that begin so and go on. */
  longerThan(start: string): readonly string[] {
    const { words } = this;
    let low = 0;
    let high = words.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((words[middle] ?? '') < start) low = middle + 1;
      else high = middle;
    }
    const end = words.findIndex((word, at) => at >= low && !word.startsWith(start));
    return words.slice(low, end < 0 ? undefined : end).filter((word) => word !== start);
  }

  #add(text: string, place: number): readonly OpenEntry[] {
    const entries = wordsOf(text).map((word) => this.#entryOf(word));
    for (const { places } of entries) if (places.at(-1) !== place) places.push(place);
    return entries;
  }

  #entryOf(word: Word): OpenEntry {
    const spellings = this.#spellings.get(word.folded) ?? new Map<string, OpenEntry>();
    this.#spellings.set(word.folded, spellings);
    const entry = spellings.get(word.spelled) ?? { word, places: [] };
    spellings.set(word.spelled, entry);
    return entry;
  }

  #forget(position: number): void {
    const known = this.#texts[position];
    if (!known) return;
    this.#texts[position] = undefined;
    this.#count -= 1;
    for (const { word, places } of new Set([...known.titles.flat(), ...known.keyword])) {
      const kept = places.filter((place) => place >> 1 !== position);
      places.splice(0, places.length, ...kept);
      if (kept.length > 0) continue;
      const spellings = this.#spellings.get(word.folded);
      spellings?.delete(word.spelled);
      if (spellings?.size === 0) this.#spellings.delete(word.folded);
    }
  }
}

/** What has no date is old. */
function dayOf(modified: string | null): number {
  const at = modified === null ? Number.NaN : Date.parse(modified);
  return Number.isNaN(at) ? 0 : Math.floor(at / dayMs);
}
