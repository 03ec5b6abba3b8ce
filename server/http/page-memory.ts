import { createRecentMemory } from './recent-memory.ts';

/** A page as it was made. */
export interface MadePage {
  readonly html: string;
  /** Hash of the page, for its ETag. */
  readonly etag: string;
}

/** What is still known of a page. */
export interface RememberedPage {
  readonly etag: string;
  /** Absent when it was forgotten; what was sent of it may be remembered compressed, by its ETag. */
  readonly html: string | undefined;
}

const mostPages = 50_000;
const mostCharacters = 8 * 1024 * 1024;

/**
 * Remembers pages by what they were made from, the most recently shown longest. A key must change with the content.
 *
 * Their ETags are remembered for many, their texts for few: almost everybody takes a page compressed, and so it takes
 * an eighth of the memory.
 */
export function createPageMemory() {
  const etags = createRecentMemory<string>(mostPages, () => 1);
  const texts = createRecentMemory<string>(mostCharacters, ({ length }) => length);
  return {
    find(key: string): RememberedPage | undefined {
      const etag = etags.find(key);
      return etag === undefined ? undefined : { etag, html: texts.find(key) };
    },

    keep(key: string, { etag, html }: MadePage): void {
      etags.keep(key, etag);
      texts.keep(key, html);
    },
  };
}
