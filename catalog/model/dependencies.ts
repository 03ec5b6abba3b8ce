/** Which promises wait for which others. */
export type Dependencies = ReadonlyMap<string, readonly string[]>;

/**
 * The way on which a promise would wait for itself, from it to it; absent: there is none. Only ways through `from` are
 * looked for, so that each change has to ask for what it changes alone.
 */
export function cycleThrough(
  from: string,
  dependencies: Dependencies,
): readonly string[] | undefined {
  const cameFrom = new Map<string, string>();
  const waiting = [from];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    for (const next of dependencies.get(id) ?? []) {
      if (next === from) return wayTo(id, from, cameFrom);
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, id);
      waiting.push(next);
    }
  }
  return undefined;
}

function wayTo(last: string, from: string, cameFrom: ReadonlyMap<string, string>) {
  const way = [from];
  for (let id: string | undefined = last; id !== undefined && id !== from; id = cameFrom.get(id)) {
    way.push(id);
  }
  return [...way, from].reverse();
}
