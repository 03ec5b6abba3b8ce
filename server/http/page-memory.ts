/** A page as it was made once. */
export interface MadePage {
  readonly html: string;
  /** Hash of the page, for its ETag. */
  readonly etag: string;
}

const mostCharacters = 32 * 1024 * 1024;

/** Remembers pages by what they were made from, the most recently shown longest. A key must change with the content. */
export function createPageMemory() {
  const pages = new Map<string, MadePage>();
  let characters = 0;
  return {
    find(key: string): MadePage | undefined {
      const found = pages.get(key);
      if (found) {
        pages.delete(key);
        pages.set(key, found);
      }
      return found;
    },

    keep(key: string, page: MadePage): void {
      if (pages.has(key)) return;
      pages.set(key, page);
      characters += page.html.length;
      for (const [oldest, { html }] of pages) {
        if (characters <= mostCharacters) break;
        pages.delete(oldest);
        characters -= html.length;
      }
    },
  };
}
