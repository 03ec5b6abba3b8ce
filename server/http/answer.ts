import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import { createCompressor, type Encoding, encodingFor } from './encoding.ts';

/** One form of a resource, about to be sent. */
export interface Representation {
  readonly mediaType: string;
  /** The strong part of the ETag; made from the body when absent. */
  readonly etag?: string | undefined;
  /** An RFC 3339 moment. */
  readonly changedAt?: string | undefined;
  readonly cacheControl?: string;
  write(): string | Promise<string>;
}

const compressor = createCompressor();

/**
 * Answers with a representation: conditional, compressed, without a body for HEAD. The one place that knows ETag, 304
 * and Content-Encoding. RFC 9110 §8.8, §13.
 *
 * Each encoding has its own strong ETag, and a client that sends any of them back gets 304.
 */
export async function answer(
  request: Request,
  response: Response,
  representation: Representation,
): Promise<void> {
  const { mediaType, changedAt } = representation;
  response.vary('Accept');
  response.vary('Accept-Encoding');
  response.set('Content-Type', withCharset(mediaType));
  response.set('Cache-Control', representation.cacheControl ?? 'public, no-cache');
  if (changedAt !== undefined) response.set('Last-Modified', new Date(changedAt).toUTCString());

  const written = representation.etag === undefined ? await representation.write() : undefined;
  const etag = representation.etag ?? hashOf(written ?? '');
  const encoding = encodingFor(request);
  if (isFresh(request, etag, changedAt)) {
    response.set('ETag', tagOf(etag, encoding)).status(304).end();
    return;
  }
  const key = `${etag} ${mediaType} ${encoding}`;
  const body =
    compressor.find(key) ??
    (await compressor.compress(
      Buffer.from(written ?? (await representation.write())),
      encoding,
      key,
    ));
  response.set('ETag', tagOf(etag, encoding));
  if (encoding !== 'identity') response.set('Content-Encoding', encoding);
  response.set('Content-Length', String(body.length));
  response.end(request.method === 'HEAD' ? undefined : body);
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}

function tagOf(etag: string, encoding: Encoding): string {
  return encoding === 'identity' ? `"${etag}"` : `"${etag}-${encoding}"`;
}

/** Whether what the client has is what we would send. If-None-Match goes before If-Modified-Since: RFC 9110 §13.2.2. */
function isFresh(request: Request, etag: string, changedAt: string | undefined): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  const tags = request.get('If-None-Match');
  if (tags !== undefined) {
    return tags
      .split(',')
      .map((tag) => tag.trim().replace(/^W\//, ''))
      .some((tag) => tag === '*' || tag.replace(/^"|"$/g, '').replace(/-(br|gzip)$/, '') === etag);
  }
  const since = Date.parse(request.get('If-Modified-Since') ?? '');
  if (Number.isNaN(since) || changedAt === undefined) return false;
  return Math.floor(Date.parse(changedAt) / 1000) * 1000 <= since;
}

/** Text says that it is UTF-8, except where harvesters want the bare type. INTEROP 1.2. */
function withCharset(mediaType: string): string {
  return /^text\/(html|plain|css|csv)$|javascript$/.test(mediaType)
    ? `${mediaType}; charset=utf-8`
    : mediaType;
}
