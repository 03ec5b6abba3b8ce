const together = 1000;

/** Asks for so many at once as a statement may name: SQLite takes 32,766 parameters. */
export async function inPieces<Row>(
  ids: readonly string[],
  ask: (some: readonly string[]) => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (let at = 0; at < ids.length; at += together) {
    rows.push(...(await ask(ids.slice(at, at + together))));
  }
  return rows;
}
