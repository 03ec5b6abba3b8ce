import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Request } from 'express';

export type Encoding = 'identity' | 'gzip' | 'br';

const compressors: Readonly<
  Record<Exclude<Encoding, 'identity'>, (body: Buffer) => Promise<Buffer>>
> = {
  gzip: (body) => promisify(gzip)(body, { level: 6 }),
  br: (body) =>
    promisify(brotliCompress)(body, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 5,
        [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
      },
    }),
};

/** Smaller than this and the headers outweigh what is saved. */
const smallest = 1024;
const mostBytes = 64 * 1024 * 1024;

/** The encoding to answer with: what the client takes, brotli before gzip. */
export function encodingFor(request: Request): Encoding {
  const wanted = request.acceptsEncodings(['br', 'gzip', 'identity']);
  return wanted === 'br' || wanted === 'gzip' ? wanted : 'identity';
}

/** Compresses bodies, and remembers them by their ETag: a feed page is compressed once, not once a client. */
export function createCompressor() {
  const remembered = new Map<string, Buffer>();
  let bytes = 0;

  return {
    /** What was compressed before under this key. */
    find(key: string): Buffer | undefined {
      const found = remembered.get(key);
      if (found) {
        // The most recently used stands last; the first is the one to forget.
        remembered.delete(key);
        remembered.set(key, found);
      }
      return found;
    },

    async compress(body: Buffer, encoding: Encoding, key: string): Promise<Buffer> {
      const packed = encoding === 'identity' ? body : await compressors[encoding](body);
      remembered.set(key, packed);
      bytes += packed.length;
      for (const [oldest, buffer] of remembered) {
        if (bytes <= mostBytes) break;
        remembered.delete(oldest);
        bytes -= buffer.length;
      }
      return packed;
    },

    isWorthwhile: (body: Buffer): boolean => body.length >= smallest,
  };
}

export type Compressor = ReturnType<typeof createCompressor>;
