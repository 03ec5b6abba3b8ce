import type { Piece } from '../../catalog/storage/archive.ts';

/*
 * An archive is gzipped text, a JSON object a line: the head, pieces of tables, pieces of files, and the end, by which
 * one knows that it is whole.
 */

export const archiveFormat = 1;

export interface ArchiveHead {
  readonly archive: 'khue';
  readonly format: number;
  readonly madeAt: string;
  readonly baseURL: string;
  /** The migrations that its tables have been through, in order. */
  readonly migrations: readonly string[];
}

/** What was written, counted. */
export interface ArchiveCounts {
  readonly rows: number;
  readonly files: number;
}

/** Content of a file, in Base64; the last piece of it says so. */
export interface FilePiece {
  readonly file: string;
  readonly content: string;
  readonly last?: true;
}

export type ArchiveLine = ArchiveHead | Piece | FilePiece | { readonly end: ArchiveCounts };
