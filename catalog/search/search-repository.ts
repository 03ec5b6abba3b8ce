import type { Queryable, Tx } from '../storage/database.ts';
import type { DialectTraits, SearchDocument } from '../storage/dialects/dialect.ts';
import type { PublishedTextTable } from '../storage/tables.ts';

export interface FacetRow {
  readonly facet: string;
  readonly value: string;
  readonly position: number;
}

/** Every SQL statement that changes the search index and table `published_facet`. */
export function searchRepository(tx: Tx, traits: DialectTraits) {
  return {
    async positionsOf(datasetIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
      if (datasetIds.length === 0) return new Map();
      const rows = await (tx as Queryable)
        .selectFrom('published')
        .select(['dataset_id', 'position'])
        .where('dataset_id', 'in', [...datasetIds])
        .execute();
      return new Map(rows.map((row) => [row.dataset_id, row.position]));
    },

    /** The next of what is published, with its record as JSON, in the order of positions. */
    async publishedAfter(
      position: number,
    ): Promise<readonly { readonly position: number; readonly json: string }[]> {
      return tx
        .selectFrom('published')
        .innerJoin('dataset', 'dataset.id', 'published.dataset_id')
        .select(['published.position', 'dataset.record_json as json'])
        .where('published.live', '=', 1)
        .where('published.position', '>', position)
        .orderBy('published.position')
        .limit(500)
        .execute();
    },

    async save(
      documents: readonly SearchDocument[],
      texts: readonly PublishedTextTable[],
      facets: readonly FacetRow[],
    ): Promise<void> {
      const positions = documents.map(({ position }) => position);
      await this.removeFacets(positions);
      await traits.indexDocuments(tx, documents);
      if (texts.length > 0) {
        await tx
          .insertInto('published_text')
          .values([...texts])
          .onConflict((conflict) =>
            conflict.column('position').doUpdateSet((eb) => ({
              title: eb.ref('excluded.title'),
              keyword: eb.ref('excluded.keyword'),
            })),
          )
          .execute();
      }
      // SQLite binds at most 32,766 values in a statement.
      for (let at = 0; at < facets.length; at += 5000) {
        await tx
          .insertInto('published_facet')
          .values(facets.slice(at, at + 5000))
          .execute();
      }
    },

    async removeFacets(positions: readonly number[]): Promise<void> {
      if (positions.length === 0) return;
      await tx
        .deleteFrom('published_facet')
        .where('position', 'in', [...positions])
        .execute();
    },

    async remove(positions: readonly number[]): Promise<void> {
      if (positions.length === 0) return;
      await this.removeFacets(positions);
      await tx
        .deleteFrom('published_text')
        .where('position', 'in', [...positions])
        .execute();
      await traits.removeDocuments(tx, positions);
    },
  };
}
