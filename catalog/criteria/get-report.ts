import type { Queryable } from '../storage/database.ts';
import { getCriteria } from './get-criteria.ts';
import { indicatorRepository } from './indicator-repository.ts';
import { getIndicators, type Indicators } from './indicators.ts';
import type { Period } from './period.ts';
import { type AgencyGroup, attainment, getRanking } from './rank-agencies.ts';

/** What a report of a period says: figures against their targets, of the city and of each agency, with evidence. */
export interface Report {
  readonly period: string;
  /** Of the criteria that everything is computed with. */
  readonly version: number;
  /** Whether the figures stay as they are. */
  readonly isClosed: boolean;
  readonly takenAt?: string;
  readonly city: ReportedScope;
  /** In the order of their ids; only those of which something was measured. */
  readonly agencies: readonly (ReportedScope & { readonly agency: string })[];
  /** Agencies among their like, by all criteria together. */
  readonly groups: readonly AgencyGroup[];
}

/** The records behind each number are at `getEvidence(measure, scope, period)`. */
export interface ReportedScope extends Pick<Indicators, 'scope' | 'items'> {
  /** The weighted mean of values against targets, in per cent. Absent: nothing has both. */
  readonly attainment?: number;
}

/**
 * Gathers a report, for the yearly one and those of the strategy. What is kept is read; nothing is measured.
 *
 * @param today which criteria name a period of which nothing is kept
 */
export async function getReport(period: Period, today: string, db: Queryable): Promise<Report> {
  const city = await getIndicators('city', period, today, db);
  const { record } = await getCriteria(city.version, db);
  const attained = (values: Readonly<Record<string, number>>) => {
    const value = attainment(record.criteria, values, period.year);
    return value === undefined ? {} : { attainment: value };
  };
  const agencies = [];
  for (const { scope, agency, values } of await indicatorRepository(db).listKind(
    period.id,
    'publisher',
  )) {
    if (agency === undefined) continue;
    const { items } = await getIndicators(scope, period, today, db);
    agencies.push({ agency, scope, items, ...attained(values) });
  }
  return {
    period: period.id,
    version: city.version,
    isClosed: city.isClosed,
    ...(city.takenAt !== undefined && { takenAt: city.takenAt }),
    city: { scope: city.scope, items: city.items, ...attained(valuesOf(city)) },
    agencies,
    groups: (await getRanking(undefined, period, today, db)).groups,
  };
}

function valuesOf({ items }: Indicators): Readonly<Record<string, number>> {
  return Object.fromEntries(
    items.flatMap(({ code, value }) => (value === undefined ? [] : [[code, value]])),
  );
}
