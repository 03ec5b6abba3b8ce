import type { LangText } from '../kernel/lang-text.ts';

export type ReuseType = 'application' | 'study' | 'article' | 'class' | 'service';

export const reuseTypes: readonly ReuseType[] = [
  'application',
  'study',
  'article',
  'class',
  'service',
];

/** What somebody tells of what they made with the data. The truth is schemas/reuse.schema.json. */
export interface ReuseInput {
  readonly title: LangText;
  readonly description: LangText;
  readonly type: ReuseType;
  readonly url: string;
  /** Ids of the datasets used. */
  readonly dataset: readonly string[];
  readonly creator: string;
  /** Never shown. */
  readonly email: string;
}

/** A picture in the file store, stripped of all but the picture. */
export interface Picture {
  readonly sha256: string;
  readonly mediaType: 'image/png' | 'image/jpeg' | 'image/webp';
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}

/** What of it may be shown. */
export interface ReuseRecord extends Omit<ReuseInput, 'email'> {
  readonly picture?: Picture;
}
