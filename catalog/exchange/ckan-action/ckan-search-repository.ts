import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { DatasetRecord } from '../../model/dataset.ts';
import type { Queryable } from '../../storage/database.ts';
import type { DialectTraits } from '../../storage/dialects/dialect.ts';
import { readPositions } from '../../storage/positions.ts';
import type { NamedRecord } from './package-dict.ts';
import type { FacetField, SearchFilter } from './search-filter.ts';

/** What results may be ordered by, in our columns. */
export type SortColumn =
  | 'position'
  | 'uuid'
  | 'name'
  | 'title_sort'
  | 'created_at'
  | 'changed_at'
  | 'downloads';

export interface SortKey {
  readonly column: SortColumn;
  readonly direction: 'asc' | 'desc';
}

type Condition = RawBuilder<SqlBool>;

/** SQLite binds at most 32,766 values in a statement. */
const mostBound = 5000;

/** Every SQL statement that searches, counts and fetches what is published for CKAN's clients. */
export function ckanSearchRepository(db: Queryable, traits: DialectTraits) {
  const columns: Readonly<Record<SortColumn, RawBuilder<unknown>>> = {
    position: sql.ref('p.position'),
    uuid: sql.ref('c.uuid'),
    name: traits.bytewise('c.name'),
    title_sort: sql.ref('p.title_sort'),
    created_at: sql.ref('c.created_at'),
    changed_at: sql.ref('p.changed_at'),
    downloads: sql.ref('p.downloads'),
  };

  function condition(filter: SearchFilter): Condition {
    switch (filter.kind) {
      case 'everything':
        return sql`1 = 1`;
      case 'nothing':
        return sql`1 = 0`;
      case 'not':
        return sql`not ${condition(filter.part)}`;
      case 'and':
      case 'or':
        return joined(filter.parts.map(condition), filter.kind === 'and' ? sql` and ` : sql` or `);
      case 'text':
        return sql`p.position in (select position from ${traits.phrase(filter.words, filter)} as found)`;
      case 'facet':
        return withFacet(filter.facet, filter.values);
      case 'facet-prefix':
        return sql`p.position in (select position from published_facet
          where facet = ${filter.facet} and ${startsWith('value', filter.prefix)})`;
      case 'column':
        return sql`${sql.ref(`c.${filter.column}`)} in (${sql.join([...filter.values])})`;
      case 'column-prefix':
        return startsWith(`c.${filter.column}`, filter.prefix);
      case 'moment':
        return between(filter);
    }
  }

  return {
    /** Positions that pass, in an order that no two share. */
    async matching(filter: SearchFilter, order: readonly SortKey[]): Promise<readonly number[]> {
      const keys = [...order, { column: 'position', direction: 'asc' } as const].map(
        ({ column, direction }) => sql`${columns[column]} ${sql.raw(direction)}`,
      );
      const { rows } = await sql<{ positions: string | null }>`
        select ${traits.gather('position')} as positions from (
          select p.position from published as p join ckan_dataset as c on c.position = p.position
          where p.live = 1 and ${condition(filter)} order by ${sql.join(keys)}
        ) as ordered`.execute(db);
      return readPositions(rows[0]?.positions);
    },

    /** How often each keyword occurs among what passes, the most frequent first. */
    async countKeywords(
      filter: SearchFilter,
    ): Promise<readonly { readonly value: string; readonly count: number }[]> {
      const { rows } = await sql<{ value: string; count: number }>`
        select f.value, count(*) as count from published_facet as f
          join published as p on p.position = f.position
          join ckan_dataset as c on c.position = p.position
        where f.facet = 'keyword' and p.live = 1 and ${condition(filter)}
        group by f.value order by 2 desc, ${traits.bytewise('f.value')}`.execute(db);
      return rows.map(({ value, count }) => ({ value, count: Number(count) }));
    },

    /** Records with their CKAN names, in the order of the positions. */
    async recordsAt(positions: readonly number[]): Promise<readonly NamedRecord[]> {
      const found = new Map<number, NamedRecord>();
      for (let at = 0; at < positions.length; at += mostBound) {
        const rows = await db
          .selectFrom('ckan_dataset as c')
          .innerJoin('published as p', 'p.position', 'c.position')
          .innerJoin('dataset as d', 'd.id', 'c.dataset_id')
          .select(['c.position', 'c.uuid', 'c.name', 'c.created_at', 'p.changed_at', 'p.live'])
          .select('d.record_json')
          .where('c.position', 'in', positions.slice(at, at + mostBound))
          .execute();
        for (const row of rows) {
          if (row.live !== 1) continue;
          found.set(row.position, {
            record: JSON.parse(row.record_json) as DatasetRecord,
            uuid: row.uuid,
            name: row.name,
            createdAt: row.created_at,
            changedAt: row.changed_at,
          });
        }
      }
      return positions.flatMap((position) => found.get(position) ?? []);
    },

    /** The position of a published dataset by our id. */
    async positionOf(datasetId: string): Promise<number | undefined> {
      const row = await db
        .selectFrom('ckan_dataset')
        .select('position')
        .where('dataset_id', '=', datasetId)
        .executeTakeFirst();
      return row?.position;
    },

    /** CKAN names of everything that is published, in the order of their bytes. */
    async names(offset: number, limit: number | undefined): Promise<readonly string[]> {
      const { rows } = await sql<{ name: string }>`
        select c.name from ckan_dataset as c join published as p on p.position = c.position
        where p.live = 1 order by ${columns.name}
        limit ${limit ?? 2_000_000_000} offset ${offset}`.execute(db);
      return rows.map(({ name }) => name);
    },

    /** Datasets whose name or title begins with or holds a text, for completion. */
    async completions(
      text: string,
      filter: SearchFilter,
      limit: number,
    ): Promise<readonly { readonly name: string; readonly title: string }[]> {
      const { rows } = await sql<{ name: string; title: string }>`
        select c.name, d.title from ckan_dataset as c
          join published as p on p.position = c.position join dataset as d on d.id = c.dataset_id
        where p.live = 1 and (${startsWith('c.name', text)} or ${condition(filter)})
        order by ${columns.name} limit ${limit}`.execute(db);
      return rows;
    },
  };
}

/** In groups: SQLite reads expressions at most a thousand levels deep, and a chain is as deep as it is long. */
function joined(conditions: readonly Condition[], operator: RawBuilder<unknown>): Condition {
  if (conditions.length === 0) return sql`1 = 1`;
  if (conditions.length <= 100) return sql`(${sql.join(conditions, operator)})`;
  const groups: Condition[] = [];
  for (let at = 0; at < conditions.length; at += 100) {
    groups.push(joined(conditions.slice(at, at + 100), operator));
  }
  return joined(groups, operator);
}

function withFacet(facet: FacetField, values: readonly string[] | undefined): Condition {
  if (values?.length === 0) return sql`1 = 0`;
  const among = values ? sql`and value in (${sql.join([...values])})` : sql``;
  return sql`p.position in (select position from published_facet where facet = ${facet} ${among})`;
}

/** Not LIKE, whose capitals the two databases read differently. */
function startsWith(column: string, prefix: string): Condition {
  const length = [...prefix].length;
  return sql`substr(${sql.ref(column)}, 1, ${sql.lit(length)}) = ${prefix}`;
}

function between(filter: Extract<SearchFilter, { kind: 'moment' }>): Condition {
  const column = sql.ref(filter.column === 'created_at' ? 'c.created_at' : 'p.changed_at');
  const { from, to } = filter;
  const conditions: Condition[] = [sql`1 = 1`];
  if (from !== undefined) {
    conditions.push(filter.includesFrom ? sql`${column} >= ${from}` : sql`${column} > ${from}`);
  }
  if (to !== undefined) {
    conditions.push(filter.includesTo ? sql`${column} <= ${to}` : sql`${column} < ${to}`);
  }
  return sql`(${sql.join(conditions, sql` and `)})`;
}
