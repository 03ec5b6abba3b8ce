import type { Queryable } from '../storage/database.ts';

/** What the measures ask of datasets: a few columns of many rows, and no records. */
export function factsRepository(db: Queryable) {
  return {
    /** Every dataset that is held, published or not, with how open it is. */
    async inventory(): Promise<
      readonly { readonly publisher: string; readonly openness: string | null }[]
    > {
      return db
        .selectFrom('dataset')
        .select(['publisher_id as publisher', 'openness'])
        .where('state', '<>', 'withdrawn')
        .execute();
    },

    /** How often each published dataset should change, and when it last did. */
    async freshness(): Promise<
      readonly {
        readonly id: string;
        readonly publisher: string;
        readonly accrualPeriodicity: string | null;
        readonly modified: string | null;
      }[]
    > {
      return db
        .selectFrom('dataset')
        .select([
          'id',
          'publisher_id as publisher',
          'accrual_periodicity as accrualPeriodicity',
          'modified',
        ])
        .where('state', '=', 'published')
        .execute();
    },

    /** Every dataset that was ever released: since when, and until when. */
    async released(): Promise<
      readonly {
        readonly id: string;
        readonly publisher: string;
        readonly releasedAt: string;
        readonly withdrawnAt: string | null;
      }[]
    > {
      return db
        .selectFrom('dataset')
        .select([
          'id',
          'publisher_id as publisher',
          'released_at as releasedAt',
          'withdrawn_at as withdrawnAt',
        ])
        .where('released_at', 'is not', null)
        .$narrowType<{ releasedAt: string }>()
        .execute();
    },

    /** The themes of published datasets. */
    async themes(): Promise<ReadonlyMap<string, readonly string[]>> {
      const rows = await db
        .selectFrom('published_facet')
        .innerJoin('published', 'published.position', 'published_facet.position')
        .select(['published.dataset_id as id', 'published_facet.value as theme'])
        .where('published_facet.facet', '=', 'theme')
        .execute();
      const themes = new Map<string, string[]>();
      for (const { id, theme } of rows) {
        const known = themes.get(id);
        if (known) known.push(theme);
        else themes.set(id, [theme]);
      }
      return themes;
    },

    /** Whether there are more datasets than so many; it counts no further. */
    async holdsMoreThan(datasets: number): Promise<boolean> {
      const rows = await db
        .selectFrom('dataset')
        .select('id')
        .orderBy('id')
        .offset(datasets)
        .limit(1)
        .execute();
      return rows.length > 0;
    },

    /** The day on which the first dataset was released. Absent: none was. */
    async firstRelease(): Promise<string | undefined> {
      const row = await db
        .selectFrom('dataset')
        .select((eb) => eb.fn.min('released_at').as('first'))
        .executeTakeFirst();
      return row?.first ?? undefined;
    },
  };
}
