/** Attributes that lead somewhere. */
const leading = /\b(?:href|src|cite)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))/gi;
const ignored = /<!--[\s\S]*?-->|<(script|style|template)\b[\s\S]*?<\/\1\s*>/gi;
const longestTitle = 150;

/**
 * The absolute addresses that a page of HTML leads to, without their fragments.
 *
 * @param address where the page was found, for what is written relative to it
 */
export function linksIn(html: string, address: string): ReadonlySet<string> {
  const links = [...html.replace(ignored, ' ').matchAll(leading)].flatMap((found) => {
    const written = unescapeHtml(found[1] ?? found[2] ?? found[3] ?? '').trim();
    if (!URL.canParse(written, address)) return [];
    return [withoutFragment(written, address)];
  });
  return new Set(links);
}

/** An address as addresses are compared: resolved, without its fragment. */
export function withoutFragment(address: string, base?: string): string {
  const url = new URL(address, base);
  url.hash = '';
  return url.href;
}

/** What a page calls itself. Absent: it does not say. */
export function titleIn(html: string): string | undefined {
  const found = /<title[^>]*>([\s\S]*?)<\/title/i.exec(html)?.[1] ?? '';
  const title = unescapeHtml(found).replace(/\s+/g, ' ').trim();
  return title === '' ? undefined : title.slice(0, longestTitle);
}

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/** The character references that addresses and titles really hold; others stay as they are. */
function unescapeHtml(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));/gi,
    (whole, hex, decimal, name) => {
      if (name !== undefined) return named[String(name).toLowerCase()] ?? whole;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(String(hex), 16);
      const isCharacter = code > 0x1f && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
      return isCharacter ? String.fromCodePoint(code) : '';
    },
  );
}
