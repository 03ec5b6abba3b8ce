import type { AnnexField } from '../../exchange/annex/columns.ts';
import type { AnnexUpload } from '../../exchange/annex/read-upload.ts';
import type { Message } from '../../kernel/lang-text.ts';

/** Which table of a file is the annex, and what its columns mean. */
export interface Reading {
  /** The sheet, counted from 0. */
  readonly sheet: number;
  /** The first row of the header, counted from 0, and how many rows it takes. */
  readonly row: number;
  readonly height: number;
  /** Column of each field, counted from 0. */
  readonly columns: Readonly<Partial<Record<AnnexField, number>>>;
}

/** What was changed in a table after it came. */
export interface Corrections {
  /** Texts of cells by the line of their row, counted from 1, and then by their column, counted from 0. */
  readonly cells: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Lines that are not to be imported. */
  readonly leftOut: readonly number[];
}

/** What one row did. */
export interface WrittenRow {
  readonly line: number;
  readonly id: string;
  readonly act: 'create' | 'update';
  /** The revision that it made. */
  readonly revision: number;
}

/** What became of the datasets when an import was undone. */
export interface Undone {
  readonly at: string;
  readonly by: string;
  /** Created by it, and gone again. */
  readonly removed: readonly string[];
  /** Changed by it, and as they were again. */
  readonly restored: readonly string[];
  /** Left as they are, and why. */
  readonly kept: readonly { readonly id: string; readonly why: Message }[];
}

export interface Outcome {
  readonly at: string;
  readonly by: string;
  readonly rows: readonly WrittenRow[];
  /** Absent: it stands. */
  readonly undone?: Undone;
}

/** A table that somebody sent, from the upload to what was made of it. */
export interface AnnexImport {
  readonly id: string;
  readonly accountId: string;
  /** The year of the plan that it is for. */
  readonly plan: string;
  readonly fileName: string;
  readonly upload: AnnexUpload;
  readonly reading: Reading;
  readonly corrections: Corrections;
  readonly outcome?: Outcome;
  /** Counts up with every change. */
  readonly version: number;
  readonly createdAt: string;
  readonly changedAt: string;
}

/** Whether what it wrote stands; else it may be corrected, written and dropped. */
export function isWritten({ outcome }: Pick<AnnexImport, 'outcome'>): boolean {
  return outcome !== undefined && outcome.undone === undefined;
}
