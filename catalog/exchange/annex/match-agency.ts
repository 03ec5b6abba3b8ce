import { fold } from '../../kernel/fold.ts';
import type { AgencyRecord } from '../../model/agency.ts';

/** The agency that a list means, or why it is not clear which: the ones it could be, or the ones spelt most like it. */
export type AgencyMatch =
  | { readonly agency: AgencyRecord }
  | {
      readonly agency?: undefined;
      readonly ambiguous: boolean;
      readonly candidates: readonly AgencyRecord[];
    };

export type MatchAgency = (text: string) => AgencyMatch;

/**
 * Makes a matcher for the names that lists use: `Sở NN&MT`, `Sở NN và MT`, `Sở GDĐT`, `UBND P. Hoàn Kiếm`.
 *
 * A name or abbreviation that is on record goes before one without the city's, and both before initials.
 */
export function agencyMatcher(agencies: readonly AgencyRecord[]): MatchAgency {
  const levels = [onRecord, withoutCity, initials].map((spellings) => byKey(agencies, spellings));
  const known = new Map<string, AgencyMatch>();
  return (text) => {
    let match = known.get(text);
    if (!match) {
      match = findMatch(text, levels, agencies);
      known.set(text, match);
    }
    return match;
  };
}

type Level = ReadonlyMap<string, ReadonlySet<AgencyRecord>>;

function byKey(
  agencies: readonly AgencyRecord[],
  spellings: (agency: AgencyRecord) => readonly string[],
): Level {
  const level = new Map<string, Set<AgencyRecord>>();
  for (const agency of agencies) {
    for (const key of spellings(agency)) {
      level.set(key, (level.get(key) ?? new Set()).add(agency));
    }
  }
  return level;
}

function findMatch(
  text: string,
  levels: readonly Level[],
  agencies: readonly AgencyRecord[],
): AgencyMatch {
  const spoken = syllables(text.replace(/\([^)]*\)/g, ' '));
  const keys = [...new Set([spoken.join(''), shorten(spoken).join('')])];
  for (const level of levels) {
    for (const key of keys) {
      const found = [...(level.get(key) ?? [])];
      if (found.length === 1 && found[0]) return { agency: found[0] };
      if (found.length > 1) return { ambiguous: true, candidates: found };
    }
  }
  return { ambiguous: false, candidates: nearest(spoken.join(''), agencies) };
}

const namesOf = ({ id, name, altName }: AgencyRecord): readonly string[] => [
  id,
  ...Object.values(name),
  ...(altName ?? []),
];

function onRecord(agency: AgencyRecord): readonly string[] {
  return namesOf(agency).map((name) => syllables(name).join(''));
}

function withoutCity(agency: AgencyRecord): readonly string[] {
  return namesOf(agency)
    .map(syllables)
    .flatMap((name) => [
      shorten(name),
      name
        .join(' ')
        .replace(/ ha noi$/, '')
        .split(' '),
    ])
    .filter((name) => name.length > 1)
    .map((name) => name.join(''));
}

/** `Sở Khoa học và Công nghệ` is `Sở KHCN` and `SKHCN`. */
function initials(agency: AgencyRecord): readonly string[] {
  const name = syllables(agency.name['vi'] ?? '');
  return [name, shorten(name)].flatMap((part) => {
    const letters = part.map((syllable) => syllable[0] ?? '');
    if (letters.length < 2) return [];
    return [letters.join(''), `${part[0]}${letters.slice(1).join('')}`];
  });
}

const longForms: Readonly<Record<string, string>> = {
  tp: 'thanh pho',
  vp: 'van phong',
  p: 'phuong',
  x: 'xa',
  q: 'quan',
  h: 'huyen',
  tx: 'thi xa',
  hn: 'ha noi',
};

/** The syllables of a name without "và", with what is always abbreviated in one form. */
function syllables(text: string): readonly string[] {
  return fold(text)
    .replace(/&/g, ' va ')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
    .replace(/\buy ban nhan dan\b/g, 'ubnd')
    .split(' ')
    .flatMap((word) => (longForms[word] ?? word).split(' '))
    .filter((word) => word !== 'va' && word !== '');
}

/** Without the city at the end, which goes without saying: `Sở Y tế thành phố Hà Nội`. */
function shorten(name: readonly string[]): readonly string[] {
  const said = name.join(' ').replace(/(?: thanh pho)?(?: ha noi)?$/, '');
  return said === '' ? name : said.split(' ');
}

/** The three agencies whose names share the most pairs of letters with a text, if they share enough. */
function nearest(key: string, agencies: readonly AgencyRecord[]): readonly AgencyRecord[] {
  return agencies
    .map((agency) => ({
      agency,
      likeness: Math.max(...onRecord(agency).map((name) => likeness(key, name))),
    }))
    .filter((candidate) => candidate.likeness >= 0.4)
    .sort((a, b) => b.likeness - a.likeness || (a.agency.id < b.agency.id ? -1 : 1))
    .slice(0, 3)
    .map(({ agency }) => agency);
}

/** Dice's coefficient over pairs of letters: 0 nothing in common, 1 the same. */
function likeness(a: string, b: string): number {
  if (a.length < 2 || b.length < 2) return 0;
  const rest = pairsOf(b);
  const total = a.length + b.length - 2;
  let shared = 0;
  for (const pair of pairsOf(a)) {
    const at = rest.indexOf(pair);
    if (at < 0) continue;
    rest.splice(at, 1);
    shared += 1;
  }
  return (2 * shared) / total;
}

function pairsOf(text: string): string[] {
  return Array.from({ length: text.length - 1 }, (_, at) => text.slice(at, at + 2));
}
