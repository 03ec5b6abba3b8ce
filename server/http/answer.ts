import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import { keepAnswer } from './answer-memory.ts';
import { isFresh, tagOf } from './conditional.ts';
import { createCompressor, encodingFor } from './encoding.ts';

/** One form of a resource, about to be sent. */
export interface Representation {
  readonly mediaType: string;
  /** Hash of the content, which becomes the ETag; made from the body when absent. */
  readonly etag?: string | undefined;
  /** The ETag of what is not named by its content: a record's revision. */
  readonly revision?: string;
  /** An RFC 3339 moment. */
  readonly changedAt?: string | undefined;
  readonly cacheControl?: string;
  /** Whether it follows from the catalogue and the address alone, and may be kept until the catalogue changes. */
  readonly isKept?: boolean;
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

  const isHashed = representation.etag !== undefined;
  const written =
    isHashed || representation.revision !== undefined ? undefined : await representation.write();
  const etag = representation.etag ?? representation.revision ?? hashOf(written ?? '');
  const encoding = encodingFor(request);
  response.set('ETag', tagOf(etag, encoding));
  if (isFresh(request, etag, changedAt)) {
    if (representation.isKept) keepAnswer(request, response, { etag, changedAt, body: undefined });
    response.status(304).end();
    return;
  }
  const compress = async () =>
    compressor.compress(Buffer.from(written ?? (await representation.write())), encoding);
  const body =
    representation.revision === undefined
      ? await compressor.remember(`${etag} ${mediaType} ${encoding}`, compress)
      : await compress();
  if (encoding !== 'identity') response.set('Content-Encoding', encoding);
  response.set('Content-Length', String(body.length));
  if (representation.isKept) keepAnswer(request, response, { etag, changedAt, body });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** Answers one reader with a page of their own: nothing of it is kept, here or on the way. */
export async function answerOnce(
  request: Request,
  response: Response,
  page: { readonly status: number; readonly html: string },
): Promise<void> {
  const encoding = encodingFor(request);
  response.vary('Accept-Encoding');
  response.set({
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'private, no-store',
  });
  const body = await compressor.compress(Buffer.from(page.html), encoding);
  if (encoding !== 'identity') response.set('Content-Encoding', encoding);
  response.status(page.status).set('Content-Length', String(body.length));
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** A short hash of a text, for an ETag. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}

/** Text says that it is UTF-8, except where harvesters want the bare type. INTEROP 1.2. */
function withCharset(mediaType: string): string {
  return /^text\/(html|plain|css|csv)$|javascript$/.test(mediaType)
    ? `${mediaType}; charset=utf-8`
    : mediaType;
}
