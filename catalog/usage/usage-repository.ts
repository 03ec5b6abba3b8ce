import { type ExpressionBuilder, sql } from 'kysely';
import type { Queryable, Tables } from '../storage/database.ts';
import { daysOf } from '../storage/dialects/dialect.ts';
import type { UsageKind } from './usage-event.ts';

export interface UsageFilter {
  readonly dataset?: string | undefined;
  readonly agency?: string | undefined;
  readonly theme?: string | undefined;
  /** First and last day, both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export interface UsageFigure {
  /** A day or a month. */
  readonly period: string;
  readonly kind: UsageKind;
  /** What counts. */
  readonly count: number;
  /** Everything that was asked for, by whomever. */
  readonly raw: number;
}

/** A figure of one agency or theme. */
export interface GroupFigure extends UsageFigure {
  readonly group: string;
}

/** Every SQL statement that reads what events add up to. */
export function usageRepository(db: Queryable) {
  return {
    /** Counts by day or month, of all, or of what a filter leaves. Datasets count for the agency and themes they have now. */
    async figures(filter: UsageFilter, by: 'day' | 'month'): Promise<readonly UsageFigure[]> {
      const rows = await pick(filter, by);
      return rows.map((row) => ({
        period: row.period,
        kind: row.kind as UsageKind,
        count: Number(row.count),
        raw: Number(row.raw),
      }));
    },

    /** Counts of every agency, or of every theme, by month; `from` and `to` are months. */
    async groups(
      grouping: 'agency' | 'theme',
      { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined } = {},
    ): Promise<readonly GroupFigure[]> {
      let query = db.selectFrom('usage_group').selectAll().where('grouping', '=', grouping);
      if (from !== undefined) query = query.where('month', '>=', from);
      if (to !== undefined) query = query.where('month', '<=', to);
      const rows = await query.orderBy('value').orderBy('month').orderBy('kind').execute();
      return rows.map(({ value, month, kind, count, raw }) => ({
        group: value,
        period: month,
        kind: kind as UsageKind,
        count,
        raw,
      }));
    },

    /** Downloads and API calls of each dataset from one month to another, both included: `2026-11`. */
    async usesByDataset(from: string, to: string): Promise<ReadonlyMap<string, number>> {
      const rows = await db
        .selectFrom('usage_month')
        .select((eb) => ['dataset_id', eb.fn.sum<number>('count').as('count')])
        .where('kind', 'in', ['download', 'api'])
        .where('month', '>=', from)
        .where('month', '<=', to)
        .groupBy('dataset_id')
        .execute();
      return new Map(rows.map(({ dataset_id, count }) => [dataset_id, Number(count)]));
    },

    /** All that ever counted, of one dataset or of all. */
    async total(kind: UsageKind, dataset?: string): Promise<number> {
      const row = await (dataset === undefined
        ? db
            .selectFrom('usage_total')
            .select((eb) => eb.fn.sum<number | null>('count').as('count'))
            .where('kind', '=', kind)
            .executeTakeFirst()
        : db
            .selectFrom('usage_month')
            .select((eb) => eb.fn.sum<number | null>('count').as('count'))
            .where('dataset_id', '=', dataset)
            .where('kind', '=', kind)
            .executeTakeFirst());
      return Number(row?.count ?? 0);
    },

    /** How many events each rule removed. */
    async removed(filter: UsageFilter): Promise<Readonly<Record<string, number>>> {
      let query = db
        .selectFrom('usage_removed')
        .select((eb) => ['rule', eb.fn.sum<number>('count').as('count')])
        .where((eb) => within(eb, filter));
      if (filter.from !== undefined) query = query.where('day', '>=', filter.from);
      if (filter.to !== undefined) query = query.where('day', '<=', filter.to);
      const rows = await query.groupBy('rule').orderBy('rule').execute();
      return Object.fromEntries(rows.map(({ rule, count }) => [rule, Number(count)]));
    },

    /** How many events were not kept. */
    async lost({ from, to }: Pick<UsageFilter, 'from' | 'to'>): Promise<number> {
      let query = db
        .selectFrom('usage_lost')
        .select((eb) => eb.fn.sum<number | null>('count').as('count'));
      if (from !== undefined) query = query.where('day', '>=', from);
      if (to !== undefined) query = query.where('day', '<=', to);
      return Number((await query.executeTakeFirst())?.count ?? 0);
    },
  };

  function pick(filter: UsageFilter, by: 'day' | 'month') {
    if (isOfAll(filter)) return totals(filter, by);
    if (by === 'day' || !isOfWholeMonths(filter)) return days(filter, by);
    const { dataset, agency, theme } = filter;
    if (dataset !== undefined || (agency !== undefined && theme !== undefined)) {
      return months(filter);
    }
    return agency === undefined
      ? group('theme', theme ?? '', filter)
      : group('agency', agency, filter);
  }

  function group(grouping: 'agency' | 'theme', value: string, { from, to }: UsageFilter) {
    let query = db
      .selectFrom('usage_group')
      .select(['month as period', 'kind', 'count', 'raw'])
      .where('grouping', '=', grouping)
      .where('value', '=', value);
    if (from !== undefined) query = query.where('month', '>=', from.slice(0, 7));
    if (to !== undefined) query = query.where('month', '<=', to.slice(0, 7));
    return query.orderBy('month').orderBy('kind').execute();
  }

  function totals({ from, to }: UsageFilter, by: 'day' | 'month') {
    const period = by === 'day' ? sql<string>`day` : sql<string>`substr(day, 1, 7)`;
    let query = db.selectFrom('usage_total').select((eb) => [period.as('period'), ...sums(eb)]);
    if (from !== undefined) query = query.where('day', '>=', from);
    if (to !== undefined) query = query.where('day', '<=', to);
    return query.groupBy([period, 'kind']).orderBy(period).orderBy('kind').execute();
  }

  function days(filter: UsageFilter, by: 'day' | 'month') {
    const period = by === 'day' ? sql<string>`day` : sql<string>`substr(day, 1, 7)`;
    let query = db
      .selectFrom('usage_day')
      .select((eb) => [period.as('period'), ...sums(eb)])
      .where((eb) => within(eb, filter));
    if (filter.from !== undefined) query = query.where('day', '>=', filter.from);
    if (filter.to !== undefined) query = query.where('day', '<=', filter.to);
    return query.groupBy([period, 'kind']).orderBy(period).orderBy('kind').execute();
  }

  function months(filter: UsageFilter) {
    let query = db
      .selectFrom('usage_month')
      .select((eb) => ['month as period', ...sums(eb)])
      .where((eb) => within(eb, filter));
    if (filter.from !== undefined) query = query.where('month', '>=', filter.from.slice(0, 7));
    if (filter.to !== undefined) query = query.where('month', '<=', filter.to.slice(0, 7));
    return query.groupBy(['month', 'kind']).orderBy('month').orderBy('kind').execute();
  }
}

function isOfAll({ dataset, agency, theme }: UsageFilter): boolean {
  return dataset === undefined && agency === undefined && theme === undefined;
}

/** Whether a range begins with a month and ends with one. */
function isOfWholeMonths({ from, to }: UsageFilter): boolean {
  const begins = from === undefined || from.endsWith('-01');
  const next = to === undefined ? undefined : daysOf(to.slice(0, 7)).to;
  const dayAfter = to === undefined ? undefined : new Date(Date.parse(to) + 86_400_000);
  return begins && next === dayAfter?.toISOString().slice(0, 10);
}

type Rollup = 'usage_day' | 'usage_month' | 'usage_total';

function sums<Table extends Rollup>(eb: ExpressionBuilder<Tables, Table>) {
  const { ref } = eb as unknown as ExpressionBuilder<Tables, 'usage_day'>;
  return [
    sql<string>`${ref('kind')}`.as('kind'),
    sql<number>`sum(${ref('count')})`.as('count'),
    sql<number>`sum(${ref('raw')})`.as('raw'),
  ] as const;
}

/** The datasets that a filter leaves. */
function within<Table extends 'usage_day' | 'usage_month' | 'usage_removed'>(
  eb: ExpressionBuilder<Tables, Table>,
  { dataset, agency, theme }: UsageFilter,
) {
  const figures = eb as unknown as ExpressionBuilder<Tables, 'usage_day'>;
  const conditions = [];
  if (dataset !== undefined) conditions.push(figures('dataset_id', '=', dataset));
  if (agency !== undefined) {
    conditions.push(
      figures('dataset_id', 'in', (ids) =>
        ids.selectFrom('dataset').select('id').where('publisher_id', '=', agency),
      ),
    );
  }
  if (theme !== undefined) {
    conditions.push(
      figures('dataset_id', 'in', (ids) =>
        ids
          .selectFrom('published_facet')
          .innerJoin('published', 'published.position', 'published_facet.position')
          .select('published.dataset_id')
          .where('published_facet.facet', '=', 'theme')
          .where('published_facet.value', '=', theme),
      ),
    );
  }
  return figures.and(conditions);
}
