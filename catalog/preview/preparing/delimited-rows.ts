import { UnreadableFile } from '../preview-facts.ts';

export const delimiters = [',', ';', '\t', '|'] as const;

/** A line longer than this is no line of a table. */
const longestLine = 16_000_000;
/** A quotation mark that is not closed within so much text was meant as itself. */
const longestQuoted = 200_000;

/** A row that was taken from a text, and where the next one begins. */
interface Taken {
  readonly cells: string[];
  readonly next: number;
}

/**
 * Splits a text into rows of cells, RFC 4180 with mercy: any number of cells in a row, quotation marks that are not
 * closed or stand in the middle of a cell, lines that end in LF or CR LF.
 *
 * @returns rows in batches, as many as a piece of the text completes
 */
export async function* delimitedRows(
  text: AsyncIterable<string>,
  delimiter: string,
): AsyncGenerator<string[][]> {
  let rest = '';
  for await (const piece of text) {
    const all = rest + piece;
    const { rows, next } = takeRows(all, delimiter, false);
    rest = all.slice(next);
    if (rest.length > longestLine) throw new UnreadableFile('broken');
    if (rows.length > 0) yield rows;
  }
  const { rows } = takeRows(rest, delimiter, true);
  if (rows.length > 0) yield rows;
}

/** The rows of a text that is all there, or of its beginning. */
export function takeRows(
  text: string,
  delimiter: string,
  isEnd: boolean,
): { readonly rows: string[][]; readonly next: number } {
  const rows: string[][] = [];
  let next = 0;
  while (next < text.length) {
    const taken = takeRow(text, next, delimiter, isEnd);
    if (!taken) break;
    // An empty line is no row.
    if (taken.cells.length > 1 || taken.cells[0] !== '') rows.push(taken.cells);
    next = taken.next;
  }
  return { rows, next };
}

/** Absent: the text ends before the row does, and there is more to come. */
function takeRow(text: string, from: number, delimiter: string, isEnd: boolean): Taken | undefined {
  const end = text.indexOf('\n', from);
  if (end < 0 && !isEnd) return undefined;
  const line = withoutReturn(text.slice(from, end < 0 ? text.length : end));
  const next = end < 0 ? text.length : end + 1;
  if (!line.includes('"')) return { cells: line.split(delimiter), next };
  const quoted = takeQuotedRow(text, from, delimiter, isEnd);
  return quoted === 'unclosed' ? { cells: line.split(delimiter), next } : quoted;
}

function takeQuotedRow(
  text: string,
  from: number,
  delimiter: string,
  isEnd: boolean,
): Taken | 'unclosed' | undefined {
  const cells: string[] = [];
  let at = from;
  for (;;) {
    let cell = '';
    if (text[at] === '"') {
      const close = closingQuote(text, at + 1);
      const isCut = close < 0 || (close === text.length - 1 && !isEnd);
      if (isCut) return isEnd || text.length - at > longestQuoted ? 'unclosed' : undefined;
      if (close - at > longestQuoted) return 'unclosed';
      cell = text.slice(at + 1, close).replaceAll('""', '"');
      at = close + 1;
    }
    const stop = endOfCell(text, at, delimiter);
    if (stop === text.length && !isEnd) return undefined;
    cells.push(cell + withoutReturn(text.slice(at, stop)));
    at = stop + 1;
    if (text[stop] !== delimiter) return { cells, next: at };
  }
}

/** The quotation mark that ends a cell: the first that is not one of two. */
function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at;
}

function endOfCell(text: string, from: number, delimiter: string): number {
  let at = from;
  while (at < text.length && text[at] !== delimiter && text[at] !== '\n') at += 1;
  return at;
}

function withoutReturn(text: string): string {
  return text.endsWith('\r') ? text.slice(0, -1) : text;
}

/** The delimiter with which most rows of a sample have the same number of cells, and more than one. */
export function guessDelimiter(sample: string): string {
  const scored = delimiters.map((delimiter) => {
    const widths = takeRows(sample, delimiter, true)
      .rows.slice(0, 100)
      .map((row) => row.length);
    const common = commonest(widths);
    const share = widths.filter((width) => width === common).length / (widths.length || 1);
    return { delimiter, score: common > 1 ? share * Math.min(common, 4) : 0 };
  });
  return scored.reduce((a, b) => (b.score > a.score ? b : a)).delimiter;
}

/** The number that stands most often; 0 for none. */
export function commonest(numbers: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  return [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), [0, 0])[0];
}
