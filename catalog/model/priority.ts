import type { DatasetRecord, Priority } from './dataset.ts';
import type { PlanCriterion, PlanRecord, Ranking, Weights } from './plan.ts';
import { schemas } from './schemas.ts';

const fullScore = 100;

/** The criteria that count unless a plan has others, each as much as the next; as the schema of a record names them. */
export const usualCriteria: readonly PlanCriterion[] = Object.entries(
  schemas.get('inventory.schema.json')?.properties?.['priority']?.properties ?? {},
).map(([key, { title = key, ...node }]) => ({
  key,
  name: { vi: title, en: node['x-en']?.title ?? title },
  weight: 1,
}));

/** How a plan ranks: by its own criteria, else by the usual ones with the weights that it gives them. */
export function rankingOf(plan: PlanRecord | undefined): Ranking {
  const { weights, criteria, hvdBonus = 0 } = plan ?? {};
  if (criteria) return { criteria, hvdBonus };
  if (!weights) return { criteria: usualCriteria, hvdBonus };
  return {
    criteria: usualCriteria.map((criterion) => ({
      ...criterion,
      weight: weights[criterion.key] ?? 0,
    })),
    hvdBonus,
  };
}

/**
 * Where a dataset stands in the ranking of a plan: the weighted mean of its scores, and the bonus of a high-value
 * category.
 *
 * Unit: 0 to 100, one decimal. Absent: nobody has scored it, or no scored criterion has a weight.
 */
export function rankedScore(record: DatasetRecord, ranking: Ranking): number | undefined {
  const weights = Object.fromEntries(ranking.criteria.map(({ key, weight }) => [key, weight]));
  const score = priorityScore(record.inventory?.priority, weights);
  if (score === undefined || !record.hvdCategory?.length) return score;
  return Math.min(fullScore, Math.round((score + ranking.hvdBonus) * 10) / 10);
}

/**
 * The weighted mean of the scores that a dataset has.
 *
 * Unit: 0 to 100, one decimal. Absent: nobody has scored it, or no scored criterion has a weight.
 */
export function priorityScore(
  priority: Priority | undefined,
  weights: Weights,
): number | undefined {
  let sum = 0;
  let weight = 0;
  for (const [criterion, score] of Object.entries(priority ?? {})) {
    const counts = Object.hasOwn(weights, criterion) ? (weights[criterion] ?? 0) : 0;
    sum += (score ?? 0) * counts;
    weight += counts;
  }
  return weight === 0 ? undefined : Math.round((sum / weight) * 200) / 10;
}
