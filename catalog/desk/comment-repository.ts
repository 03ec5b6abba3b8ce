import type { Queryable } from '../storage/database.ts';

/** Something said about a dataset. */
export interface DatasetComment {
  readonly id: string;
  readonly datasetId: string;
  /** The field that it is about, RFC 6901; absent: the whole. */
  readonly pointer?: string;
  readonly body: string;
  readonly author: string;
  readonly authorId?: string;
  readonly madeAt: string;
}

/** Every SQL statement that touches table `dataset_comment`. Nothing in it is changed or removed. */
export function commentRepository(db: Queryable) {
  return {
    async add(comment: DatasetComment): Promise<void> {
      await db
        .insertInto('dataset_comment')
        .values({
          id: comment.id,
          dataset_id: comment.datasetId,
          pointer: comment.pointer ?? null,
          body: comment.body,
          author: comment.author,
          author_id: comment.authorId ?? null,
          made_at: comment.madeAt,
        })
        .execute();
    },

    /** The oldest first. */
    async list(datasetId: string): Promise<readonly DatasetComment[]> {
      const rows = await db
        .selectFrom('dataset_comment')
        .selectAll()
        .where('dataset_id', '=', datasetId)
        .orderBy('made_at')
        .orderBy('id')
        .execute();
      return rows.map((row) => ({
        id: row.id,
        datasetId: row.dataset_id,
        ...(row.pointer !== null && { pointer: row.pointer }),
        body: row.body,
        author: row.author,
        ...(row.author_id !== null && { authorId: row.author_id }),
        madeAt: row.made_at,
      }));
    },
  };
}
