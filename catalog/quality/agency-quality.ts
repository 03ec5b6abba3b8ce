import type { Message } from '../kernel/lang-text.ts';
import type { Queryable } from '../storage/database.ts';
import { type Average, averageRepository } from './average-repository.ts';
import { type MetricTable, mqa, six } from './metrics.ts';
import { qualityRepository } from './quality-repository.ts';
import { ratingOf } from './score-dataset.ts';
import type { KeptScore } from './score-row.ts';

/** Points that several datasets of an agency do not have, for the same reason. */
export interface SharedShortfall {
  readonly code: string;
  readonly dimension: string;
  readonly label: Message;
  readonly remedy: Message;
  /** How many of the datasets looked at. */
  readonly datasets: number;
}

/** How good what an agency publishes is. */
export interface AgencyQuality {
  readonly average: Average & { readonly rating: string };
  /** What is missing most often, in the lowest-scored datasets; of each of the two tables. */
  readonly missing: readonly SharedShortfall[];
  readonly lookedAt: number;
  readonly history: readonly Average[];
}

const mostLookedAt = 500;
const mostShortfalls = 5;

/** Gives the quality of an agency's datasets. Absent: nothing of it is published and scored. */
export async function getAgencyQuality(
  agency: string,
  db: Queryable,
): Promise<AgencyQuality | undefined> {
  const [history, lowest] = await Promise.all([
    averageRepository(db).history(agency),
    qualityRepository(db).lowestOf(agency, mostLookedAt),
  ]);
  const latest = history.at(-1);
  if (!latest || lowest.length === 0) return undefined;
  return {
    average: { ...latest, rating: ratingOf(latest.total) },
    missing: [...shortfalls(mqa, lowest), ...shortfalls(six, lowest)],
    lookedAt: lowest.length,
    history,
  };
}

function shortfalls(table: MetricTable, scores: readonly KeptScore[]): readonly SharedShortfall[] {
  const which = table === mqa ? 'mqa' : 'six';
  const counts = new Map<string, number>();
  for (const { metrics } of scores) {
    for (const { code, points, max } of metrics[which]) {
      if (points < max) counts.set(code, (counts.get(code) ?? 0) + 1);
    }
  }
  return table.metrics
    .flatMap(({ code, dimension, label, remedy, points }) => {
      const datasets = counts.get(code) ?? 0;
      return datasets === 0 ? [] : [{ code, dimension, label, remedy, datasets, points }];
    })
    .sort((a, b) => b.datasets * b.points - a.datasets * a.points)
    .slice(0, mostShortfalls)
    .map(({ points: _, ...shortfall }) => shortfall);
}
