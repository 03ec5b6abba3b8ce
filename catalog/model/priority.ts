import type { Priority } from './dataset.ts';

export type Weights = Readonly<Partial<Record<keyof Priority, number>>>;

export const criteria: readonly (keyof Priority)[] = ['demand', 'value', 'readiness', 'obligation'];

/** Every criterion counts the same until a plan says otherwise. */
export const equalWeights: Weights = { demand: 1, value: 1, readiness: 1, obligation: 1 };

/**
 * The priority of a dataset: the weighted mean of its criteria.
 *
 * Unit: 0 to 100, one decimal. Absent: nobody has scored it, or no scored criterion has a weight.
 */
export function priorityScore(
  priority: Priority | undefined,
  weights: Weights,
): number | undefined {
  let sum = 0;
  let weight = 0;
  for (const criterion of criteria) {
    const score = priority?.[criterion];
    if (score === undefined) continue;
    sum += score * (weights[criterion] ?? 0);
    weight += weights[criterion] ?? 0;
  }
  return weight === 0 ? undefined : Math.round((sum / weight) * 200) / 10;
}
