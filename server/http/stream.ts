import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createBrotliCompress, createGzip } from 'node:zlib';
import type { Request, Response } from 'express';
import { encodingFor } from './encoding.ts';

/**
 * Streams pieces of text as the body, compressed as the client takes it, no faster than the client reads.
 *
 * A failure in the middle cuts the connection: a client must never take half a catalogue for the whole.
 */
export async function streamBody(
  request: Request,
  response: Response,
  pieces: AsyncIterable<string>,
): Promise<void> {
  const encoding = encodingFor(request);
  response.vary('Accept-Encoding');
  if (encoding !== 'identity') response.set('Content-Encoding', encoding);
  const source = Readable.from(pieces, { objectMode: true, highWaterMark: 1 });
  const packed =
    encoding === 'br'
      ? [createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 4 } })]
      : encoding === 'gzip'
        ? [createGzip({ level: 6 })]
        : [];
  try {
    await pipeline([source, ...packed, response]);
  } catch (error) {
    // The reader went away; nobody is left to be told.
    if (isPrematureClose(error)) return;
    response.destroy();
    throw error;
  }
}

function isPrematureClose(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}
