/** Where text is to be set. */
export interface Measure {
  /** How wide a line may be. */
  readonly width: number;
  /** How many lines there may be. */
  readonly lines: number;
  widthOf(text: string): number;
}

export interface BrokenText {
  readonly lines: readonly string[];
  /** Whether some of it found no room, and an ellipsis stands for it. */
  readonly isCut: boolean;
}

const ellipsis = '…';

/** Breaks text between words into lines that fit; a word that is wider than a line is broken itself. */
export function breakLines(text: string, measure: Measure): BrokenText {
  const rest = text.split(' ').filter((word) => word !== '');
  const whole = rest.join(' ');
  if (whole !== '' && measure.lines > 0 && measure.widthOf(whole) <= measure.width) {
    return { lines: [whole], isCut: false };
  }
  const lines: string[] = [];
  while (rest.length > 0 && lines.length < measure.lines) {
    lines.push(takeLine(rest, measure));
  }
  const last = lines.pop();
  if (rest.length === 0 || last === undefined) {
    return { lines: last === undefined ? [] : [...lines, last], isCut: false };
  }
  return { lines: [...lines, shortened(last, measure)], isCut: true };
}

/**
 * Takes as many words as fit into a line, at least a piece of one. Each word is measured once: what a blank and its
 * neighbours do to each other is far less than the margin.
 */
function takeLine(words: string[], measure: Measure): string {
  const taken: string[] = [];
  let width = 0;
  for (let word = words[0]; word !== undefined; word = words[0]) {
    width += measure.widthOf(taken.length === 0 ? word : ` ${word}`);
    if (width > measure.width) break;
    taken.push(word);
    words.shift();
  }
  if (taken.length > 0) return taken.join(' ');
  const [first = ''] = words;
  const piece = beginning(first, measure);
  words[0] = first.slice(piece.length);
  return piece;
}

/** As much of a word as fits, at least one character. */
function beginning(word: string, { width, widthOf }: Measure): string {
  let piece = '';
  let left = width;
  for (const character of word) {
    left -= widthOf(character);
    if (piece !== '' && left < 0) break;
    piece += character;
  }
  return piece;
}

/** The line with an ellipsis, without the last words where that would be too wide. */
function shortened(line: string, measure: Measure): string {
  const words = line.split(' ');
  while (words.length > 1 && measure.widthOf(words.join(' ') + ellipsis) > measure.width) {
    words.pop();
  }
  const kept = words.join(' ').replace(/[\s,;:.·–—-]+$/u, '');
  if (measure.widthOf(kept + ellipsis) <= measure.width) return kept + ellipsis;
  const narrower = { ...measure, width: measure.width - measure.widthOf(ellipsis) };
  return beginning(kept, narrower) + ellipsis;
}
