import type { Queryable, Tables } from '../storage/database.ts';

/** A file that we hold for a distribution. */
export interface HeldFile {
  readonly distributionId: string;
  readonly fileName: string;
  readonly mediaType: string;
  readonly byteSize: number;
  readonly sha256: string;
  readonly storedAt: string;
}

/** Every SQL statement that touches table `file`. */
export function fileRepository(db: Queryable) {
  return {
    async find(distributionId: string): Promise<HeldFile | undefined> {
      const row = await db
        .selectFrom('file')
        .selectAll()
        .where('distribution_id', '=', distributionId)
        .executeTakeFirst();
      return row && fromRow(row);
    },

    /** The files that we hold of these distributions. */
    async findMany(distributionIds: readonly string[]): Promise<readonly HeldFile[]> {
      const found: HeldFile[] = [];
      for (let at = 0; at < distributionIds.length; at += 1000) {
        const rows = await db
          .selectFrom('file')
          .selectAll()
          .where('distribution_id', 'in', distributionIds.slice(at, at + 1000))
          .execute();
        found.push(...rows.map(fromRow));
      }
      return found;
    },

    /** The file names of those distributions that we hold a file for. */
    async namesOf(distributionIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
      if (distributionIds.length === 0) return new Map();
      const rows = await db
        .selectFrom('file')
        .select(['distribution_id', 'file_name'])
        .where('distribution_id', 'in', distributionIds.slice(0, 1000))
        .execute();
      return new Map(rows.map((row) => [row.distribution_id, row.file_name]));
    },

    async save(file: HeldFile): Promise<void> {
      const row = {
        distribution_id: file.distributionId,
        file_name: file.fileName,
        media_type: file.mediaType,
        byte_size: file.byteSize,
        sha256: file.sha256,
        stored_at: file.storedAt,
      };
      await db
        .insertInto('file')
        .values(row)
        .onConflict((conflict) => conflict.column('distribution_id').doUpdateSet(row))
        .execute();
    },
  };
}

function fromRow(row: Tables['file']): HeldFile {
  return {
    distributionId: row.distribution_id,
    fileName: row.file_name,
    mediaType: row.media_type,
    byteSize: row.byte_size,
    sha256: row.sha256,
    storedAt: row.stored_at,
  };
}
