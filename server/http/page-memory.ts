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
  const etags = new Map<string, string>();
  const texts = new Map<string, string>();
  let characters = 0;

  const forgetText = (key: string) => {
    characters -= texts.get(key)?.length ?? 0;
    texts.delete(key);
  };

  return {
    find(key: string): RememberedPage | undefined {
      const etag = etags.get(key);
      if (etag === undefined) return undefined;
      const html = texts.get(key);
      putLast(etags, key, etag);
      if (html !== undefined) putLast(texts, key, html);
      return { etag, html };
    },

    keep(key: string, { etag, html }: MadePage): void {
      putLast(etags, key, etag);
      forgetText(key);
      texts.set(key, html);
      characters += html.length;
      for (const oldest of texts.keys()) {
        if (characters <= mostCharacters) break;
        forgetText(oldest);
      }
      for (const oldest of etags.keys()) {
        if (etags.size <= mostPages) break;
        etags.delete(oldest);
        forgetText(oldest);
      }
    },
  };
}

/** The most recently used stands last; the first is the one to forget. */
function putLast(map: Map<string, string>, key: string, value: string): void {
  map.delete(key);
  map.set(key, value);
}
