import { CatalogError } from '../../kernel/errors.ts';

export interface NumberedLine {
  /** Counts from 1. */
  readonly number: number;
  readonly text: string;
}

const mostLineLength = 256 * 1024 * 1024;

/**
 * Splits a stream of UTF-8 into lines, with no more in memory than a line and a chunk.
 *
 * @throws {CatalogError} `malformed` / `ckan-not-readable` when a line is longer than 256 MB
 */
export async function* splitLines(
  source: AsyncIterable<Buffer | string>,
): AsyncGenerator<NumberedLine, undefined> {
  const decoder = new TextDecoder();
  let parts: string[] = [];
  let length = 0;
  let number = 0;
  for await (const chunk of source) {
    const text = typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      parts.push(text.slice(start, end));
      number += 1;
      yield { number, text: parts.join('') };
      parts = [];
      length = 0;
      start = end + 1;
    }
    parts.push(text.slice(start));
    length += text.length - start;
    if (length > mostLineLength) throw lineTooLong();
  }
  parts.push(decoder.decode());
  const last = parts.join('');
  if (last !== '') yield { number: number + 1, text: last };
  return undefined;
}

function lineTooLong(): CatalogError {
  return new CatalogError('malformed', 'ckan-not-readable', {
    vi: 'Một dòng JSON dài hơn 256 MB; hãy chuyển sang NDJSON (mỗi gói một dòng), ví dụ: jq -c ".result.results[]".',
    en: 'A line of JSON is longer than 256 MB; turn it into NDJSON (a package a line), e.g. with jq -c ".result.results[]".',
  });
}
