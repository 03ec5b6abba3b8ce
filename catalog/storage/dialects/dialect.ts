import type { Kysely, RawBuilder, Transaction } from 'kysely';
import type { Tables } from '../tables.ts';

/** A document of the search index. The texts are folded already. */
export interface SearchDocument {
  readonly position: number;
  readonly title: string;
  readonly keyword: string;
  readonly body: string;
}

/** What differs between the two databases, and nothing else. */
export interface DialectTraits {
  readonly name: 'sqlite' | 'postgres';
  /** Whether an error means that a row with this key is there already. */
  isUniqueViolation(error: unknown): boolean;
  /** Whether an error means that the same transaction, tried again, may succeed. */
  isRetryable(error: unknown): boolean;
  indexDocuments(tx: Transaction<Tables>, documents: readonly SearchDocument[]): Promise<void>;
  removeDocuments(tx: Transaction<Tables>, positions: readonly number[]): Promise<void>;
  /**
   * A subquery of `position` and `rank` (smaller is better) for what holds every word, the last one as a prefix.
   *
   * @param words folded, of letters and digits only
   * @param within where they must stand; absent: anywhere
   */
  match(words: readonly string[], within?: 'title'): RawBuilder<{ position: number; rank: number }>;
  /** The same without a rank, which is several times faster: a subquery of `position`. */
  holding(words: readonly string[], within?: 'title'): RawBuilder<{ position: number }>;
  /**
   * A subquery of `position` for what holds the words one after the other and whole; the last as a prefix if asked.
   *
   * @param words as in `match`, at least one
   */
  phrase(
    words: readonly string[],
    options: { readonly isPrefix: boolean; readonly within?: 'title' | undefined },
  ): RawBuilder<{ position: number }>;
  /** Orders a column by its bytes, which every database does alike. */
  bytewise(column: string): RawBuilder<string>;
  /**
   * An aggregate that gives whole numbers as one text, parted by commas and in the order of the rows: a hundred
   * thousand of them reach JavaScript in a millisecond. Absent: null.
   */
  gather(column: string): RawBuilder<string | null>;
}

export interface OpenedDatabase {
  readonly write: Kysely<Tables>;
  readonly read: Kysely<Tables>;
  /** A connection of its own, whose reads are all of one moment. */
  openSnapshot(): Promise<{ db: Kysely<Tables>; close(): Promise<void> }>;
  readonly traits: DialectTraits;
  close(): Promise<void>;
}
