// The letters in the order of the Vietnamese alphabet, each decomposed (NFD) but for its tone.
const letters: ReadonlyMap<string, number> = new Map(
  [...'aăâbcdđeêfghijklmnoôơpqrstuưvwxyz'].map((letter, rank) => [letter.normalize('NFD'), rank]),
);
// Ngang has no mark; then huyền, hỏi, ngã, sắc, nặng.
const tones = '\u0300\u0309\u0303\u0301\u0323';

/**
 * A key that sorts as text in the Vietnamese order, in any database: letters first (a ă â b … d đ), then tones.
 *
 * The databases' own collations cannot be relied upon: SQLite has none, and PostgreSQL's depend on the system.
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
    const rank = letters.get(bare);
    key += rank === undefined ? (bare[0] ?? '') : String.fromCharCode(0x61 + rank);
    toneKey += tone < 0 ? '0' : String(tones.indexOf([...cluster][tone] ?? '') + 1);
  }
  return `${key} ${toneKey.replace(/0+$/, '')}`.trimEnd();
}
