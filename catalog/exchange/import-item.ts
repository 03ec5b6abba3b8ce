import type { Message } from '../kernel/lang-text.ts';
import type { AgencyRecord } from '../model/agency.ts';
import type { DatasetRecord } from '../model/dataset.ts';

/** Something to say of a row or record, and the column or property that it is about, where that is one. */
export interface Remarked extends Message {
  readonly field?: string;
}

/** A row or record that an importer has read: a record, or why there is none. `line` counts from 1. */
export type ImportItem =
  | { readonly line: number; readonly record: DatasetRecord; readonly notes?: readonly Remarked[] }
  | { readonly line: number; readonly id?: string; readonly reason: Remarked };

/** What there is to say of the source itself: a line that was mended. It is no record, and counts as none. */
export interface Remark {
  readonly line: number;
  readonly remark: Message;
  /** Whether something was lost. */
  readonly isLoss: boolean;
}

/** What an import is fed with; an agency comes with its datasets. */
export type IncomingItem = (ImportItem & { readonly agency?: AgencyRecord }) | Remark;
