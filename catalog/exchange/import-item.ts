import type { Message } from '../kernel/lang-text.ts';
import type { DatasetRecord } from '../model/dataset.ts';

/** A row or record that an importer has read: a record, or why there is none. `line` counts from 1. */
export type ImportItem =
  | { readonly line: number; readonly record: DatasetRecord; readonly notes?: readonly Message[] }
  | { readonly line: number; readonly id?: string; readonly reason: Message };

/** What there is to say of the source itself: a line that was mended. It is no record, and counts as none. */
export interface Remark {
  readonly line: number;
  readonly remark: Message;
  /** Whether something was lost. */
  readonly isLoss: boolean;
}
