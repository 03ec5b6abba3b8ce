import { UnreadableFile } from '../preview-facts.ts';

/** One element longer than this is no row of a table. */
const longestElement = 16_000_000;
/** An answer of an API wraps its rows once or twice; what lies deeper is a detail of something. */
const deepest = 3;
const tokens = /["{}[\],]/g;

/**
 * The elements of the array that a JSON text is, or of the first array of objects in the object that it is (`features` of
 * GeoJSON, `data` of many an API), each as JSON. The text may be of any length: no more than an element is held.
 *
 * @throws {UnreadableFile} `not-a-table` without such an array, `broken` for what ends too early
 */
export async function* jsonElements(text: AsyncIterable<string>): AsyncGenerator<string[]> {
  const scan = createScan();
  for await (const piece of text) {
    const elements = scan.take(piece);
    if (elements.length > 0) yield elements;
    if (scan.isDone()) return;
  }
  throw new UnreadableFile(scan.isFound() ? 'broken' : 'not-a-table');
}

/** Walks through JSON by the characters that give it structure, without reading values. */
function createScan() {
  let buffer = '';
  let at = 0;
  let depth = 0;
  let isInString = false;
  /** How deep the elements lie; 0 while the array is not found. */
  let target = 0;
  /** Where the element at hand begins. */
  let start = 0;
  let isDone = false;
  /** How deep an array lies that was just opened: if an object follows, it is the one. 0: there is none. */
  let opened = 0;

  function close(found: string[], end: number): void {
    const element = buffer.slice(start, end).trim();
    if (element !== '') found.push(element);
    start = end + 1;
  }

  function open(token: string, index: number): void {
    depth += 1;
    if (target > 0) return;
    if (token === '[' && depth === 1) {
      target = 1;
      start = index + 1;
    } else if (token === '{' && opened > 0) {
      target = opened;
      start = index;
    }
    opened = token === '[' && depth <= deepest ? depth : 0;
  }

  function step(token: string, index: number, found: string[]): void {
    if (token === '{' || token === '[') open(token, index);
    else {
      opened = 0;
      if (target > 0 && depth === target) close(found, index);
      if (token === ',') return;
      isDone = target > 0 && depth === target;
      depth -= 1;
    }
  }

  return {
    isDone: () => isDone,
    isFound: () => target > 0,
    take(piece: string): string[] {
      buffer += piece;
      const found: string[] = [];
      while (!isDone) {
        if (isInString) {
          const end = endOfString(buffer, at);
          if (end < 0) break;
          at = end + 1;
          isInString = false;
        }
        tokens.lastIndex = at;
        const match = tokens.exec(buffer);
        if (!match) {
          at = buffer.length;
          break;
        }
        at = match.index + 1;
        if (match[0] === '"') {
          isInString = true;
          opened = 0;
        } else {
          step(match[0], match.index, found);
        }
      }
      forget();
      return found;
    },
  };

  /** Drops what lies before the element at hand, or before the place that was reached while there is none. */
  function forget(): void {
    const keepFrom = target > 0 ? Math.min(start, at) : at;
    buffer = buffer.slice(keepFrom);
    at -= keepFrom;
    start -= keepFrom;
    if (buffer.length > longestElement) throw new UnreadableFile('broken');
  }
}

/** The quotation mark that ends a string, or -1 when it is not there yet. Nothing before `from` is looked at again. */
function endOfString(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at >= 0 && isEscaped(text, at, from)) at = text.indexOf('"', at + 1);
  return at;
}

function isEscaped(text: string, quote: number, from: number): boolean {
  let slashes = 0;
  while (quote - 1 - slashes >= from && text[quote - 1 - slashes] === '\\') slashes += 1;
  return slashes % 2 === 1;
}
