import { editDistance } from '../../catalog/kernel/edit-distance.ts';

/** The addresses of pages that people type, each with the key of its name. */
const pages: readonly (readonly [string, string])[] = [
  ['/dataset', 'nav.dataset'],
  ['/agency', 'nav.agency'],
  ['/roadmap', 'nav.roadmap'],
  ['/indicators', 'nav.indicators'],
  ['/reuse', 'nav.reuse'],
  ['/request', 'nav.request'],
  ['/developers', 'nav.developers'],
  ['/developers/api', 'api.heading'],
  ['/privacy', 'privacy.heading'],
  ['/workspace', 'nav.workspace'],
];
const mostLetters = 2;
const longest = 40;

/** Pages whose address differs from one that is not there in a letter or two, the nearest first. */
export function nearestAddresses(
  path: string,
): readonly { readonly path: string; readonly nameKey: string }[] {
  const asked = (path.split('?')[0] ?? '').toLowerCase().replace(/\/+$/, '');
  if (asked.length > longest) return [];
  const [, section = ''] = asked.split('/');
  return pages
    .map(([known, nameKey]) => ({
      path: known,
      nameKey,
      distance: Math.min(
        editDistance(asked, known, mostLetters),
        // `/datasets/x` is meant for what lies under `/dataset`.
        editDistance(`/${section}`, known, mostLetters) + 1,
      ),
    }))
    .filter(({ path: known, distance }) => known !== path && distance <= mostLetters)
    .sort((a, b) => a.distance - b.distance)
    .map(({ path: known, nameKey }) => ({ path: known, nameKey }));
}

/** What an address that is not there was about, in words to look for: `/dataset/tuyen-xe-buyt.csv` is `tuyen xe buyt`. */
export function wordsOfAddress(path: string): string {
  const last = (path.split('?')[0] ?? '').split('/').filter(Boolean).at(-1) ?? '';
  return decoded(last)
    .replace(/\.\w{1,6}$/, '')
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim()
    .slice(0, 100);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
