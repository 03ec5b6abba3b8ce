/** So many requests within a minute from one address are a flood: more than a full class-room opens. */
const mostFromOneAddress = 600;
/** Addresses that are watched at most; beyond that all are forgotten and watched anew. */
const mostAddresses = 100_000;

/** Counts requests by address within the minute, in memory only. */
export interface FloodGauge {
  /** Counts a request. Gives whether it is one too many. */
  count(address: string, at: string): boolean;
}

export function createFloodGauge(): FloodGauge {
  let minute = '';
  const counts = new Map<string, number>();
  return {
    count(address, at) {
      const current = at.slice(0, 16);
      if (current !== minute || counts.size >= mostAddresses) {
        minute = current;
        counts.clear();
      }
      const count = (counts.get(address) ?? 0) + 1;
      counts.set(address, count);
      return count > mostFromOneAddress;
    },
  };
}
