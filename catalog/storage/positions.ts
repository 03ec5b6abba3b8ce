/** Reads what `gather` of a dialect gives, `1,5,12`: digit by digit, as there may be a hundred thousand of them. */
export function readPositions(text: string | null | undefined): readonly number[] {
  if (!text) return [];
  const positions: number[] = [];
  let number = 0;
  for (let at = 0; at < text.length; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (digit >= 0) number = number * 10 + digit;
    else {
      positions.push(number);
      number = 0;
    }
  }
  positions.push(number);
  return positions;
}
