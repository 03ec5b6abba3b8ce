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
   */
  match(words: readonly string[]): RawBuilder<{ position: number; rank: number }>;
}

export interface OpenedDatabase {
  readonly write: Kysely<Tables>;
  readonly read: Kysely<Tables>;
  /** A connection of its own, whose reads are all of one moment. */
  openSnapshot(): Promise<{ db: Kysely<Tables>; close(): Promise<void> }>;
  readonly traits: DialectTraits;
  close(): Promise<void>;
}
