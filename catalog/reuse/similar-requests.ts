import { fold } from '../kernel/fold.ts';
import type { Queryable } from '../storage/database.ts';
import { type DataRequest, inquiryRepository } from './inquiry-repository.ts';

const mostCompared = 2000;
const mostSimilar = 5;
/** Half of the rarer words in common. */
const least = 0.5;
/** Words that every request holds. */
const common: ReadonlySet<string> = new Set(
  'du lieu danh sach thong tin ve cua cac nhung va theo tren tai o cho co nam so thanh pho ha noi data list the of in a and for hanoi'.split(
    ' ',
  ),
);

/** Requests whose titles say much the same, the most similar first: so that people support instead of repeating. */
export async function similarRequests(
  title: string,
  db: Queryable,
): Promise<readonly DataRequest[]> {
  const words = tellingWords(fold(title));
  if (words.size === 0) return [];
  const known = await inquiryRepository(db).titles(mostCompared);
  const near = known
    .map(({ id, folded }) => ({ id, likeness: likeness(words, tellingWords(folded)) }))
    .filter((each) => each.likeness >= least)
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, mostSimilar);
  const found = await Promise.all(near.map(({ id }) => inquiryRepository(db).find(id)));
  return found.flatMap((inquiry) => (inquiry?.kind === 'request' ? [inquiry] : []));
}

/** The words of a folded text that tell it from others. */
export function tellingWords(folded: string): ReadonlySet<string> {
  const words = folded.split(/[^a-z0-9]+/).filter((word) => word !== '' && !common.has(word));
  return new Set(words);
}

/** How much of the shorter of two texts is in the other, from 0 to 1. */
function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = [...a].filter((word) => b.has(word)).length;
  return shared / Math.max(1, Math.min(a.size, b.size));
}
