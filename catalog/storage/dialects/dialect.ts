import type { Kysely, RawBuilder, SqlBool, Transaction } from 'kysely';
import type { Tables } from '../tables.ts';

/** A document of the search index. The texts are folded already. */
export interface SearchDocument {
  readonly position: number;
  readonly title: string;
  readonly keyword: string;
  readonly body: string;
}

/** The catalogue's version, as both databases are asked for it without a detour. See catalog-version.ts. */
export const versionQuery = "select value from counter where name = 'catalog-version'";

/** Something that is looked for. All words are folded, of letters and digits only. */
export interface Wanted {
  /** All of these, in any order. */
  readonly words: readonly string[];
  /** Whether the last of the words may go on. */
  readonly isPrefix: boolean;
  /** Or one of these, each a phrase of words that stand one after the other. */
  readonly phrases: readonly (readonly string[])[];
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
  /** A subquery of `position` for what holds all that is wanted, anywhere. */
  holding(wanted: readonly Wanted[]): RawBuilder<{ position: number }>;
  /**
   * A subquery of `position` for what holds the words one after the other and whole; the last as a prefix if asked.
   *
   * @param words folded, of letters and digits only; at least one
   * @param options.within where they must stand; absent: anywhere
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
  /**
   * Values as a table with one column `value`, a row each: `value ->> 0` is the first value of a row, as text. One
   * parameter, whatever their number. To be named in the statement: `from ${traits.rowsOf(rows)} as item`.
   */
  rowsOf(rows: readonly (readonly (string | number | null)[])[]): RawBuilder<{ value: string }>;
  /** Whether a column holds one of the values: one parameter, whatever their number. */
  among(column: string, values: readonly string[]): RawBuilder<SqlBool>;
  /** Makes a place for the rows of a month (`2026-11`) in a table that is parted by months of its column `day`. */
  openMonth(tx: Transaction<Tables>, table: string, month: string): Promise<void>;
  /** Drops the place of a month with the rows in it, where there is such a place; else it changes nothing. */
  dropMonth(tx: Transaction<Tables>, table: string, month: string): Promise<void>;
  /**
   * Every row of a table, some hundred at a time, within the snapshot that `db` is. Their order is the same each time
   * while nothing is written.
   */
  walk(db: Kysely<Tables>, table: keyof Tables): AsyncIterable<readonly Row[]>;
  /** Removes every row of a table so that they cannot be found in the file either, once `scrub` has run. */
  wipe(tx: Transaction<Tables>, table: string): Promise<void>;
}

/** A row of any table. */
export type Row = Readonly<Record<string, string | number | null>>;

/** Rows that are read in one go where a whole table is. */
export const walkedTogether = 200;

export interface OpenedDatabase {
  readonly write: Kysely<Tables>;
  readonly read: Kysely<Tables>;
  /** Reads what is committed, at once: never a replica. */
  readonly current: Kysely<Tables>;
  /** See `Database.aside`. */
  aside<Result>(work: (tx: Transaction<Tables>) => Promise<Result>): Promise<Result>;
  /** See `Database.scrub`. */
  scrub(): Promise<boolean>;
  /** A connection of its own, whose reads are all of one moment. */
  openSnapshot(): Promise<{ db: Kysely<Tables>; close(): Promise<void> }>;
  readonly traits: DialectTraits;
  /** The version of the catalogue that `read` shows at the moment of asking. */
  version(): number | Promise<number>;
  close(): Promise<void>;
}

/** The first day of a month (`2026-11`), and of the next. */
export function daysOf(month: string): { readonly from: string; readonly to: string } {
  const next = new Date(`${month}-01T00:00:00Z`);
  next.setUTCMonth(next.getUTCMonth() + 1);
  return { from: `${month}-01`, to: next.toISOString().slice(0, 10) };
}
