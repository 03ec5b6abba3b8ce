import type { LangText } from '../kernel/lang-text.ts';

export type RequesterKind =
  | 'citizen'
  | 'business'
  | 'research'
  | 'press'
  | 'association'
  | 'agency';

/** Data that somebody asks for. The truth is schemas/request.schema.json. */
export interface RequestInput {
  readonly title: LangText;
  readonly description: LangText;
  readonly requester?: RequesterKind;
  /** The agency that may have it, as the asker thinks. */
  readonly agency?: string;
  /** Never shown. */
  readonly email?: string;
}

export type ProblemType =
  | 'wrong-value'
  | 'missing-data'
  | 'outdated'
  | 'broken-file'
  | 'wrong-description'
  | 'other';

/** Something wrong with a dataset. The truth is schemas/feedback.schema.json. */
export interface FeedbackInput {
  readonly dataset: string;
  /** The id of the file that it is in. */
  readonly distribution?: string;
  /** The row and the column, in the reporter's words. */
  readonly place?: string;
  readonly type: ProblemType;
  readonly description: LangText;
  /** Never shown. */
  readonly email?: string;
}
