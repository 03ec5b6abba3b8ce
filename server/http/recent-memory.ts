/** Remembers what was made, the most recently asked for longest, up to a weight. */
export interface RecentMemory<Value> {
  find(key: string): Value | undefined;
  keep(key: string, value: Value): void;
}

/**
 * Makes a memory.
 *
 * @param most what all that is kept may weigh together
 * @param weigh what one weighs, in the same unit; it must not change
 */
export function createRecentMemory<Value>(
  most: number,
  weigh: (value: Value) => number,
): RecentMemory<Value> {
  const kept = new Map<string, Value>();
  let weight = 0;
  return {
    find(key) {
      const found = kept.get(key);
      if (found !== undefined) {
        kept.delete(key);
        kept.set(key, found);
      }
      return found;
    },

    keep(key, value) {
      if (kept.has(key)) return;
      kept.set(key, value);
      weight += weigh(value);
      for (const [oldest, light] of kept) {
        if (weight <= most) break;
        kept.delete(oldest);
        weight -= weigh(light);
      }
    },
  };
}
