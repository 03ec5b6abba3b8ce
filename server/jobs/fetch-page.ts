import { type AskOptions, guardedRequest, isAskable, reasonOf } from './guarded-request.ts';

/** A page elsewhere as it was found. */
export interface FoundPage {
  /** 200 to 299: it is there. Absent: it did not answer. */
  readonly status?: number;
  /** Why it did not answer, in a word. */
  readonly error?: string;
  /** As much of its text as is looked at; empty when it is no text. */
  readonly html: string;
}

/** Nobody links so late in a page. */
const mostBytes = 2_000_000;

/** Fetches the beginning of a page. Never throws; addresses of inside networks are not asked. */
export async function fetchPage(url: string, options: AskOptions): Promise<FoundPage> {
  if (!isAskable(url)) return { error: 'scheme-unknown', html: '' };
  try {
    const headers = { Accept: 'text/html, */*;q=0.1', 'Accept-Encoding': 'identity' };
    const { status, data, headers: answered } = await guardedRequest('GET', url, headers, options);
    const isText = /^(text\/|application\/xhtml)/.test(String(answered['content-type'] ?? ''));
    const html = isText && status >= 200 && status < 300 ? await beginningOf(data) : '';
    data.destroy();
    return { status, html };
  } catch (error) {
    return { error: reasonOf(error), html: '' };
  }
}

async function beginningOf(body: NodeJS.ReadableStream): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of body) {
    pieces.push(Buffer.from(piece));
    bytes += piece.length;
    if (bytes >= mostBytes) break;
  }
  return Buffer.concat(pieces).subarray(0, mostBytes).toString('utf8');
}
