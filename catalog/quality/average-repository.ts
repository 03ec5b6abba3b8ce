import { sql } from 'kysely';
import type { Queryable, Tables } from '../storage/database.ts';
import { dimensionCodes, figureColumns } from './score-row.ts';

/** What datasets had on average at the end of a day: points, to a tenth. */
export interface Average {
  readonly day: string;
  readonly datasets: number;
  readonly total: number;
  readonly dimensions: Readonly<Record<string, number>>;
}

/** The whole city, where an agency is asked for. */
export const wholeCity = '';

/** Every SQL statement that touches table `quality_average`. */
export function averageRepository(db: Queryable) {
  return {
    /** Takes the averages of the day, and keeps those that are not what they were. */
    async take(day: string): Promise<void> {
      const tenths = figureColumns.map((column) =>
        sql<number>`cast(round(10.0 * avg(${sql.ref(column)})) as integer)`.as(column),
      );
      const datasets = sql<number>`count(*)`.as('datasets');
      const [agencies, city] = await Promise.all([
        db
          .selectFrom('quality')
          .select(['publisher_id', datasets, ...tenths])
          .groupBy('publisher_id')
          .execute(),
        db
          .selectFrom('quality')
          .select([datasets, ...tenths])
          .execute(),
      ]);
      const taken = [
        ...agencies.map(({ publisher_id, ...figures }) => toRow(publisher_id, day, figures)),
        ...city.flatMap((figures) =>
          Number(figures.datasets) === 0 ? [] : [toRow(wholeCity, day, figures)],
        ),
      ];
      const known = new Map((await this.latest()).map((row) => [row.agency_id, row]));
      const changed = taken.filter((row) => !isSame(row, known.get(row.agency_id)));
      if (changed.length === 0) return;
      await db
        .insertInto('quality_average')
        .values(changed)
        .onConflict((conflict) =>
          conflict
            .columns(['agency_id', 'day'])
            .doUpdateSet((eb) =>
              Object.fromEntries(
                ['datasets' as const, ...figureColumns].map((column) => [
                  column,
                  eb.ref(`excluded.${column}`),
                ]),
              ),
            ),
        )
        .execute();
    },

    /** The last row of each agency. */
    async latest(): Promise<readonly Tables['quality_average'][]> {
      return db
        .selectFrom('quality_average')
        .selectAll()
        .where(({ eb, refTuple, selectFrom }) =>
          eb(
            refTuple('agency_id', 'day'),
            'in',
            selectFrom('quality_average')
              .select((inner) => ['agency_id', inner.fn.max('day').as('day')])
              .groupBy('agency_id')
              .$asTuple('agency_id', 'day'),
          ),
        )
        .execute();
    },

    /** An agency's averages, or the city's, oldest first. */
    async history(agency: string): Promise<readonly Average[]> {
      const rows = await db
        .selectFrom('quality_average')
        .selectAll()
        .where('agency_id', '=', agency)
        .orderBy('day')
        .execute();
      return rows.map(fromRow);
    },
  };
}

function toRow(
  agency: string,
  day: string,
  figures: Omit<Tables['quality_average'], 'agency_id' | 'day'>,
): Tables['quality_average'] {
  const numbers = Object.fromEntries(
    ['datasets' as const, ...figureColumns].map((column) => [column, Number(figures[column])]),
  ) as Omit<Tables['quality_average'], 'agency_id' | 'day'>;
  return { agency_id: agency, day, ...numbers };
}

function isSame(a: Tables['quality_average'], b: Tables['quality_average'] | undefined): boolean {
  return (
    b !== undefined &&
    (['datasets', ...figureColumns] as const).every((column) => a[column] === b[column])
  );
}

function fromRow(row: Tables['quality_average']): Average {
  return {
    day: row.day,
    datasets: row.datasets,
    total: row.total / 10,
    dimensions: Object.fromEntries(dimensionCodes.map((code) => [code, row[code] / 10])),
  };
}
