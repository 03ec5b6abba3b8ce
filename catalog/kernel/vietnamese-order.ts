// The letters in the order of the Vietnamese alphabet, each decomposed (NFD) but for its tone.
const letters: ReadonlyMap<string, number> = new Map(
  [...'aăâbcdđeêfghijklmnoôơpqrstuưvwxyz'].map((letter, rank) => [letter.normalize('NFD'), rank]),
);
// Ngang has no mark; then huyền, hỏi, ngã, sắc, nặng.
const tones = '\u0300\u0309\u0303\u0301\u0323';

/**
 * A key that sorts as text in the Vietnamese order, in any database: letters first (a ă â b … d đ), then tones.
 *
 * The databases' own collations cannot be relied upon: SQLite has none, and PostgreSQL's depend on the system. So the
 * key is made of digits, which every collation puts in the same order: two for each letter, then `00`, then the tones.
 */
export function titleSortKey(title: string): string {
  let key = '';
  let toneKey = '';
  for (const [cluster] of title
    .toLowerCase()
    .normalize('NFD')
    .matchAll(/\P{M}\p{M}*/gu)) {
    const tone = [...cluster].findIndex((mark) => tones.includes(mark));
    const bare = tone < 0 ? cluster : [...cluster].filter((_, at) => at !== tone).join('');
    key += codeOf(bare);
    toneKey += tone < 0 ? '0' : String(tones.indexOf([...cluster][tone] ?? '') + 1);
  }
  return `${key}00${toneKey.replace(/0+$/, '')}`;
}

/** A space before punctuation, then digits, then our letters, then those of other alphabets. */
function codeOf(bare: string): string {
  if (bare === ' ') return '01';
  if (/^[0-9]$/.test(bare)) return `1${bare}`;
  const rank = letters.get(bare);
  if (rank !== undefined) return String(20 + rank);
  const point = String(bare.codePointAt(0) ?? 0).padStart(7, '0');
  return /\p{L}/u.test(bare) ? `60${point}` : `05${point}`;
}
