import type { IncomingMessage } from 'node:http';
import type { Encoding } from './encoding.ts';

/** The ETag of a representation in an encoding: each has its own, as a strong tag must. RFC 9110 §8.8.3.3. */
export function tagOf(etag: string, encoding: Encoding): string {
  return encoding === 'identity' ? `"${etag}"` : `"${etag}-${encoding}"`;
}

/**
 * Whether what the client has is what we would send. If-None-Match goes before If-Modified-Since, and `Cache-Control:
 * no-cache` in a request is the caches' affair: fetch() sends it with every condition. RFC 9110 §13.2.2.
 */
export function isFresh(
  request: IncomingMessage,
  etag: string,
  changedAt: string | undefined,
): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  const tags = request.headers['if-none-match'];
  if (tags !== undefined) {
    return tags
      .split(',')
      .map((tag) => tag.trim().replace(/^W\//, ''))
      .some((tag) => tag === '*' || tag.replace(/^"|"$/g, '').replace(/-(br|gzip)$/, '') === etag);
  }
  const since = Date.parse(request.headers['if-modified-since'] ?? '');
  if (Number.isNaN(since) || changedAt === undefined) return false;
  return Math.floor(Date.parse(changedAt) / 1000) * 1000 <= since;
}
