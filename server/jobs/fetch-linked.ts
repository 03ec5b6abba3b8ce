import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { PreviewFailure } from '../../catalog/preview/preview-facts.ts';
import { type AskOptions, guardedRequest, isAskable } from './guarded-request.ts';

export interface FetchLimits {
  readonly mostBytes: number;
  readonly timeoutMs: number;
}

const limits: FetchLimits = { mostBytes: 200_000_000, timeoutMs: 120_000 };

class TooLarge extends Error {}

/**
 * Fetches a file that lies elsewhere. Addresses of inside networks are not asked. Never throws.
 *
 * @returns why it is not there; absent: it is in `file`
 */
export async function fetchLinked(
  url: string,
  file: string,
  options: AskOptions,
  { mostBytes, timeoutMs }: FetchLimits = limits,
): Promise<PreviewFailure | undefined> {
  if (!isAskable(url)) return 'not-reached';
  try {
    // As it is: what is packed for the way would have to be measured twice.
    const headers = { 'Accept-Encoding': 'identity' };
    const asked = { ...options, timeoutMs };
    const { status, data, headers: answered } = await guardedRequest('GET', url, headers, asked);
    const isThere = status === 200;
    if (!isThere || Number(answered['content-length'] ?? 0) > mostBytes) {
      data.destroy();
      return isThere ? 'too-large' : 'not-found';
    }
    await pipeline(data, (body) => atMost(body, mostBytes), createWriteStream(file));
    return undefined;
  } catch (error) {
    return error instanceof TooLarge ? 'too-large' : 'not-reached';
  }
}

/** What a host says of the length is not what it sends. */
async function* atMost(body: AsyncIterable<string | Buffer>, mostBytes: number) {
  let bytes = 0;
  for await (const piece of body) {
    bytes += piece.length;
    if (bytes > mostBytes) throw new TooLarge();
    yield piece;
  }
}
