import type { Queryable, Tables } from '../storage/database.ts';
import type { MeasureValues } from './formula/evaluate-formula.ts';

/** A period of which indicators are kept. */
export interface KeptPeriod {
  readonly period: string;
  /** Of the criteria. */
  readonly version: number;
  readonly isClosed: boolean;
  /** The names of what was measured. */
  readonly measured: readonly string[];
  readonly takenAt: string;
}

/** What was measured of a scope in a period. Measures without an amount are left out: they are 0. */
export interface KeptScope {
  readonly scope: string;
  readonly agency?: string;
  readonly themes?: readonly string[];
  readonly measures: MeasureValues;
  /** By the codes of criteria; one that is absent has no value. */
  readonly values: Readonly<Record<string, number>>;
  /** The first of the records that add to measures which keep values from their targets, by measure. */
  readonly missing: Readonly<Record<string, readonly string[]>>;
}

/** SQLite binds at most 32,766 values in a statement, and a short transaction lets others write. */
const atOnce = 500;

/** Every SQL statement that touches tables `indicator_period` and `indicator`. */
export function indicatorRepository(db: Queryable) {
  return {
    async findPeriods(ids: readonly string[]): Promise<ReadonlyMap<string, KeptPeriod>> {
      const rows = await db
        .selectFrom('indicator_period')
        .selectAll()
        .where('period', 'in', [...ids])
        .execute();
      return new Map(rows.map((row) => [row.period, toPeriod(row)]));
    },

    async listPeriods(): Promise<readonly KeptPeriod[]> {
      return (await db.selectFrom('indicator_period').selectAll().orderBy('period').execute()).map(
        toPeriod,
      );
    },

    async savePeriod({ period, version, isClosed, measured, takenAt }: KeptPeriod): Promise<void> {
      const row = {
        period,
        version,
        closed: isClosed ? 1 : 0,
        measures_json: JSON.stringify(measured),
        taken_at: takenAt,
      };
      await db
        .insertInto('indicator_period')
        .values(row)
        .onConflict((conflict) => conflict.column('period').doUpdateSet(row))
        .execute();
    },

    /** The rows of a period as they lie in the table. */
    async rowsOf(period: string): Promise<ReadonlyMap<string, Tables['indicator']>> {
      const rows = await db
        .selectFrom('indicator')
        .selectAll()
        .where('period', '=', period)
        .execute();
      return new Map(rows.map((row) => [row.scope, row]));
    },

    /** A scope in several periods, by period. */
    async findScope(
      scope: string,
      periods: readonly string[],
    ): Promise<ReadonlyMap<string, KeptScope>> {
      const rows = await db
        .selectFrom('indicator')
        .selectAll()
        .where('scope', '=', scope)
        .where('period', 'in', [...periods])
        .execute();
      return new Map(rows.map((row) => [row.period, toScope(row)]));
    },

    /** The scopes of a kind in a period, in their order: `publisher`, `theme`, `dataset`. */
    async listKind(
      period: string,
      kind: string,
      within: { readonly agency?: string | undefined; readonly theme?: string | undefined } = {},
    ): Promise<readonly KeptScope[]> {
      let query = db
        .selectFrom('indicator')
        .selectAll()
        .where('period', '=', period)
        .where('scope', '>=', `${kind}/`)
        .where('scope', '<', `${kind}0`);
      if (within.agency !== undefined) query = query.where('agency_id', '=', within.agency);
      if (within.theme !== undefined) query = query.where('themes', 'like', `% ${within.theme} %`);
      return (await query.orderBy('scope').execute()).map(toScope);
    },

    async saveRows(rows: readonly Tables['indicator'][]): Promise<void> {
      if (rows.length === 0) return;
      await db
        .insertInto('indicator')
        .values([...rows])
        .onConflict((conflict) =>
          conflict.columns(['period', 'scope']).doUpdateSet((eb) => ({
            agency_id: eb.ref('excluded.agency_id'),
            themes: eb.ref('excluded.themes'),
            measures_json: eb.ref('excluded.measures_json'),
            values_json: eb.ref('excluded.values_json'),
            missing_json: eb.ref('excluded.missing_json'),
          })),
        )
        .execute();
    },

    async removeRows(period: string, scopes: readonly string[]): Promise<void> {
      for (let at = 0; at < scopes.length; at += atOnce) {
        await db
          .deleteFrom('indicator')
          .where('period', '=', period)
          .where('scope', 'in', scopes.slice(at, at + atOnce))
          .execute();
      }
    },
  };
}

/** A scope as a row; the same scope gives the same text. */
export function toRow(period: string, kept: KeptScope): Tables['indicator'] {
  return {
    period,
    scope: kept.scope,
    agency_id: kept.agency ?? null,
    themes: kept.themes && kept.themes.length > 0 ? ` ${kept.themes.join(' ')} ` : null,
    measures_json: sortedJson(kept.measures),
    values_json: sortedJson(kept.values),
    missing_json: sortedJson(kept.missing),
  };
}

function sortedJson(values: Readonly<Record<string, unknown>>): string {
  const names = Object.keys(values).sort();
  return JSON.stringify(Object.fromEntries(names.map((name) => [name, values[name]])));
}

export function toScope(row: Tables['indicator']): KeptScope {
  return {
    scope: row.scope,
    ...(row.agency_id !== null && { agency: row.agency_id }),
    ...(row.themes !== null && { themes: row.themes.trim().split(' ') }),
    measures: JSON.parse(row.measures_json) as MeasureValues,
    values: JSON.parse(row.values_json) as KeptScope['values'],
    missing: JSON.parse(row.missing_json) as KeptScope['missing'],
  };
}

function toPeriod(row: Tables['indicator_period']): KeptPeriod {
  return {
    period: row.period,
    version: row.version,
    isClosed: row.closed === 1,
    measured: JSON.parse(row.measures_json) as readonly string[],
    takenAt: row.taken_at,
  };
}
