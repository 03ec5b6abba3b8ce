import { type Clock, localDate } from '../kernel/clock.ts';
import type { DatasetRecord } from '../model/dataset.ts';
import { type ExplainedScore, explainScore } from '../quality/explain-score.ts';
import { qualityRepository } from '../quality/quality-repository.ts';
import type { DayFigures } from '../quality/score-row.ts';
import type { Queryable } from '../storage/database.ts';
import { qualityFacts } from './quality-facts.ts';

/** How good a published dataset is now, why, and how that was before. */
export interface DatasetQuality extends ExplainedScore {
  /** Days on which the figures changed, oldest first. */
  readonly history: readonly DayFigures[];
}

/** Scores a published record as it is at this moment, with its history. */
export async function getDatasetQuality(
  record: DatasetRecord,
  db: Queryable,
  { baseURL, clock }: { readonly baseURL: string; readonly clock: Clock },
): Promise<DatasetQuality> {
  const [facts, history] = await Promise.all([
    qualityFacts([record], db, { baseURL, today: localDate(clock()) }),
    qualityRepository(db).history(record.id),
  ]);
  return { ...explainScore(record, facts), history };
}
