/** What somebody did. `asset` is counted for nobody: it only tells a browser from what pretends to be one. */
export const usageKinds = ['download', 'view', 'preview', 'api', 'feed'] as const;
export type UsageKind = (typeof usageKinds)[number];
export type EventKind = UsageKind | 'asset';

/** What people do by hand, and robots should not: the API and the feeds are made for programs. */
export const browsingKinds = [
  'download',
  'view',
  'preview',
] as const satisfies readonly UsageKind[];

/** How it ended. A `continuation` is a later part of a file whose first part was asked for before. */
export type Outcome =
  | 'complete'
  | 'partial'
  | 'continuation'
  | 'redirected'
  | 'aborted'
  | 'not-modified'
  | 'head';

/** One thing that was asked for. */
export interface UsageEvent {
  /** The moment at which it was asked for. */
  readonly at: string;
  readonly kind: EventKind;
  /** Empty for what concerns no dataset in particular: a search, a page of the catalogue's feed. */
  readonly datasetId: string;
  /** Empty for what concerns the dataset as a whole. */
  readonly distributionId: string;
  readonly outcome: Outcome;
}

/** Who asked. It is held in memory until the event is written, at most a second, and never written itself. */
export interface Caller {
  readonly address: string;
  readonly agent: string;
  /** What may show that it is the catalogue's own staff: a session's key, or an `Authorization` header. */
  readonly session?: string | undefined;
  readonly authorization?: string | undefined;
}

/** An event as it is stored. */
export interface StoredEvent extends UsageEvent {
  /** The calendar date in Hà Nội. */
  readonly day: string;
  /** COUNTER's Access_Method: by a person, or by a program. */
  readonly accessMethod: 'regular' | 'machine';
  /** A keyed hash that is the same for one caller on one day, and for no other. */
  readonly visitor: string;
  /** Why it does not count. Null: it does. */
  readonly rule: string | null;
}

/** What rules and figures look at: how it ended was judged when it happened. */
export type CountedEvent = Omit<StoredEvent, 'outcome'>;
