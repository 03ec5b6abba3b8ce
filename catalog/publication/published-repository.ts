import { sql } from 'kysely';
import { type Syntax, syntaxes } from '../rdf/syntaxes.ts';
import type { Queryable } from '../storage/database.ts';

export interface PublishedRow {
  readonly position: number;
  readonly dataset_id: string;
  readonly iri: string | null;
  readonly live: number;
  readonly etag: string;
  readonly publisher_id: string;
  readonly title_sort: string;
  readonly issued: string | null;
  readonly modified: string | null;
  readonly changed_at: string;
  readonly measured: string;
  readonly version: number;
}

export interface Standing {
  readonly position: number;
  readonly downloads: number;
  /** The figures that its forms carry. */
  readonly measured: string | null;
}

/** A published fragment on its way into a document. */
export interface Fragment {
  readonly position: number;
  readonly datasetId: string;
  /** The IRI that it brought from its source. */
  readonly iri: string | null;
  readonly publisher: string;
  readonly changedAt: string;
  readonly body: string;
}

export interface FragmentHead {
  readonly position: number;
  readonly dataset_id: string;
  readonly iri: string | null;
  readonly etag: string;
  readonly changed_at: string;
  readonly publisher_id: string;
}

/** The four tables of forms are alike; one of them stands for all in the types. */
function formTable(syntax: Syntax): 'published_jsonld' {
  return `published_${syntax}` as 'published_jsonld';
}

const headColumns = [
  'position',
  'dataset_id',
  'iri',
  'etag',
  'changed_at',
  'publisher_id',
  'live',
] as const;

/** Asked in SQL, SQLite would walk an index of everything that is live instead of a page's rows. */
function isLive({ live }: { readonly live: number }): boolean {
  return live === 1;
}

/** Every SQL statement that touches table `published`, the tables of its forms. */
export function publishedRepository(db: Queryable) {
  return {
    /** Where datasets stand in the feed, and how often their files were fetched; the released ones alone. */
    async standingOf(datasetIds: readonly string[]): Promise<ReadonlyMap<string, Standing>> {
      if (datasetIds.length === 0) return new Map();
      const rows = await db
        .selectFrom('published')
        .select(['dataset_id', 'position', 'downloads', 'measured'])
        .where('dataset_id', 'in', [...datasetIds])
        .execute();
      return new Map(rows.map(({ dataset_id, ...standing }) => [dataset_id, standing]));
    },

    /** Takes the next `count` positions and gives the first. The row lock keeps their order that of the commits. */
    async takePositions(count: number): Promise<number> {
      const { value } = await db
        .updateTable('counter')
        .set((eb) => ({ value: eb('value', '+', count) }))
        .where('name', '=', 'position')
        .returning('value')
        .executeTakeFirstOrThrow();
      return value - count + 1;
    },

    async save(rows: readonly PublishedRow[]): Promise<void> {
      if (rows.length === 0) return;
      await db
        .insertInto('published')
        .values(rows.map((row) => ({ ...row, downloads: 0 })))
        .onConflict((conflict) =>
          conflict.column('position').doUpdateSet((eb) => ({
            iri: eb.ref('excluded.iri'),
            live: eb.ref('excluded.live'),
            etag: eb.ref('excluded.etag'),
            publisher_id: eb.ref('excluded.publisher_id'),
            title_sort: eb.ref('excluded.title_sort'),
            issued: eb.ref('excluded.issued'),
            modified: eb.ref('excluded.modified'),
            changed_at: eb.ref('excluded.changed_at'),
            measured: eb.ref('excluded.measured'),
            version: eb.ref('excluded.version'),
          })),
        )
        .execute();
    },

    async saveForms(
      syntax: Syntax,
      rows: readonly { position: number; body: string }[],
    ): Promise<void> {
      if (rows.length === 0) return;
      await db
        .insertInto(formTable(syntax))
        .values([...rows])
        .onConflict((conflict) =>
          conflict.column('position').doUpdateSet((eb) => ({ body: eb.ref('excluded.body') })),
        )
        .execute();
    },

    /** Takes the forms away and leaves the tombstone. */
    async bury(positions: readonly number[], at: string, version: number): Promise<void> {
      if (positions.length === 0) return;
      const gone = [...positions];
      for (const { syntax } of syntaxes) {
        await db.deleteFrom(formTable(syntax)).where('position', 'in', gone).execute();
      }
      await db
        .updateTable('published')
        .set({ live: 0, changed_at: at, version })
        .where('position', 'in', gone)
        .execute();
    },

    async findForm(
      datasetId: string,
      syntax: Syntax,
    ): Promise<{ body: string; etag: string; changedAt: string; publisher: string } | undefined> {
      const table = formTable(syntax);
      const row = await db
        .selectFrom('published')
        .innerJoin(table, `${table}.position`, 'published.position')
        .select([
          'published.etag',
          'published.changed_at',
          'published.publisher_id',
          `${table}.body`,
        ])
        .where('published.dataset_id', '=', datasetId)
        .executeTakeFirst();
      return (
        row && {
          body: row.body,
          etag: row.etag,
          changedAt: row.changed_at,
          publisher: row.publisher_id,
        }
      );
    },

    async extent(): Promise<{ live: number; lastPosition: number; changedAt: string | undefined }> {
      const row = await db
        .selectFrom('published')
        .select((eb) => [
          eb.fn.coalesce(eb.fn.sum<number>('live'), sql<number>`0`).as('live'),
          eb.fn.coalesce(eb.fn.max('position'), sql<number>`0`).as('last'),
          eb.fn.max('changed_at').as('changed_at'),
        ])
        .executeTakeFirstOrThrow();
      return {
        live: Number(row.live),
        lastPosition: Number(row.last),
        changedAt: row.changed_at ?? undefined,
      };
    },

    async countForms(syntax: Syntax): Promise<number> {
      const row = await db
        .selectFrom(formTable(syntax))
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      return Number(row.count);
    },

    /** Live datasets at positions after `after` up to `until`, without their bodies. */
    async headsBetween(after: number, until: number): Promise<readonly FragmentHead[]> {
      const rows = await db
        .selectFrom('published')
        .select(headColumns)
        .where('position', '>', after)
        .where('position', '<=', until)
        .orderBy('position')
        .execute();
      return rows.filter(isLive);
    },

    async headsAt(positions: readonly number[]): Promise<readonly FragmentHead[]> {
      if (positions.length === 0) return [];
      const rows = await db
        .selectFrom('published')
        .select(headColumns)
        .where('position', 'in', [...positions])
        .orderBy('position')
        .execute();
      return rows.filter(isLive);
    },

    async bodiesAt(
      syntax: Syntax,
      positions: readonly number[],
    ): Promise<ReadonlyMap<number, string>> {
      if (positions.length === 0) return new Map();
      const rows = await db
        .selectFrom(formTable(syntax))
        .select(['position', 'body'])
        .where('position', 'in', [...positions])
        .execute();
      return new Map(rows.map(({ position, body }) => [position, body]));
    },

    /** The next fragments after a position, in order: a step of a walk through everything. */
    async fragmentsAfter(
      syntax: Syntax,
      position: number,
      limit: number,
    ): Promise<readonly Fragment[]> {
      const table = formTable(syntax);
      const rows = await db
        .selectFrom(table)
        .innerJoin('published', 'published.position', `${table}.position`)
        .select([
          `${table}.position`,
          `${table}.body`,
          'published.dataset_id',
          'published.iri',
          'published.publisher_id',
          'published.changed_at',
        ])
        .where(`${table}.position`, '>', position)
        .orderBy(`${table}.position`)
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        position: row.position,
        datasetId: row.dataset_id,
        iri: row.iri,
        publisher: row.publisher_id,
        changedAt: row.changed_at,
        body: row.body,
      }));
    },

    /** Positions of live datasets that changed at or after a moment. */
    async changedSince(since: string): Promise<readonly number[]> {
      const rows = await db
        .selectFrom('published')
        .select('position')
        .where('changed_at', '>=', since)
        .where('live', '=', 1)
        .orderBy('position')
        .execute();
      return rows.map(({ position }) => position);
    },

    /** The agencies that publish something. */
    async publishers(): Promise<readonly string[]> {
      const rows = await db
        .selectFrom('published')
        .select('publisher_id')
        .distinct()
        .where('live', '=', 1)
        .orderBy('publisher_id')
        .execute();
      return rows.map(({ publisher_id }) => publisher_id);
    },
  };
}
