import iconv from 'iconv-lite';
import { type Encoding, encodings } from '../preview-job.ts';

/** What iconv calls an encoding. TCVN3 has the letters of TCVN 5712 from 0xA1 on, which are all it has. */
export const iconvNames: Readonly<Record<Encoding, string>> = {
  'utf-8': 'utf8',
  'utf-16le': 'utf16le',
  'utf-16be': 'utf16be',
  'windows-1258': 'windows1258',
  tcvn3: 'tcvn',
  'windows-1252': 'windows1252',
};

const legacy = encodings.filter((name) => !name.startsWith('utf'));

/**
 * Guesses how a text is encoded: by its mark, by its zeros, by being UTF-8; else by how many of its words could be
 * Vietnamese when it is read one way or another.
 *
 * @param head the beginning of the file; it may end within a letter
 */
export function guessEncoding(head: Buffer): Encoding {
  const mark = head.subarray(0, 2).toString('hex');
  if (mark === 'fffe') return 'utf-16le';
  if (mark === 'feff') return 'utf-16be';
  const zero = head.subarray(0, 1000).indexOf(0);
  if (zero >= 0) return zero % 2 === 1 ? 'utf-16le' : 'utf-16be';
  if (isUtf8(head)) return 'utf-8';
  const scored = legacy.map((name) => ({ name, score: vietnameseShare(decode(head, name)) }));
  const best = scored.reduce((a, b) => (b.score > a.score ? b : a));
  return best.score > 0.3 ? best.name : 'windows-1252';
}

function decode(bytes: Buffer, encoding: Encoding): string {
  return iconv.decode(bytes, iconvNames[encoding]).normalize('NFC');
}

function isUtf8(head: Buffer): boolean {
  try {
    // In a stream, a letter that is cut off at the end is no mistake.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}

const onset = '(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?';
const vowels = '[aăâeêioôơuưy]{1,3}';
const coda = '(?:ch|ng|nh|[cmnpt])?';
const syllable = new RegExp(`^${onset}${vowels}${coda}$`);
const tone = /[\u0300\u0301\u0303\u0309\u0323]/g;

/** Of the words with a letter beyond ASCII, which share is a syllable that Vietnamese could have. */
export function vietnameseShare(text: string): number {
  const words = text
    .split(/[\s,;|"'()./:\d-]+/)
    .filter((word) => [...word].some((letter) => letter > '\u007f'));
  return words.length === 0 ? 0 : words.filter(isSyllable).length / words.length;
}

function isSyllable(word: string): boolean {
  // A capital within a word that is not all capitals is a letter of another table.
  const isOneCase = word.slice(1) === word.slice(1).toLowerCase() || word === word.toUpperCase();
  const bare = word.toLowerCase().normalize('NFD');
  const tones = bare.match(tone)?.length ?? 0;
  return isOneCase && tones <= 1 && syllable.test(bare.replace(tone, '').normalize('NFC'));
}
