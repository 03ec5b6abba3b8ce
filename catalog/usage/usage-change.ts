import type { CountedEvent, UsageKind } from './usage-event.ts';

/** By how much a figure changes. */
export interface Change {
  readonly day: string;
  readonly kind: UsageKind;
  readonly datasetId: string;
  readonly distributionId: string;
  readonly count: number;
  readonly raw: number;
}

/** By how much the number of events that a rule removed changes. */
export interface RemovedChange {
  readonly day: string;
  readonly kind: UsageKind;
  readonly datasetId: string;
  readonly rule: string;
  readonly count: number;
}

/** Adds up what events change in the figures. */
export interface UsageChange {
  /** An event that was not there before, and its rule. */
  add(event: CountedEvent, rule: string | null): void;
  /** An event whose rule is another now. */
  rejudge(event: CountedEvent, rule: string | null): void;
  figures(): readonly Change[];
  removed(): readonly RemovedChange[];
}

export function createUsageChange(): UsageChange {
  const figures = new Map<string, { -readonly [Key in keyof Change]: Change[Key] }>();
  const removed = new Map<string, { -readonly [Key in keyof RemovedChange]: RemovedChange[Key] }>();

  const change = (event: CountedEvent, count: number, raw: number) => {
    if (event.kind === 'asset') return;
    const { day, kind, datasetId, distributionId } = event;
    const key = `${day} ${kind} ${datasetId} ${distributionId}`;
    const known = figures.get(key);
    if (known) {
      known.count += count;
      known.raw += raw;
    } else figures.set(key, { day, kind, datasetId, distributionId, count, raw });
  };
  const remove = (event: CountedEvent, rule: string | null, count: number) => {
    if (event.kind === 'asset' || rule === null) return;
    const { day, kind, datasetId } = event;
    const key = `${day} ${kind} ${datasetId} ${rule}`;
    const known = removed.get(key);
    if (known) known.count += count;
    else removed.set(key, { day, kind, datasetId, rule, count });
  };

  return {
    add(event, rule) {
      change(event, rule === null ? 1 : 0, 1);
      remove(event, rule, 1);
    },
    rejudge(event, rule) {
      change(event, Number(rule === null) - Number(event.rule === null), 0);
      remove(event, event.rule, -1);
      remove(event, rule, 1);
    },
    figures: () => [...figures.values()].filter(({ count, raw }) => count !== 0 || raw !== 0),
    removed: () => [...removed.values()].filter(({ count }) => count !== 0),
  };
}
