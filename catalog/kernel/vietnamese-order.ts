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
    const { code, tone } = readCluster(cluster);
    key += code;
    toneKey += tone;
  }
  return `${key}00${toneKey.replace(/0+$/, '')}`;
}

interface Cluster {
  readonly code: string;
  readonly tone: string;
}

/** Titles are written with a few hundred of them, and long lists are sorted. */
const known = new Map<string, Cluster>();
const mostKnown = 2000;

function readCluster(cluster: string): Cluster {
  const found = known.get(cluster);
  if (found) return found;
  const marks = [...cluster];
  const at = marks.findIndex((mark) => tones.includes(mark));
  const bare = at < 0 ? cluster : marks.filter((_, index) => index !== at).join('');
  const tone = at < 0 ? '0' : String(tones.indexOf(marks[at] ?? '') + 1);
  const made = { code: codeOf(bare), tone };
  if (known.size < mostKnown) known.set(cluster, made);
  return made;
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
