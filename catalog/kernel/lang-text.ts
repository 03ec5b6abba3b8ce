/** Text by BCP 47 language tag; never empty. A JSON-LD language map. */
export type LangText = Readonly<Record<string, string>>;

/** Texts by language tag; a JSON-LD language map with several values in a language. */
export type LangTexts = Readonly<Record<string, readonly string[]>>;

/** A message of ours, in both languages of the interface. */
export interface Message {
  readonly vi: string;
  readonly en: string;
}

/**
 * Picks the text for a reader: the wanted language, else Vietnamese, else English, else whatever there is.
 *
 * Gives the tag too, so that a template can say `lang` when it is not the page's language; empty: it is not known.
 * Absent or empty: an empty text in the wanted language.
 */
export function pickLanguage(
  text: LangText | undefined,
  wanted: string,
): { readonly text: string; readonly lang: string } {
  for (const lang of [wanted, 'vi', 'en', ...Object.keys(text ?? {})]) {
    const found = text?.[lang];
    if (found) return { text: found, lang: lang === '@none' ? '' : lang };
  }
  return { text: '', lang: wanted };
}
