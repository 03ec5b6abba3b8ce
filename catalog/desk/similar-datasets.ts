import { type Actor, actsFor } from '../access/actor.ts';
import { type Word, wordsOf } from '../kernel/spelling.ts';
import { emptyWords } from '../search/search-terms.ts';
import type { Queryable } from '../storage/database.ts';
import { type Candidate, inventoryLineRepository } from './inventory-line-repository.ts';

/** A dataset that may be the same as another. */
export interface SimilarDataset {
  readonly publisher: string;
  /** 0 to 1; 1: the same but for its marks. */
  readonly likeness: number;
  /** Absent: the actor may not know more than whose it is. */
  readonly known?: Pick<Candidate, 'id' | 'title' | 'state'>;
}

/** From here on two titles may well name the same thing. */
const leastLikeness = 0.6;
const mostCompared = 300;
const mostWords = 16;
const mostShown = 5;

/**
 * Datasets of the whole inventory whose titles are like this one, the likest first. Marks count nothing; what begins half
 * of all titles, as `Danh mục`, counts nothing either.
 *
 * @param except the id of the dataset that has the title
 */
export async function similarDatasets(
  title: string,
  except: string | undefined,
  actor: Actor,
  db: Queryable,
): Promise<readonly SimilarDataset[]> {
  const words = sayingWords(wordsOf(title));
  if (words.length === 0) return [];
  const asked = words.slice(0, mostWords);
  const candidates = await inventoryLineRepository(db).withWords(
    asked,
    Math.ceil(asked.length / 3),
    mostCompared,
  );
  return candidates
    .filter(({ id }) => id !== except)
    .map((candidate) => ({
      candidate,
      likeness: likenessOf(words, sayingWords(wordsOf(candidate.title))),
    }))
    .filter(({ likeness }) => likeness >= leastLikeness)
    .sort((a, b) => b.likeness - a.likeness || (a.candidate.id < b.candidate.id ? -1 : 1))
    .slice(0, mostShown)
    .map(({ candidate, likeness }) => ({
      publisher: candidate.publisher,
      likeness,
      ...(mayKnow(candidate, actor) && { known: candidate }),
    }));
}

function mayKnow({ state, publisher }: Candidate, actor: Actor): boolean {
  return state === 'published' || actsFor(actor, publisher);
}

/** The folded words of a title without its empty beginning, unless there is nothing else. */
function sayingWords(title: readonly Word[]): readonly string[] {
  const saying = title.slice(emptyWords(title));
  return (saying.length > 0 ? saying : title).map(({ folded }) => folded);
}

/**
 * How like two titles are, 0 to 1: half by the words that they share, half by the runs of three letters, so that a word
 * more and a slip of the pen both cost a little. Sørensen and Dice's coefficient of each.
 */
export function likenessOf(a: readonly string[], b: readonly string[]): number {
  return (dice(new Set(a), new Set(b)) + dice(trigrams(a), trigrams(b))) / 2;
}

function dice(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0;
  for (const item of a) if (b.has(item)) shared += 1;
  return a.size + b.size === 0 ? 0 : (2 * shared) / (a.size + b.size);
}

function trigrams(words: readonly string[]): ReadonlySet<string> {
  const text = ` ${words.join(' ')} `;
  return new Set(
    Array.from({ length: Math.max(0, text.length - 2) }, (_, at) => text.slice(at, at + 3)),
  );
}
