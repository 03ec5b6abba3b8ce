import type { Message } from '../kernel/lang-text.ts';
import { type CriterionRecord, targetOf } from '../model/criterion.ts';
import type { Queryable } from '../storage/database.ts';
import { criteriaRepository } from './criteria-repository.ts';
import { criterionNotFound } from './get-criteria.ts';
import { indicatorRepository, type KeptScope } from './indicator-repository.ts';
import { criteriaOf } from './indicators.ts';
import type { Period } from './period.ts';

/** An agency among its like. */
export interface RankedAgency {
  readonly agency: string;
  readonly value?: number;
  /** How many datasets it answers for in the inventory: the size by which agencies are grouped. */
  readonly size: number;
  /** From 1; the same value has the same rank. Absent: not ranked. */
  readonly rank?: number;
}

/** Agencies of like size, the best first; those without a value last. */
export interface AgencyGroup {
  readonly code: string;
  readonly name: Message;
  /** Whether the agencies are compared. */
  readonly isRanked: boolean;
  readonly agencies: readonly RankedAgency[];
}

/** Fewer agencies than this are not ranked: a place among two says nothing. */
export const leastCompared = 3;

/** Groups by number of datasets in the inventory; a share of one or two datasets is 0, 50 or 100, and compared with nobody. */
const groups = [
  { code: 'large', from: 20, name: { vi: 'Từ 20 tập dữ liệu', en: '20 datasets or more' } },
  { code: 'medium', from: 8, name: { vi: '8–19 tập dữ liệu', en: '8–19 datasets' } },
  { code: 'small', from: 3, name: { vi: '3–7 tập dữ liệu', en: '3–7 datasets' } },
  { code: 'too-few', from: 0, name: { vi: 'Dưới 3 tập dữ liệu', en: 'Fewer than 3 datasets' } },
] as const;

/** Agencies in a period, each among its like. */
export interface Ranking {
  readonly period: string;
  /** Absent: by attainment, all criteria together. */
  readonly criterion?: string;
  /** Of the criteria. */
  readonly version: number;
  readonly leastCompared: number;
  readonly groups: readonly AgencyGroup[];
}

/**
 * Ranks agencies by the value of a criterion, or by all of them together, each only among those that answer for about
 * as many datasets.
 *
 * @throws {CatalogError} `not-found` / `criterion-not-found`
 */
export async function getRanking(
  criterion: string | undefined,
  period: Period,
  today: string,
  db: Queryable,
): Promise<Ranking> {
  const repository = indicatorRepository(db);
  const [frames, scopes, versions] = await Promise.all([
    repository.findPeriods([period.id]),
    repository.listKind(period.id, 'publisher'),
    criteriaRepository(db).list(),
  ]);
  const day = today < period.to ? today : period.to;
  const { version, record } = criteriaOf(frames.get(period.id), day, versions);
  if (criterion !== undefined && !record.criteria.some(({ code }) => code === criterion)) {
    throw criterionNotFound(criterion);
  }
  const valueIn = ({ values }: KeptScope) =>
    criterion === undefined ? attainment(record.criteria, values, period.year) : values[criterion];
  return {
    period: period.id,
    ...(criterion !== undefined && { criterion }),
    version,
    leastCompared,
    groups: groupAgencies(scopes, valueIn),
  };
}

/** Puts agencies into groups of like size and ranks them there. */
export function groupAgencies(
  scopes: readonly KeptScope[],
  valueIn: (scope: KeptScope) => number | undefined,
): readonly AgencyGroup[] {
  const all = scopes.map((scope): RankedAgency => {
    const value = valueIn(scope);
    return {
      agency: scope.agency ?? '',
      ...(value !== undefined && { value }),
      size: scope.measures['datasetsInventoried'] ?? scope.measures['datasetsOpen'] ?? 0,
    };
  });
  return groups.flatMap((group, index) => {
    const below = groups[index - 1]?.from ?? Number.POSITIVE_INFINITY;
    const own = all.filter(({ size }) => size >= group.from && size < below);
    return own.length === 0 ? [] : [rankWithin(group, own)];
  });
}

function rankWithin(
  { code, name }: (typeof groups)[number],
  agencies: readonly RankedAgency[],
): AgencyGroup {
  const compared = agencies.filter(({ value }) => value !== undefined).length;
  const isRanked = code !== 'too-few' && compared >= leastCompared;
  const sorted = [...agencies].sort(
    (a, b) => standing(b) - standing(a) || a.agency.localeCompare(b.agency),
  );
  return {
    code,
    name,
    isRanked,
    agencies: sorted.map((each) => ({
      ...each,
      ...(isRanked && each.value !== undefined && { rank: placeOf(each.value, sorted) }),
    })),
  };
}

/** Who has no value stands behind everybody who has one. */
function standing({ value = Number.MIN_SAFE_INTEGER }: RankedAgency): number {
  return value;
}

function placeOf(value: number, all: readonly RankedAgency[]): number {
  return all.filter((other) => standing(other) > value).length + 1;
}

/**
 * How far a scope has come on all criteria that have a value and a target: the weighted mean of value ÷ target, each
 * at most 100 %.
 *
 * Unit: per cent, one decimal. Absent: nothing of it has both, or a weight. Criteria of change and numbers without an
 * upper end do not go in: a target of nought has no share.
 */
export function attainment(
  criteria: readonly CriterionRecord[],
  values: Readonly<Record<string, number>>,
  year: string,
): number | undefined {
  let reached = 0;
  let weight = 0;
  for (const criterion of criteria) {
    const value = values[criterion.code];
    const target = targetOf(criterion, year);
    if (value === undefined || !target || target.value <= 0) continue;
    reached += criterion.weight * Math.min(1, Math.max(0, value / target.value));
    weight += criterion.weight;
  }
  return weight === 0 ? undefined : Math.round((reached / weight) * 1000) / 10;
}
