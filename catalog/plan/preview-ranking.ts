import type { LangText } from '../kernel/lang-text.ts';
import { pickLanguage } from '../kernel/lang-text.ts';
import { titleSortKey } from '../kernel/vietnamese-order.ts';
import type { DatasetRecord } from '../model/dataset.ts';
import type { Ranking } from '../model/plan.ts';
import { rankedScore } from '../model/priority.ts';
import type { Queryable } from '../storage/database.ts';
import { planRepository } from './plan-repository.ts';

/** Where a dataset stands: the best is first, and equals share a place. */
export interface Place {
  readonly rank: number;
  /** 0 to 100. */
  readonly score: number;
}

/** A dataset of a plan before and after its criteria change. Absent: it has no score that counts. */
export interface RankedDataset {
  readonly id: string;
  readonly title: LangText;
  readonly publisher: string;
  readonly before?: Place;
  readonly after?: Place;
}

export interface RankingPreview {
  /** The first ones, in their new order. */
  readonly datasets: readonly RankedDataset[];
  /** Of all of them. */
  readonly total: number;
  readonly rising: number;
  readonly falling: number;
  readonly unscored: number;
}

const mostShown = 50;
const unranked = Number.MAX_SAFE_INTEGER;

/** What other criteria would do to the order of a year's datasets; nothing is written. */
export async function previewRanking(
  year: string,
  rankings: { readonly before: Ranking; readonly after: Ranking },
  db: Queryable,
): Promise<RankingPreview> {
  const named = await planRepository(db).recordsOf(year);
  const records = named.filter(({ inventory }) => inventory?.release?.due !== undefined);
  const before = placesOf(records, rankings.before);
  const after = placesOf(records, rankings.after);
  const datasets = records.map(({ id, title, publisher }): RankedDataset => {
    const [was, is] = [before.get(id), after.get(id)];
    return { id, title, publisher, ...(was && { before: was }), ...(is && { after: is }) };
  });
  const moves = datasets.map(risesBy);
  return {
    datasets: inOrder(datasets).slice(0, mostShown),
    total: datasets.length,
    rising: moves.filter((move) => move > 0).length,
    falling: moves.filter((move) => move < 0).length,
    unscored: datasets.filter(({ after: place }) => place === undefined).length,
  };
}

/** How many places a dataset rises; negative: it falls. Without a place before or after: 0. */
export function risesBy({ before, after }: RankedDataset): number {
  return before && after ? before.rank - after.rank : 0;
}

function placesOf(records: readonly DatasetRecord[], ranking: Ranking): ReadonlyMap<string, Place> {
  const scored = records
    .flatMap((record) => {
      const score = rankedScore(record, ranking);
      return score === undefined ? [] : [{ id: record.id, score }];
    })
    .sort((a, b) => b.score - a.score);
  const places = new Map<string, Place>();
  let rank = 0;
  let last: number | undefined;
  for (const [index, { id, score }] of scored.entries()) {
    if (score !== last) rank = index + 1;
    last = score;
    places.set(id, { rank, score });
  }
  return places;
}

function inOrder(datasets: readonly RankedDataset[]): readonly RankedDataset[] {
  return datasets
    .map((dataset) => ({ dataset, key: titleSortKey(pickLanguage(dataset.title, 'vi').text) }))
    .sort(
      (a, b) =>
        (a.dataset.after?.rank ?? unranked) - (b.dataset.after?.rank ?? unranked) ||
        (a.key < b.key ? -1 : 1),
    )
    .map(({ dataset }) => dataset);
}
