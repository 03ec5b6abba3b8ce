/**
 * How many letters must be changed, added, left out, or swapped with their neighbour to make one word of the other.
 *
 * @param most beyond this it is not counted out: any larger number is given
 * @see F. J. Damerau, 1964; here each pair of letters is swapped at most once
 */
export function editDistance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) next.push(costAt(i, j, next[j - 1] ?? 0));
    if (Math.min(...next) > most) return most + 1;
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;

  function costAt(i: number, j: number, left: number): number {
    const changed = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
    const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
    const swapped = isSwapped ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY;
    return Math.min((row[j] ?? 0) + 1, left + 1, changed, swapped);
  }
}
